"""What each rule does that no other file proves by itself, in one sentence each."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.domain.actions import (
    AssignPlan,
    Cancel,
    ChangeRenewal,
    ChangeSeats,
    ChangeTerm,
    ConvertTrial,
    Crossgrade,
    Resume,
    SetCustomerEnabled,
    Suspend,
)
from assistant.domain.assessment import propose
from assistant.domain.identifiers import CustomerId, PlanId, SubscriptionId
from assistant.domain.quotes import ConsequenceCode
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.subscriptions import SubscriptionState
from support.cases import done, proposed, told
from support.licensing import TODAY, a_customer, a_situation, a_subscription, the_catalogue

C, S = CustomerId("C-1"), SubscriptionId("S-1")
OWNER = a_customer(25)
ANNUAL = PlanId("wf-services-annual")
XDR = PlanId("wf-services-xdr")


def changed(action, situation):
    return done(action, situation).customer


def refusal_of(action, situation):
    refusal = propose(action, situation)
    assert isinstance(refusal, Refusal), refusal
    return refusal.code


def test_only_plans_of_the_catalogue_can_be_assigned():
    assert refusal_of(AssignPlan(C, PlanId("none"), 5), a_situation()) is RefusalCode.PLAN_UNKNOWN


def test_the_first_term_is_the_initial_period_of_the_plan():
    assigned = changed(AssignPlan(C, ANNUAL, 5), a_situation()).subscriptions[0]

    assert (assigned.start, assigned.expires) == (TODAY, date(2027, 3, 15))


def test_renewal_begins_after_the_initial_period():
    customer = changed(AssignPlan(C, ANNUAL, 5), a_situation())
    monthly = changed(ChangeRenewal(C, customer.subscriptions[0].id, 1), a_situation(customer))

    assert monthly.subscriptions[0].expires == date(2027, 3, 15)
    assert monthly.subscriptions[0].on(date(2027, 3, 15)).expires == date(2027, 4, 15)


def test_the_end_of_a_term_can_be_set_and_the_seats_stay():
    subscription = changed(ChangeTerm(C, S, date(2026, 6, 30)), a_situation(OWNER)).subscriptions[0]

    assert (subscription.expires, subscription.seats) == (date(2026, 6, 30), 25)


def test_what_has_ended_can_be_renewed_until_its_lock_ends():
    ended = replace(a_subscription(), months=10, renew_months=None)
    locked, gone = date(2026, 3, 31), date(2026, 4, 1)
    customer = a_customer(subscriptions=[ended])
    action = ChangeTerm(C, S, date(2026, 12, 31))

    renewed = changed(action, a_situation(customer, today=locked)).subscriptions[0]

    assert renewed.state(locked) is SubscriptionState.ACTIVE
    assert refusal_of(action, a_situation(customer, today=gone)) is RefusalCode.SUBSCRIPTION_GONE


def test_a_plan_cancelled_within_a_month_is_billed_for_the_whole_month():
    proposal = proposed(Cancel(C, S), a_situation(OWNER))

    (whole,) = (c for c in proposal.quote.consequences if c.code is ConsequenceCode.FULL_MONTH)
    assert whole.params == {"seats": 25}


def test_what_was_cancelled_cannot_be_changed_or_cancelled_again():
    customer = changed(Cancel(C, S), a_situation(OWNER))

    for action in (Cancel(C, S), ChangeSeats(C, S, 30), ChangeTerm(C, S, date(2027, 1, 1)), Suspend(C, S)):
        assert refusal_of(action, a_situation(customer)) is RefusalCode.SUBSCRIPTION_GONE


def test_lowered_seats_count_for_the_month_that_runs():
    lowered = proposed(ChangeSeats(C, S, 10), a_situation(OWNER))
    raised = proposed(ChangeSeats(C, S, 40), a_situation(OWNER))

    (peak,) = (c for c in lowered.quote.consequences if c.code is ConsequenceCode.MONTH_PEAK)
    assert peak.params["seats"] == 25
    assert ConsequenceCode.MONTH_PEAK not in told(raised)


def test_a_trial_becomes_a_full_plan_with_its_code_and_more_seats():
    trial = a_subscription("WF Services Trial", 5, date(2026, 3, 10))
    customer = changed(ConvertTrial(C, S, ANNUAL, 40), a_situation(a_customer(subscriptions=[trial])))

    full = next(s for s in customer.subscriptions if not s.ended)
    assert (full.trial, full.seats, full.plan_id) == (False, 40, ANNUAL)
    assert [licence.code for licence in full.licences] == [licence.code for licence in trial.licences]


def test_a_suspension_switches_renewal_off_until_it_is_lifted():
    suspended = changed(Suspend(C, S), a_situation(OWNER))
    resumed = changed(Resume(C, S), a_situation(suspended))

    assert suspended.subscriptions[0].renew_months is None
    assert refusal_of(ChangeSeats(C, S, 30), a_situation(suspended)) is RefusalCode.SUBSCRIPTION_SUSPENDED
    assert resumed.subscriptions[0].renew_months == 1
    assert resumed.subscriptions[0].expires == OWNER.subscriptions[0].on(TODAY).expires


def test_a_disabled_customer_gets_its_ends_back_when_it_is_enabled():
    disabled = changed(SetCustomerEnabled(C, enabled=False), a_situation(OWNER))
    enabled = changed(SetCustomerEnabled(C, enabled=True), a_situation(disabled))

    assert disabled.subscriptions[0].state(TODAY) is SubscriptionState.EXPIRED
    assert enabled.subscriptions[0].expires == OWNER.subscriptions[0].on(TODAY).expires


def test_what_is_no_longer_sold_is_kept_and_renewed_but_not_assigned_or_changed():
    catalogue = the_catalogue()
    product = replace(catalogue.products["WFS"], end_of_sale=TODAY)
    off_sale = replace(catalogue, products={**catalogue.products, "WFS": product})
    later = TODAY + timedelta(days=90)
    situation = a_situation(OWNER, catalogue=off_sale, today=later)

    assert refusal_of(AssignPlan(C, ANNUAL, 5), a_situation(catalogue=off_sale)) is (
        RefusalCode.PLAN_END_OF_SALE
    )
    assert refusal_of(ChangeSeats(C, S, 30), situation) is RefusalCode.PLAN_END_OF_SALE
    assert situation.customer.subscriptions[0].state(later) is SubscriptionState.ACTIVE


def test_what_is_owned_already_is_moved_and_never_bought_twice():
    assert refusal_of(AssignPlan(C, XDR, 25), a_situation(OWNER)) is RefusalCode.COMPONENT_OWNED

    customer = changed(Crossgrade(C, XDR, 25), a_situation(OWNER))

    held = [licence for s in customer.subscriptions if s.held(TODAY) for licence in s.licences]
    assert len(held) == len({licence.product for licence in held}) == 5
    assert OWNER.subscriptions[0].licences[0].code in {licence.code for licence in held}


def test_seats_that_move_are_told_to_be_billed_once():
    outcome = done(Crossgrade(C, XDR, 25), a_situation(OWNER))

    assert ConsequenceCode.BILLED_ONCE in told(proposed(Crossgrade(C, XDR, 25), a_situation(OWNER)))
    assert outcome.moved == {S: 25}


def test_what_a_crossgrade_leaves_stays_until_its_term_ends():
    bundle = a_customer(subscriptions=[a_subscription("WF Services XDR", 25)])
    customer = changed(Crossgrade(C, ANNUAL, 25), a_situation(bundle))

    left = [s for s in customer.subscriptions if s.leftover]
    assert {s.product for s in left} == {"CAS", "TMES", "HES", "EDR"}
    assert {s.expires for s in left} == {bundle.subscriptions[0].on(TODAY).agreed_end}
    assert not any(s.auto_renew for s in left)


@pytest.mark.parametrize(
    ("wanted", "place"), [("United States", "United States"), (None, "Germany"), ("Europe", None)]
)
def test_a_service_runs_where_it_is_wanted_if_it_can(wanted, place):
    found = propose(AssignPlan(C, ANNUAL, 5, data_center=wanted), a_situation())
    if place is None:
        assert isinstance(found, Refusal)
        assert found.code is RefusalCode.DATA_CENTER_UNKNOWN
        return

    assigned = changed(AssignPlan(C, ANNUAL, 5, data_center=wanted), a_situation()).subscriptions[0]

    assert assigned.licences[0].data_center == place


def test_an_add_on_needs_its_base_and_ends_with_it():
    add_on = AssignPlan(C, PlanId("edr-add-on"), 25)
    assert refusal_of(add_on, a_situation()) is RefusalCode.BASE_NEEDED

    both = changed(add_on, a_situation(OWNER))
    ended = changed(Cancel(C, S), a_situation(both))

    assert [s.state(TODAY) for s in ended.subscriptions] == [SubscriptionState.CANCELLED] * 2
