import copy
import json
from datetime import date
from typing import get_args

import pytest

from assistant.domain import actions
from assistant.domain.actions import ChangeSeats
from assistant.domain.change_many import ChangeMany
from assistant.domain.errors import InvalidInput
from assistant.domain.lookups import History, VisibleCustomers
from assistant.ports.wire.licensing import (
    action_from_json,
    action_json,
    capsule_from_json,
    capsule_json,
    lookup_from_json,
    receipt_from_json,
    receipt_json,
)
from support.licensing import a_proof


@pytest.fixture
def capsule(backend):
    subscription = backend.stored("Contoso").subscriptions[0]
    return backend.confirm(ChangeSeats(backend.customer("Contoso"), subscription.id, 20))


def test_a_citation_of_another_type_is_refused(capsule):
    sent = copy.deepcopy(capsule_json(capsule))
    sent["quote"]["cites"][0]["type"] = "receipt"

    with pytest.raises(InvalidInput) as caught:
        capsule_from_json(sent, "capsule")

    assert caught.value.field == "capsule.quote.cites[0].type"


DAY = date(2026, 5, 31)
ACTIONS = [
    actions.StartTrial("C-1", "p", 3),
    actions.ConvertTrial("C-1", "S-1", "p", 30),
    actions.AssignPlan("C-1", "p", 3),
    actions.AssignPlan("C-1", "p", 3, DAY, "Germany"),
    actions.ChangeSeats("C-1", "S-1", 4),
    actions.ChangeTerm("C-1", "S-1", DAY),
    actions.ChangeRenewal("C-1", "S-1", 0),
    actions.Suspend("C-1", "S-1", DAY),
    actions.Resume("C-1", "S-1"),
    actions.Cancel("C-1", "S-1", "moved away"),
    actions.Crossgrade("C-1", "p", 5, ("SMEX", "WFBS"), ("CAS",), "Germany", DAY),
    actions.CreateCustomer("Größe & Söhne", "DE", "Köln", None, "Anna", "anna@example.com"),
    actions.SetCustomerEnabled("C-1", enabled=False),
    actions.Migrate("C-1", "X-1", "p"),
    actions.MigrationStep("C-1", "K-1", "key_entered", "a screenshot"),
    actions.ApproveSuite("p", "Germany"),
    actions.AcceptSuite("C-1", "S-1"),
    actions.SubmitReport("2026-03", (("C-1/WFS", 20, "counted by hand"), ("C-2/WFS", 0, ""))),
    actions.ReviewReport("P-1", "2026-03", "reject", "which ones?"),
    actions.OpenCase("C-1", "S-1", "no mail", "restarted", "read the logs"),
    actions.OrderNfr("p", "Showroom"),
    ChangeMany("B-1"),
]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.kind)
def test_actions_come_back_as_they_went(action):
    assert action_from_json(json.loads(json.dumps(action_json(action)))) == action


def test_every_action_is_among_them():
    assert {type(action) for action in ACTIONS} == set(get_args(actions.Action))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.kind)
def test_a_field_of_another_kind_is_named(action):
    for name in action_json(action):
        if name == "type":
            continue
        sent = {**action_json(action), name: {"nested": 1}}
        with pytest.raises(InvalidInput) as caught:
            action_from_json(sent, "action")
        assert caught.value.field.startswith(f"action.{name}")


def test_a_capsule_comes_back_with_the_same_hash_and_can_be_executed(backend, capsule):
    returned = capsule_from_json(json.loads(json.dumps(capsule_json(capsule))))

    receipt = backend.licensing.execute(backend.user(), returned, a_proof(returned))

    assert returned == capsule
    assert receipt_from_json(json.loads(json.dumps(receipt_json(receipt)))) == receipt


def test_lookups_are_read():
    assert lookup_from_json({"type": "visible_customers"}) == VisibleCustomers()
    assert lookup_from_json({"type": "history", "limit": 5}) == History(limit=5)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ([], "body"),
        ({"type": "nothing"}, "type"),
        ({"type": []}, "type"),
        ({"type": "trial", "plan_id": "p", "seats": 1}, "customer_id"),
        ({"type": "trial", "customer_id": "C", "plan_id": "p", "seats": True}, "seats"),
        ({"type": "trial", "customer_id": "C", "plan_id": "p", "seats": 1, "more": 1}, "more"),
    ],
)
def test_a_faulty_action_is_refused_by_the_fields_name(data, field):
    with pytest.raises(InvalidInput) as caught:
        action_from_json(data)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("quote", "values", "seats"), 1.5, "quote.values.seats"),
        (("quote", "consequences", 0, "code"), None, "quote.consequences[0].code"),
        (("quote", "cites"), {}, "quote.cites"),
        (("quote", "action", "seats"), 21, "hash"),
        (("hash",), "0" * 64, "hash"),
    ],
)
def test_a_faulty_capsule_is_refused_by_the_fields_path(capsule, path, value, field):
    data = copy.deepcopy(capsule_json(capsule))
    target = data
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value

    with pytest.raises(InvalidInput) as caught:
        capsule_from_json(data)
    assert caught.value.field == field
