from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.actions import ChangeSeats
from assistant.domain.assessment import propose, seat_bounds
from assistant.domain.identifiers import CustomerId, SubscriptionId
from assistant.domain.lifecycle import recorded
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Proposal
from support.clock import FakeIds
from support.licensing import TODAY, a_customer, a_policy, a_situation, a_subscription


def change(seats, subscription="S-1"):
    return ChangeSeats(CustomerId("C-1"), SubscriptionId(subscription), seats)


def codes(proposal):
    return [consequence.code for consequence in proposal.quote.consequences]


def test_twenty_five_more_on_three_hundred_stay_in_their_band():
    proposal = propose(change(50), a_situation(a_customer(25), total=300))

    assert isinstance(proposal, Proposal)
    values = proposal.quote.values
    assert (values["seats_before"], values["seats_after"], values["seats"]) == (25, 50, 50)
    assert (values["total_before"], values["total_after"]) == (300, 325)
    assert (values["band_before"], values["band_after"]) == ("251-500", "251-500")
    assert codes(proposal) == ["term_unchanged", "band_stays"]


def test_crossing_an_edge_and_lowering_are_told():
    proposal = propose(change(20), a_situation(a_customer(25), total=253))

    assert codes(proposal) == ["term_unchanged", "band_changes", "month_peak"]


def test_every_cited_entry_of_a_consequence_is_cited_by_the_quote():
    quote = propose(change(30), a_situation(a_customer(25))).quote

    assert (
        {cite for consequence in quote.consequences for cite in consequence.cites}
        == set(quote.cites)
        != set()
    )


@given(seats=st.integers(1, 999_999))
def test_nothing_but_the_number_changes(seats):
    customer = a_customer(25)
    proposal = propose(change(seats), a_situation(customer))
    if seats == 25:
        assert isinstance(proposal, Refusal)
        return

    after = proposal.apply(FakeIds()).customer.subscriptions[0]

    assert after == replace(recorded(customer.subscriptions[0], TODAY), seats=seats)
    assert proposal.quote.before["expires"] == proposal.quote.after["expires"]


def test_a_suite_changes_as_a_whole():
    suite = a_subscription("WF Services XDR", 60)

    proposal = propose(change(70), a_situation(a_customer(subscriptions=[suite])))

    assert "whole_suite" in codes(proposal)
    assert proposal.apply(FakeIds()).customer.subscriptions == (replace(recorded(suite, TODAY), seats=70),)


@pytest.mark.parametrize("seats", [-1, 0, 1_000_000])
def test_impossible_numbers_are_refused_with_the_bounds(seats):
    refusal = propose(change(seats), a_situation(a_customer(25)))

    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.SEATS_INVALID
    assert refusal.params == {"minimum": 1, "maximum": 999_999}
    assert refusal == seat_bounds("seats", a_policy()).too_many


@pytest.mark.parametrize(
    ("situation", "action", "code"),
    [
        (a_situation(a_customer(25)), change(25), RefusalCode.SEATS_UNCHANGED),
        (a_situation(a_customer(25)), change(30, "S-9"), RefusalCode.NO_SUBSCRIPTION),
        (a_situation(a_customer(25, enabled=False)), change(30), RefusalCode.CUSTOMER_DISABLED),
        (
            a_situation(a_customer(subscriptions=[a_subscription("WF Services Trial", 5, date(2026, 3, 1))])),
            change(6),
            RefusalCode.TRIAL_NOT_MODIFIABLE,
        ),
        (
            a_situation(a_customer(subscriptions=[a_subscription(start=date(2026, 5, 1))])),
            change(6),
            RefusalCode.SUBSCRIPTION_NOT_ACTIVE,
        ),
    ],
)
def test_what_cannot_be_changed_is_refused(situation, action, code):
    refusal = propose(action, situation)

    assert isinstance(refusal, Refusal)
    assert refusal.code is code


@pytest.mark.parametrize(
    "other",
    [
        a_situation(a_customer(25, version=2)),
        a_situation(a_customer(25), policy=a_policy(revision="policy-2")),
        a_situation(a_customer(25), total=26),
    ],
)
def test_the_revision_changes_with_customer_policy_and_total(other):
    before = propose(change(30), a_situation(a_customer(25))).quote

    assert propose(change(30), other).quote.revision != before.revision
