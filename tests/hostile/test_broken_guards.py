"""A guard that fails lets nothing through: the request ends refused, with an id to look for and nothing of the inside."""

from datetime import UTC, datetime

import pytest

from assistant.access import second_factor, sign_in
from assistant.domain.actions import ChangeSeats
from assistant.domain.quotes import Capsule, StepUp
from assistant.licensing import execute, scope
from support.broken import INSIDE, Broken, broken
from web import limits, security, visitors

BODY = {"type": "seats", "customer_id": "@customer", "subscription_id": "@subscription", "seats": 3}


@pytest.fixture
def client(site):
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    yield site.app.test_client()
    site.app.config["PROPAGATE_EXCEPTIONS"] = None


def refused(answer):
    assert answer.status_code == 500
    assert "Broken" not in answer.text
    assert INSIDE not in answer.text
    assert "R-" in answer.text
    return True


def preview(site, client):
    sent = {name: site.marked[v[1:]] if str(v).startswith("@") else v for name, v in BODY.items()}
    return client.post(
        "/api/v1/licensing/preview", json=sent, headers={"Authorization": f"Bearer {site.tokens['anna']}"}
    )


@pytest.mark.parametrize(
    ("module", "guard"),
    [(scope, "may"), (scope, "local_date"), (visitors, "count_user"), (limits, "_count"), (limits, "_kind")],
)
def test_a_guard_of_the_api_that_breaks_refuses(site, client, module, guard):
    before = site.application.licensing.verify_audit()
    with broken((limits, "_from_this_machine"), instead=lambda: guard != "_count"), broken((module, guard)):
        assert refused(preview(site, client))
    assert site.application.licensing.verify_audit() == before


def test_a_guard_of_forms_that_breaks_refuses(site, client):
    client.set_cookie("session", site.tokens["anna"])
    data = {"csrf_token": site.form_tokens["anna"], "text": "hello", "message": "M-guard"}
    with broken((security, "_host")):
        answer = client.post("/ask", data=data, headers={"Origin": "http://localhost"})

    assert answer.status_code == 500
    assert INSIDE not in answer.get_data(as_text=True)


def test_a_session_that_cannot_be_read_is_nobodys(site, client):
    client.set_cookie("session", site.tokens["anna"])
    with broken((site.application.access, "session")):
        assert client.get("/customers").status_code == 500
    assert client.get("/customers").status_code == 200


@pytest.mark.parametrize("module", [sign_in, second_factor])
def test_a_throttle_that_breaks_lets_nothing_be_tried(site, client, module):
    with broken((module, "reserve")):
        if module is sign_in:
            sent = {"username": "anna", "password": "planted-password-anna"}
            assert refused(client.post("/api/v1/session", json=sent))
        else:
            with pytest.raises(Broken):
                site.application.access.accept(site.users["anna"].user_id, "123456", "0" * 64)


def test_a_confirmation_whose_check_breaks_changes_nothing(site):
    anna, licensing = site.users["anna"], site.application.licensing
    quote = licensing.preview(anna, ChangeSeats(site.marked["customer"], site.marked["subscription"], 33))
    capsule = Capsule("seats", 1, "T-guard", anna.user_id, quote)
    proof = StepUp(anna.user_id, capsule.hash, datetime(2026, 3, 15, tzinfo=UTC))
    before = licensing.verify_audit(), len(site.call("anna", "GET", "/api/v1/history").body)
    for guard in ("permitted", "situation_of", "_confirmed"):
        with broken((execute, guard)), pytest.raises(Broken):
            licensing.execute(anna, capsule, proof)
    assert (licensing.verify_audit(), len(site.call("anna", "GET", "/api/v1/history").body)) == before
