"""Everything the licensing backend can be asked or told, with the ids of another partner and with ids of nothing."""

from datetime import UTC, datetime

import pytest

from assistant.domain.errors import AssistantError
from assistant.domain.identifiers import CustomerId
from assistant.domain.quotes import Capsule, Quote, StepUp
from assistant.ports.wire.actions import _ACTIONS
from assistant.ports.wire.licensing import _LOOKUPS, action_from_json, lookup_from_json, result_json
from support.licensing_bodies import ACTIONS, LOOKUPS, filled, takes_ids
from support.tenancy import MARK, MISSING, STRANGERS


def outcome(site, call):
    """What came of a call: what it returned or raised, and how many statements it took."""
    with site.counted() as counted:
        try:
            result = repr(call())
        except AssistantError as error:
            result = f"{type(error).__name__}: {error}"
    return result, counted[0]


def both(site, act, body):
    """The outcome with the ids of the marked partner, and with ids of nothing in the same form."""
    ids = {**MISSING, **site.marked}
    return [outcome(site, lambda filling=filling: act(filled(body, filling))) for filling in (ids, MISSING)]


def test_every_lookup_and_action_is_tried_here():
    assert {*_LOOKUPS, *_ACTIONS} <= {*LOOKUPS, *ACTIONS}


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("kind", sorted(LOOKUPS.keys() & _LOOKUPS))
def test_a_lookup_tells_a_stranger_nothing_and_takes_the_same_work_for_what_is_not_there(site, kind, who):
    def ask(body):
        asked = lookup_from_json({"type": kind, **body})
        return result_json(site.application.licensing.look_up(site.users[who], asked))

    foreign, missing = both(site, ask, LOOKUPS[kind])
    assert foreign == missing
    assert MARK not in foreign[0]


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("kind", sorted(k for k in ACTIONS.keys() & _ACTIONS if takes_ids(ACTIONS[k])))
def test_a_preview_tells_a_stranger_nothing_and_takes_the_same_work_for_what_is_not_there(site, kind, who):
    def ask(body):
        return site.application.licensing.preview(site.users[who], action_from_json({"type": kind, **body}))

    foreign, missing = both(site, ask, ACTIONS[kind])
    assert foreign == missing
    assert MARK not in foreign[0]


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("kind", sorted(k for k in ACTIONS.keys() & _ACTIONS if takes_ids(ACTIONS[k])))
def test_a_forged_confirmation_changes_nothing_of_another_partners(site, kind, who):
    user, before = site.users[who], site.application.licensing.verify_audit()

    def execute(body):
        action = action_from_json({"type": kind, **body})
        customer = CustomerId(body["customer_id"]) if "customer_id" in body else None
        quote = Quote(action, customer, "x", {}, {}, {}, (), (), "1")
        capsule = Capsule(action.op, 1, "T-forged", user.user_id, quote)
        proof = StepUp(user.user_id, capsule.hash, datetime(2026, 3, 15, tzinfo=UTC))
        return site.application.licensing.execute(user, capsule, proof)

    foreign, missing = both(site, execute, ACTIONS[kind])
    assert foreign == missing
    assert "Receipt" not in foreign[0]
    assert site.application.licensing.verify_audit() == before


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("method", ["status", "withdraw"])
def test_the_receipt_of_another_partners_change_is_not_there(site, method, who):
    def ask(body):
        return getattr(site.application.licensing, method)(site.users[who], body["key"])

    foreign, missing = both(site, ask, {"key": "@key"})
    assert foreign == missing
    assert MARK not in foreign[0]
