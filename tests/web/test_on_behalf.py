"""Only an instance that is trusted speaks for others; whoever signed in speaks for nobody else, whatever is sent along."""

import json

import pytest

from assistant.domain.identifiers import PartnerId, UserId
from assistant.domain.principals import Principal, Role
from assistant.domain.quotes import Capsule
from assistant.ports.wire.licensing import action_from_json, capsule_json
from assistant.ports.wire.principals import principal_json, step_up_json
from support.licensing import a_proof

TRIAL = {"type": "trial", "customer_id": "CU-1", "plan_id": "wfs", "seats": 6}
PATH = "/api/v1/licensing"


def headers(token, partner):
    other = Principal(UserId("U-other"), "Other", Role.PARTNER_ADMIN, PartnerId(partner))
    return {"Authorization": f"Bearer {token}", "Assistant-On-Behalf-Of": json.dumps(principal_json(other))}


@pytest.mark.parametrize(("username", "seen"), [("anna", True), ("sal", False)])
def test_a_signed_in_user_sees_with_its_own_eyes_only(api, username, seen):
    token = api.sign_in(username).token
    partner = "PA-2" if seen else "PA-1"

    answer = api.client.post(
        f"{PATH}/look-up", json={"type": "visible_customers"}, headers=headers(token, partner)
    )

    assert (answer.status_code, bool(answer.json["result"])) == (200, seen)


def test_a_signed_in_user_cannot_bring_a_proof_instead_of_a_code(api, application):
    token = api.sign_in("anna").token
    user = application.access.users["anna"]
    quote = application.licensing.preview(user, action_from_json(TRIAL))
    confirmed = Capsule("trial", 1, "T-1", user.user_id, quote)
    body = {"capsule": capsule_json(confirmed), "proof": step_up_json(a_proof(confirmed))}

    answer = api.client.post(f"{PATH}/execute", json=body, headers=headers(token, "PA-1"))

    assert answer.status_code == 422
    assert not application.licensing.executed
