from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.actions import AcceptSuite, ApproveSuite, AssignPlan, ChangeSeats, Crossgrade
from assistant.domain.assessment import propose
from assistant.domain.identifiers import PlanId, SubscriptionId
from assistant.domain.quotes import ConsequenceCode
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Proposal, SuiteApproval
from assistant.domain.subscriptions import Hold, SubscriptionState
from support.cases import CHANGED_ON, CUSTOMER, a_suite_situation, done, proposed, told, with_composition
from support.licensing import TODAY, a_customer, a_partner, a_situation, a_subscription

PLAN = PlanId("wf-services-advanced")
APPROVED = {"WFSADV": 2}
GROWN = with_composition("WFSADV", ("CAS", "TMES", "HES", "WFS", "EDR"))
SHRUNK = with_composition("WFSADV", ("CAS", "TMES", "WFS"))


def owner(*more, plan="WF Services Advanced"):
    return a_customer(subscriptions=[a_subscription(plan, 25), *more])


def approve(data_center=None, plan=PLAN):
    return ApproveSuite(plan, data_center)


def accept(subscription="S-1"):
    return AcceptSuite(CUSTOMER, SubscriptionId(subscription))


def refusal_of(action, situation):
    refusal = propose(action, situation)
    assert isinstance(refusal, Refusal), refusal
    return refusal


def test_approving_unlocks_the_suite_and_says_what_changed():
    situation = a_situation(catalogue=GROWN)

    proposal = proposed(approve("United States"), situation)

    assert told(proposal) == {
        ConsequenceCode.COMPONENT_ADDED,
        ConsequenceCode.SUITE_UNLOCKED,
        ConsequenceCode.SUITE_EACH_CUSTOMER,
    }
    assert proposal.quote.after["data_center"] == "United States"
    assert done(approve("United States"), situation).approval == SuiteApproval("WFSADV", 2, "United States")


def test_a_suite_is_locked_from_the_change_until_it_is_approved():
    assign = AssignPlan(CUSTOMER, PLAN, 10)
    before, since = CHANGED_ON - timedelta(days=1), CHANGED_ON

    assert isinstance(propose(assign, a_situation(catalogue=GROWN, today=before)), Proposal)
    locked = refusal_of(assign, a_situation(catalogue=GROWN, today=since))
    assert locked.code is RefusalCode.PLAN_LOCKED
    assert isinstance(propose(assign, a_situation(catalogue=GROWN, today=since, approved=APPROVED)), Proposal)


def test_a_partner_that_joined_after_the_change_has_nothing_to_approve():
    late = a_partner(since=CHANGED_ON + timedelta(days=1))

    refusal = refusal_of(approve(), a_situation(catalogue=GROWN, partner=late))

    assert refusal.code is RefusalCode.SUITE_UNCHANGED


@pytest.mark.parametrize(
    ("action", "code"),
    [
        (approve(plan=PlanId("no-such-plan")), RefusalCode.PLAN_UNKNOWN),
        (approve(plan=PlanId("wf-services-monthly")), RefusalCode.NO_SUITE),
        (approve(plan=PlanId("wf-services-xdr")), RefusalCode.SUITE_UNCHANGED),
        (approve("Atlantis"), RefusalCode.DATA_CENTER_UNKNOWN),
    ],
)
def test_only_a_changed_suite_is_approved_with_a_data_centre_of_what_it_adds(action, code):
    assert refusal_of(action, a_situation(catalogue=GROWN)).code is code


def test_a_suite_that_is_no_longer_sold_is_not_approved():
    suite = replace(GROWN.products["WFSADV"], end_of_sale=TODAY)
    off_sale = replace(GROWN, products={**GROWN.products, "WFSADV": suite})

    assert refusal_of(approve(), a_situation(catalogue=off_sale)).code is RefusalCode.PLAN_END_OF_SALE


def test_accepting_adds_new_licences_where_approved_and_keeps_the_others_the_seats_and_the_term():
    customer = owner()
    situation = a_suite_situation(customer, catalogue=GROWN, approved=APPROVED, data_center="United States")

    before = customer.subscriptions[0]
    changed = done(accept(), situation).customer.subscriptions[0]

    assert told(proposed(accept(), situation)) >= {
        ConsequenceCode.COMPONENT_ADDED,
        ConsequenceCode.TERM_UNCHANGED,
    }
    assert changed.licences[:4] == before.licences
    assert (changed.licences[4].product, changed.licences[4].data_center) == ("EDR", "United States")
    assert (changed.seats, changed.expires, changed.composition) == (25, before.on(TODAY).expires, 2)


def test_accepting_ends_what_was_taken_out():
    situation = a_suite_situation(owner(), catalogue=SHRUNK, approved=APPROVED)

    assert ConsequenceCode.COMPONENT_REMOVED in told(proposed(accept(), situation))
    changed = done(accept(), situation).customer.subscriptions[0]
    assert [licence.product for licence in changed.licences] == ["CAS", "TMES", "WFS"]


def test_an_add_on_ends_with_the_base_that_a_change_takes_out():
    without = with_composition("WFSADV", ("CAS", "TMES", "HES"))
    add_on = a_subscription("EDR Add-on", 25, date(2026, 1, 1), number=2)
    situation = a_suite_situation(owner(add_on), catalogue=without, approved=APPROVED)

    assert ConsequenceCode.ADD_ON_ENDS in told(proposed(accept(), situation))
    assert done(accept(), situation).customer.subscriptions[1].state(TODAY) is SubscriptionState.CANCELLED


def test_what_the_customer_has_elsewhere_is_left_to_a_crossgrade():
    add_on = a_subscription("EDR Add-on", 25, date(2026, 1, 1), number=2)

    refusal = refusal_of(accept(), a_suite_situation(owner(add_on), catalogue=GROWN, approved=APPROVED))

    assert refusal.code is RefusalCode.COMPONENT_OWNED
    assert refusal.params["owned"] == "EDR Add-on"


def test_a_crossgrade_to_the_same_suite_brings_together_what_its_change_would_double():
    add_on = a_subscription("EDR Add-on", 25, date(2026, 1, 1), number=2)
    customer = owner(add_on)
    move = Crossgrade(CUSTOMER, PLAN, 25)

    assert refusal_of(move, a_situation(customer)).code is RefusalCode.SAME_PLAN
    moved = done(move, a_situation(customer, catalogue=GROWN, approved=APPROVED)).customer

    (held,) = (s for s in moved.subscriptions if s.held(TODAY))
    assert {licence.product for licence in held.licences} == {"CAS", "TMES", "HES", "WFS", "EDR"}
    assert {p.code for s in customer.subscriptions for p in s.licences} == {p.code for p in held.licences}
    alone = a_situation(owner(), catalogue=GROWN, approved=APPROVED)
    assert refusal_of(move, alone).code is RefusalCode.SAME_PLAN


def test_an_add_on_is_not_added_without_its_base():
    catalogue = with_composition("WFBSADV", ("SMEX", "WFBS", "EDR"))
    customer = owner(plan="WFBS Advanced")
    situation = a_suite_situation(customer, catalogue=catalogue, approved={"WFBSADV": 2})

    assert refusal_of(accept(), situation).code is RefusalCode.BASE_NEEDED


def test_a_change_is_approved_before_it_is_accepted():
    assert refusal_of(accept(), a_suite_situation(owner(), catalogue=GROWN)).code is (
        RefusalCode.SUITE_NOT_APPROVED
    )


def test_a_change_is_accepted_once():
    customer = done(accept(), a_suite_situation(owner(), catalogue=GROWN, approved=APPROVED)).customer

    refusal = refusal_of(accept(), a_suite_situation(customer, catalogue=GROWN, approved=APPROVED))

    assert refusal.code is RefusalCode.SUITE_UNCHANGED


def test_nothing_of_a_single_service_or_of_a_customer_without_it_can_be_accepted():
    single = a_suite_situation(a_customer(25), catalogue=GROWN, approved=APPROVED)

    assert refusal_of(accept(), single).code is RefusalCode.NO_SUITE
    assert refusal_of(accept("S-9"), single).code is RefusalCode.NO_SUBSCRIPTION


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"suspended": Hold(date(2026, 3, 10), 1)}, RefusalCode.SUBSCRIPTION_SUSPENDED),
        ({"months": 1, "renew_months": None}, RefusalCode.SUBSCRIPTION_GONE),
        (
            {"months": 1, "renew_months": None, "anchor": date(2026, 1, 1), "start": date(2026, 1, 1)},
            RefusalCode.SUBSCRIPTION_NOT_ACTIVE,
        ),
    ],
)
def test_only_what_is_in_service_gets_a_change(changed, code):
    customer = a_customer(subscriptions=[replace(a_subscription("WF Services Advanced"), **changed)])
    today = date(2026, 3, 20)

    situation = a_suite_situation(customer, catalogue=GROWN, approved=APPROVED, today=today)

    assert refusal_of(accept(), situation).code is code


def test_nothing_of_a_disabled_customer_gets_a_change():
    situation = a_suite_situation(replace(owner(), enabled=False), catalogue=GROWN, approved=APPROVED)

    assert refusal_of(accept(), situation).code is RefusalCode.CUSTOMER_DISABLED


def test_seats_change_again_once_the_change_is_approved_whether_or_not_it_was_accepted():
    seats = ChangeSeats(CUSTOMER, SubscriptionId("S-1"), 30)

    assert refusal_of(seats, a_situation(owner(), catalogue=GROWN)).code is RefusalCode.PLAN_LOCKED
    assert isinstance(propose(seats, a_situation(owner(), catalogue=GROWN, approved=APPROVED)), Proposal)


@given(
    components=st.lists(
        st.sampled_from(["CAS", "TMES", "HES", "WFS", "EDR", "WFBS", "SMEX"]), min_size=1, unique=True
    )
)
def test_after_accepting_the_customer_has_exactly_the_components_of_the_suite(components):
    catalogue = with_composition("WFSADV", components)
    found = propose(accept(), a_suite_situation(owner(), catalogue=catalogue, approved=APPROVED))
    if isinstance(found, Refusal):
        assert found.code is RefusalCode.BASE_NEEDED
        return

    changed = done(
        accept(), a_suite_situation(owner(), catalogue=catalogue, approved=APPROVED)
    ).customer.subscriptions[0]

    assert [licence.product for licence in changed.licences] == components
