"""What is past its end of life is gone, however it began and whatever it was agreed to do."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.actions import (
    AssignPlan,
    ChangeTerm,
    ConvertTrial,
    Crossgrade,
    Resume,
    StartTrial,
    Suspend,
)
from assistant.domain.add_ons import retiring
from assistant.domain.assessment import propose
from assistant.domain.identifiers import CustomerId, PlanId, SubscriptionId
from assistant.domain.lifecycle import due_events
from assistant.domain.provisioning import provision
from assistant.domain.quotes import ConsequenceCode
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.subscriptions import SubscriptionState
from support.cases import a_case_situation, done, migrate, proposed, told
from support.licensing import TODAY, a_customer, a_situation, a_subscription, every_rule_cited, the_catalogue

C, S = CustomerId("C-1"), SubscriptionId("S-1")
WFS, XDR, EDR = PlanId("wf-services-monthly"), PlanId("wf-services-xdr"), PlanId("edr-add-on")
END = date(2026, 5, 20)


def ending(*codes, on=END):
    catalogue = the_catalogue()
    ended = {code: replace(catalogue.products[code], end_of_life=on) for code in codes}
    return replace(catalogue, products={**catalogue.products, **ended})


def situation(customer=None, *codes, today=TODAY):
    return a_situation(customer, catalogue=ending(*codes), today=today, policy=every_rule_cited())


def retired(**changed):
    return replace(a_subscription(start=date(2026, 1, 31)), retires=END, **changed)


def test_a_renewing_plan_ends_on_the_day_its_product_does():
    subscription = retired()
    day_before = END - timedelta(days=1)

    assert (subscription.state(day_before), subscription.state(END)) == (
        SubscriptionState.ACTIVE,
        SubscriptionState.PURGED,
    )
    assert subscription.on(day_before).expires == subscription.on(date(2030, 1, 1)).expires == END
    assert not subscription.serves(END)


def test_its_renewals_its_notice_and_its_end_are_recorded_in_order():
    events = [(event.kind.value, event.on) for event in due_events(retired(), date(2027, 1, 1))]

    assert events == [
        ("renewed", date(2026, 2, 28)),
        ("renewed", date(2026, 3, 31)),
        ("notice", date(2026, 4, 20)),
        ("renewed", date(2026, 4, 30)),
        ("expired", END),
        ("purged", END),
    ]


def test_what_has_ended_before_is_gone_by_then_too():
    in_grace = retired(renew_months=None, months=3)

    assert in_grace.state(date(2026, 5, 1)) is SubscriptionState.GRACE
    assert in_grace.grace_end == in_grace.lock_end == END


def test_it_is_billed_until_the_day_begins():
    planned = provision(retired(), datetime(2026, 3, 1, tzinfo=UTC), date(2026, 3, 1), "America/New_York")

    assert planned.until == datetime(2026, 5, 20, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("action", "customer"),
    [
        (StartTrial(C, WFS, 5), a_customer()),
        (AssignPlan(C, WFS, 5), a_customer()),
        (
            ConvertTrial(C, S, WFS, 5),
            a_customer(subscriptions=[a_subscription("WF Services Trial", 5, TODAY)]),
        ),
        (
            Crossgrade(C, WFS, 5),
            a_customer(subscriptions=[a_subscription("WF Services XDR", 5, date(2026, 2, 1))]),
        ),
    ],
)
def test_however_it_begins_it_knows_its_end(action, customer):
    begun = done(action, situation(customer, "WFS")).customer.subscriptions

    assert [s.retires for s in begun if s.product == "WFS" and not s.ended] == [END]


def test_what_a_crossgrade_leaves_ends_with_its_own_product():
    bundle = a_customer(subscriptions=[a_subscription("WF Services XDR", 5, date(2026, 2, 1))])
    move, around = Crossgrade(C, WFS, 5), situation(bundle, "CAS")

    left = {s.product: s.expires for s in done(move, around).customer.subscriptions if s.leftover}

    assert left == {"CAS": END, "TMES": date(2027, 2, 1), "HES": date(2027, 2, 1), "EDR": date(2027, 2, 1)}
    kept = [
        c.params for c in proposed(move, around).quote.consequences if c.code == ConsequenceCode.LEFTOVER_KEPT
    ]
    assert {p["expires"] for p in kept} == {day.isoformat() for day in left.values()}


def test_an_add_on_ends_with_the_life_of_its_base():
    base = replace(a_subscription(), retires=END)
    customer = done(AssignPlan(C, EDR, 25), situation(a_customer(subscriptions=[base]), "WFS", today=TODAY))

    add_on = customer.customer.subscriptions[1]
    assert (add_on.retires, add_on.state(END)) == (END, SubscriptionState.PURGED)


def test_the_last_term_is_not_told_to_renew():
    proposal = proposed(AssignPlan(C, WFS, 5), situation(a_customer(), "WFS", today=END - timedelta(days=9)))

    assert proposal.quote.after["ends"] == END.isoformat()
    assert ConsequenceCode.ENDS_WITHOUT_RENEWAL in told(proposal)


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (AssignPlan(C, XDR, 5, start=END), RefusalCode.PLAN_END_OF_LIFE),
        (ChangeTerm(C, S, END + timedelta(days=1)), RefusalCode.EXPIRES_INVALID),
        (Suspend(C, S, END + timedelta(days=1)), RefusalCode.SUSPEND_DATE_INVALID),
    ],
)
def test_nothing_is_agreed_for_later(action, code):
    owned = a_customer(
        subscriptions=[replace(a_subscription("Cloud App Security"), retires=END, product="CAS")]
    )
    around = situation(a_customer() if isinstance(action, AssignPlan) else owned, "WFXDR")

    refused = propose(action, around)

    assert isinstance(refused, Refusal)
    assert refused.code is code


def test_a_suspension_is_not_lifted_after_it():
    suspended = done(Suspend(C, S), situation(a_customer(subscriptions=[retired()]))).customer

    refused = propose(Resume(C, S), situation(suspended, today=END))

    assert isinstance(refused, Refusal)


@given(day=st.dates(TODAY, date(2028, 1, 1)), known=st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_a_changed_end_of_life_is_taken_over_unless_it_is_past(day, known):
    owned = a_customer(subscriptions=[replace(a_subscription(), retires=known)])

    changed = retiring(owned, ending("WFS", on=day), TODAY).subscriptions[0]

    past = known is not None and known <= TODAY
    assert changed.retires == (known if past else day)
    assert retiring(owned, ending("WFS", on=day), TODAY) == retiring(
        retiring(owned, ending("WFS", on=day), TODAY), ending("WFS", on=day), TODAY
    )


def test_a_migration_begins_with_it_too():
    made = done(migrate(), a_case_situation(catalogue=ending("WFBSADV"))).customer

    assert made.subscriptions[0].retires == END
