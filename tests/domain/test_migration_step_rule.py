from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.assessment import propose
from assistant.domain.cases import CaseState
from assistant.domain.quotes import ConsequenceCode
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.subscriptions import SubscriptionState
from support.cases import (
    a_case_situation,
    a_migrating_customer,
    a_standard_licence,
    after,
    done,
    migrate,
    proposed,
    step,
    told,
)
from support.licensing import TODAY, a_subscription

CLOUD = a_standard_licence("WF Services", "cloud", seats=45)
STEPS = [state.value for state in CaseState]


def begun(licence=None, plan="wfbs-advanced"):
    customer = a_migrating_customer(licence)
    outcome = done(migrate(plan), a_case_situation(customer))
    return after(outcome, customer), outcome.case


def gone_on(customer, case, *states, desk=True):
    for state in states:
        outcome = done(step(state), a_case_situation(customer, case, desk=desk))
        customer, case = after(outcome, customer), outcome.case
    return customer, case


def refusal_of(action, situation):
    refusal = propose(action, situation)
    assert isinstance(refusal, Refusal), refusal
    return refusal


def test_a_key_is_entered_verified_and_the_case_closed_each_with_its_evidence():
    customer, case = gone_on(*begun(), "key_entered", "verified", "closed", desk=False)

    assert [taken.state for taken in case.steps] == ["key_issued", "key_entered", "verified", "closed"]
    assert {taken.evidence for taken in case.steps[1:]} == {"seen in the console"}
    assert (case.open, case.version) == (False, 4)
    assert customer.standard_licences[0].ended == TODAY


def test_verifying_compares_the_seats_and_ends_the_licence_from_outside():
    customer, case = gone_on(*begun(), "key_entered")

    proposal = proposed(step("verified"), a_case_situation(customer, case))

    assert (proposal.quote.before["seats"], proposal.quote.after["seats"]) == (30, 30)
    assert told(proposal) == {ConsequenceCode.LICENCE_ENDS}


def test_the_vendors_confirmation_makes_the_subscription_with_the_seats_of_the_licence():
    customer, case = gone_on(*begun(CLOUD, "wf-services-annual"), "vendor_confirmed")

    assigned = customer.subscriptions[0]
    assert (assigned.seats, assigned.start, assigned.plan_id) == (45, TODAY, "wf-services-annual")
    assert case.subscription_id == assigned.id


def test_only_the_vendors_desk_records_its_own_confirmation():
    customer, case = begun(CLOUD, "wf-services-annual")

    refusal = refusal_of(step("vendor_confirmed"), a_case_situation(customer, case))

    assert (refusal.code, refusal.params["step"]) == (RefusalCode.STEP_NOT_YOURS, "vendor confirmed")


def test_a_confirmation_of_what_was_bought_meanwhile_is_refused():
    customer, case = begun(CLOUD, "wf-services-annual")
    bought = customer.adding(a_subscription())

    refusal = refusal_of(step("vendor_confirmed"), a_case_situation(bought, case, desk=True))

    assert refusal.code is RefusalCode.COMPONENT_OWNED


def test_a_confirmation_for_a_disabled_customer_or_a_plan_that_is_gone_is_refused():
    customer, case = begun(CLOUD, "wf-services-annual")
    of_nothing = replace(case, about={"plan": "no-such-plan"})

    disabled = a_case_situation(replace(customer, enabled=False), case, desk=True)
    assert refusal_of(step("vendor_confirmed"), disabled).code is RefusalCode.CUSTOMER_DISABLED
    gone = a_case_situation(customer, of_nothing, desk=True)
    assert refusal_of(step("vendor_confirmed"), gone).code is RefusalCode.PLAN_UNKNOWN


def test_a_step_out_of_turn_is_refused_with_what_can_come_next():
    customer, case = begun()

    refusal = refusal_of(step("verified"), a_case_situation(customer, case))

    assert refusal.code is RefusalCode.STEP_INVALID
    assert refusal.params == {"state": "key issued", "next": "key entered, abandoned"}


def test_what_was_verified_is_in_use_and_not_given_up_any_more():
    customer, case = gone_on(*begun(), "key_entered", "verified")

    assert refusal_of(step("abandoned"), a_case_situation(customer, case)).params["next"] == "closed"


@pytest.mark.parametrize("evidence", ["", "   ", "x" * 1001])
def test_every_step_says_what_proves_it(evidence):
    customer, case = begun()

    refusal = refusal_of(step("key_entered", evidence), a_case_situation(customer, case))

    assert (refusal.code, refusal.slot) == (RefusalCode.EVIDENCE_NEEDED, "reason")


def test_a_case_that_is_not_there_and_one_that_is_no_migration_are_unknown():
    customer, case = begun()
    support = replace(case, licence_id=None)

    assert refusal_of(step("closed"), a_case_situation(customer)).code is RefusalCode.CASE_UNKNOWN
    assert refusal_of(step("closed"), a_case_situation(customer, support)).code is RefusalCode.CASE_UNKNOWN


def test_giving_up_cancels_the_key_that_nobody_uses():
    customer, case = begun()

    proposal = proposed(step("abandoned"), a_case_situation(customer, case))
    outcome = done(step("abandoned"), a_case_situation(customer, case))

    assert ConsequenceCode.KEY_CANCELLED in told(proposal)
    assert outcome.customer.subscriptions[0].state(TODAY) is SubscriptionState.CANCELLED
    assert outcome.customer.standard_licences[0].ended is None
    assert not outcome.case.open


def test_giving_up_leaves_a_key_that_is_in_use():
    customer, case = begun()
    situation = a_case_situation(customer, case, used={customer.subscriptions[0].id: 3})

    assert told(proposed(step("abandoned"), situation)) == {ConsequenceCode.KEY_STAYS}
    assert done(step("abandoned"), situation).customer is None


def test_a_licence_given_up_can_be_migrated_again():
    customer, case = gone_on(*begun(), "abandoned")
    assert not case.open

    assert done(migrate(), a_case_situation(customer)).case.open


@pytest.mark.parametrize("how", [SubscriptionState.CANCELLED, None])
def test_nothing_is_verified_whose_new_licence_is_not_in_service(how):
    customer, case = gone_on(*begun(), "key_entered")
    issued = customer.subscriptions[0]
    changed = (
        issued.ending(TODAY, how)
        if how
        else replace(issued, renew_months=None).until(TODAY - timedelta(days=1))
    )

    refusal = refusal_of(step("verified"), a_case_situation(customer.replacing(changed), case))

    assert refusal.code in {RefusalCode.SUBSCRIPTION_GONE, RefusalCode.SUBSCRIPTION_NOT_ACTIVE}


@given(path=st.lists(st.sampled_from(STEPS), max_size=12), cloud=st.booleans())
def test_a_licence_is_never_served_on_the_platform_and_ended_outside_before_it_is_verified(path, cloud):
    customer, case = begun(CLOUD, "wf-services-annual") if cloud else begun()
    for state in path:
        proposal = propose(step(state), a_case_situation(customer, case, desk=True))
        if isinstance(proposal, Refusal):
            continue
        customer, case = gone_on(customer, case, state)
        verified = "verified" in [taken.state for taken in case.steps]
        assert (customer.standard_licences[0].ended is not None) == verified
        assert len(customer.subscriptions) <= 1
        assert case.version == len(case.steps)


def test_the_vendors_confirmation_previews_the_term_that_begins():
    customer, case = begun(CLOUD, "wf-services-annual")
    situation = a_case_situation(customer, case, desk=True)

    proposal = proposed(step("vendor_confirmed"), situation)
    assigned = done(step("vendor_confirmed"), situation).customer.subscriptions[0]

    assert proposal.quote.after["ends"] == assigned.expires.isoformat()
    assert {ConsequenceCode.TERM_STARTS, ConsequenceCode.RENEWS} <= told(proposal)
