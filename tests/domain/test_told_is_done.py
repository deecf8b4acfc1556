"""What a preview tells of add-ons, leftovers and bills is what becomes of them, where changes touch one another."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.domain.actions import AssignPlan, Cancel, ChangeRenewal, ChangeTerm, Crossgrade
from assistant.domain.assessment import propose
from assistant.domain.identifiers import CustomerId, PlanId, SubscriptionId
from assistant.domain.quotes import ConsequenceCode
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.subscriptions import Hold, SubscriptionState
from support.cases import done, proposed
from support.licensing import TODAY, a_customer, a_situation, a_subscription, the_catalogue

C, S = CustomerId("C-1"), SubscriptionId("S-1")
EDR, MAIL = PlanId("edr-add-on"), PlanId("email-security-standard")
XDR = a_customer(subscriptions=[a_subscription("WF Services XDR", 10, date(2026, 1, 1))])


def told_of(code, action, situation):
    return [dict(c.params) for c in proposed(action, situation).quote.consequences if c.code == code]


def after(action, customer, today=TODAY):
    return done(action, a_situation(customer, today=today)).customer


def test_an_add_on_cannot_move_while_its_base_is_deleted():
    refused = propose(Crossgrade(C, EDR, 10, delete=("WFS",)), a_situation(XDR))

    assert isinstance(refused, Refusal)
    assert refused.code is RefusalCode.BASE_NEEDED


def test_an_add_on_moves_beside_a_base_that_stays_and_ends_with_it():
    customer = after(Crossgrade(C, EDR, 10), XDR)
    moved = next(s for s in customer.subscriptions if s.plan_id == EDR)

    assert (moved.state(TODAY), moved.expires) == (SubscriptionState.ACTIVE, date(2027, 1, 1))


def test_a_left_add_on_whose_base_is_deleted_is_told_to_end():
    move = Crossgrade(C, MAIL, 10, delete=("WFS",))
    kept = {params["product"] for params in told_of(ConsequenceCode.LEFTOVER_KEPT, move, a_situation(XDR))}
    ended = told_of(ConsequenceCode.ADD_ON_ENDS, move, a_situation(XDR))

    left = [s for s in after(move, XDR).subscriptions if s.leftover and not s.ended]

    assert kept == {the_catalogue().products[s.product].name for s in left}
    assert ended == [{"add_on": the_catalogue().products["EDR"].name}]


def test_a_left_add_on_is_told_to_end_when_its_base_does():
    monthly = the_catalogue().plan_named("WF Services Monthly Rolling")
    ending = replace(monthly, renew_months=None)
    catalogue = replace(the_catalogue(), plans={**the_catalogue().plans, monthly.id: ending})
    situation = a_situation(XDR, catalogue=catalogue)
    move = Crossgrade(C, monthly.id, 10)
    told = {p["product"]: p["expires"] for p in told_of(ConsequenceCode.LEFTOVER_KEPT, move, situation)}

    left = [s for s in done(move, situation).customer.subscriptions if s.leftover]

    assert told == {the_catalogue().products[s.product].name: s.expires.isoformat() for s in left}


@pytest.mark.parametrize(
    "change",
    [
        Cancel(C, S),
        ChangeTerm(C, S, TODAY + timedelta(days=5)),
        ChangeRenewal(C, S, 0),
        Crossgrade(C, MAIL, 10, delete=("WFS",)),
    ],
)
def test_whatever_ends_an_add_on_tells_it(change):
    base = a_subscription("WF Services Advanced", 10, date(2026, 3, 1))
    base = replace(base, months=1, renew_months=1)
    later = AssignPlan(C, EDR, 10, start=date(2026, 5, 1))
    both = after(later, a_customer(subscriptions=[base]))
    # first without renewal, where that is not what is changed: what does not reach the add-on's start ends it
    if isinstance(change, ChangeTerm):
        both = replace(
            both, subscriptions=tuple(replace(s, renew_months=None, months=2) for s in both.subscriptions)
        )
        both = replace(
            both,
            subscriptions=(both.subscriptions[0], replace(both.subscriptions[1], start=date(2026, 4, 15))),
        )

    ended = [s.product for s in after(change, both).subscriptions if s.cancelled and s.product == "EDR"]

    assert ended == ["EDR"]
    assert told_of(ConsequenceCode.ADD_ON_ENDS, change, a_situation(both)) == [{"add_on": "EDR Add-on"}]


@pytest.mark.parametrize(
    ("changed", "billed"),
    [
        ({"suspended": Hold(date(2026, 2, 20), 1), "months": 12, "renew_months": None}, False),
        ({"suspended": Hold(date(2026, 3, 2), 1), "months": 12, "renew_months": None}, True),
        (
            {"months": 10, "renew_months": None, "start": date(2025, 4, 20), "anchor": date(2025, 4, 20)},
            False,
        ),
        ({}, True),
    ],
)
def test_cancelling_tells_a_whole_month_only_where_the_month_has_any_of_it(changed, billed):
    customer = a_customer(subscriptions=[replace(a_subscription(), **changed)])

    assert bool(told_of(ConsequenceCode.FULL_MONTH, Cancel(C, S), a_situation(customer))) is billed
