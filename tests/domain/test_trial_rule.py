from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.actions import StartTrial
from assistant.domain.activation_codes import ACTIVATION_CODE
from assistant.domain.assessment import propose, seat_bounds
from assistant.domain.identifiers import CustomerId, PlanId
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Proposal
from support.clock import FakeIds
from support.licensing import a_citation, a_customer, a_policy, a_situation, a_subscription


def trial(seats=6, plan="email-security-standard"):
    return StartTrial(CustomerId("C-1"), PlanId(plan), seats)


def test_a_trial_is_shown_by_the_services_name_and_ends_a_month_later():
    proposal = propose(trial(), a_situation(a_customer(25)))

    assert isinstance(proposal, Proposal)
    assert proposal.quote.values == {
        "customer": "Contoso",
        "plan": "Email Security Standard",
        "seats": 6,
        "starts": "2026-03-15",
        "ends": "2026-04-15",
        "total_before": 25,
        "total_after": 25,
        "band_before": "1-50",
        "band_after": "1-50",
    }


def test_a_trial_of_eleven_seats_is_refused_with_the_entry_that_says_so():
    refusal = propose(trial(seats=11), a_situation())

    assert refusal == Refusal(RefusalCode.TRIAL_TOO_LARGE, {"maximum": 10}, "seats", (a_citation("trials"),))


def test_the_refusal_offered_ahead_is_the_one_the_rule_gives():
    policy = a_policy(trial_seats_max=15)

    bounds = seat_bounds("trial", policy)

    assert bounds is not None
    assert bounds.maximum == 15
    assert propose(trial(seats=16), a_situation(policy=policy)) == bounds.too_many


@given(maximum=st.integers(1, 100), seats=st.integers(-5, 120))
def test_exactly_the_seats_the_policy_states_are_allowed(maximum, seats):
    found = propose(trial(seats), a_situation(policy=a_policy(trial_seats_max=maximum)))

    assert isinstance(found, Proposal) == (1 <= seats <= maximum)


def test_without_a_stated_maximum_no_trial_starts_and_none_is_promised():
    policy = a_policy(trial_seats_max=None)

    refusal = propose(trial(seats=1), a_situation(policy=policy))
    bounds = seat_bounds("trial", policy)

    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.POLICY_NOT_STATED
    assert bounds is not None
    assert bounds.maximum is None


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        ("wf-services-xdr", RefusalCode.PLAN_NOT_TRIALABLE),
        ("email-security-standard-trial", RefusalCode.PLAN_NOT_TRIALABLE),
        ("no-such-plan", RefusalCode.PLAN_UNKNOWN),
    ],
)
def test_only_the_full_plan_of_a_single_service_can_be_tried(plan, code):
    refusal = propose(trial(plan=plan), a_situation())

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.slot) == (code, "plan")
    assert refusal.cites == (a_citation("trials"),)


@pytest.mark.parametrize("owned", ["Email Security Standard", "WF Services XDR"])
def test_what_is_owned_alone_or_in_a_bundle_cannot_be_tried(owned):
    refusal = propose(trial(), a_situation(a_customer(subscriptions=[a_subscription(owned)])))

    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.SERVICE_ALREADY_OWNED


def test_a_second_trial_of_the_same_product_is_refused_even_after_the_first_has_ended():
    ended = a_subscription("Email Security Standard Trial", 5, date(2025, 1, 1))

    refusal = propose(trial(), a_situation(a_customer(subscriptions=[ended])))

    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.TRIAL_EXISTS


def test_a_service_owned_once_but_ended_can_be_tried():
    ended = replace(a_subscription("Email Security Standard", 5, date(2024, 1, 1)), renew_months=None)

    assert isinstance(propose(trial(), a_situation(a_customer(subscriptions=[ended]))), Proposal)


def test_a_disabled_customer_gets_no_trial():
    refusal = propose(trial(), a_situation(a_customer(enabled=False)))

    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.CUSTOMER_DISABLED


def test_the_trial_itself_does_not_renew_and_carries_a_visibly_synthetic_code():
    proposal = propose(trial(), a_situation())
    assert isinstance(proposal, Proposal)

    started = proposal.apply(FakeIds()).customer.subscriptions[-1]

    assert started.trial
    assert not started.auto_renew
    assert (started.seats, started.expires) == (6, date(2026, 4, 15))
    assert ACTIVATION_CODE.fullmatch(started.licences[0].code)
    assert started.licences[0].code.split("-")[1] == "DEMO"


def test_a_trial_begun_on_the_thirty_first_ends_with_the_short_month():
    proposal = propose(trial(), a_situation(today=date(2026, 1, 31)))

    assert isinstance(proposal, Proposal)
    assert proposal.quote.values["ends"] == "2026-02-28"
