"""A batch assessed as one is the same as its changes previewed and made one by one."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.actions import AssignPlan, Cancel, ChangeRenewal, ChangeSeats, Suspend
from assistant.domain.assessment import propose
from assistant.domain.bulk import (
    BulkRow,
    assess_all,
    batch_quote,
    digest,
    same_change,
    without_contradictions,
)
from assistant.domain.change_many import ChangeMany
from assistant.domain.identifiers import CustomerId, PlanId, SubscriptionId
from assistant.domain.issuing import Placeholders
from assistant.domain.quotes import Quote
from assistant.domain.refusals import Refusal
from assistant.domain.situations import PartnerSituation, Proposal
from support.licensing import (
    NOW,
    TODAY,
    a_customer,
    a_partner,
    a_situation,
    a_subscription,
    every_rule_cited,
    the_catalogue,
)

MAIL = PlanId("email-security-standard")


def the_customers():
    """Three customers: one with two plans, one with one, one without any."""
    mail = a_subscription("Email Security Standard", 40, date(2025, 6, 1), number=2)
    owned = {"C-1": (a_subscription(seats=25), mail), "C-2": (a_subscription(seats=60, number=3),), "C-3": ()}
    return {
        CustomerId(key): replace(
            a_customer(subscriptions=held), id=CustomerId(key), name=f"Customer {key[-1]}"
        )
        for key, held in owned.items()
    }


def first(total):
    return PartnerSituation(
        partner=a_partner(), catalogue=the_catalogue(), policy=every_rule_cited(), now=NOW, total=total
    )


def start():
    customers = the_customers()
    return customers, first(sum(customer.chargeable(TODAY) for customer in customers.values()))


SUBSCRIPTIONS = [("C-1", "S-1"), ("C-1", "S-2"), ("C-2", "S-3"), ("C-3", "S-9")]


def about(make):
    return st.sampled_from(SUBSCRIPTIONS).map(
        lambda named: make(CustomerId(named[0]), SubscriptionId(named[1]))
    )


ACTIONS = st.one_of(
    st.integers(1, 400).flatmap(lambda seats: about(lambda c, s: ChangeSeats(c, s, seats))),
    st.integers(0, 12).flatmap(lambda months: about(lambda c, s: ChangeRenewal(c, s, months))),
    about(Suspend),
    about(Cancel),
    st.sampled_from(["C-2", "C-3"]).map(lambda c: AssignPlan(CustomerId(c), MAIL, 7)),
)
ROWS = st.lists(ACTIONS, min_size=1, max_size=8).map(
    lambda actions: [BulkRow(n, str(a.customer_id), a) for n, a in enumerate(actions, start=1)]
)


def one_by_one(rows, customers, situation):
    """Preview and make each change by itself, reading everything anew in between."""
    customers, total = dict(customers), situation.total
    for row in without_contradictions(rows):
        if row.action is None:
            yield row.refusal
            continue
        customer = customers[row.action.customer_id]
        proposal = propose(
            row.action, a_situation(customer, policy=situation.policy, total=total, partner=situation.partner)
        )
        if isinstance(proposal, Proposal):
            changed = proposal.apply(Placeholders()).customer
            customers[customer.id] = replace(changed, version=customer.version + 1)
            total += changed.chargeable(TODAY) - customer.chargeable(TODAY)
            yield proposal.quote
        else:
            yield proposal


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_a_sequence_on_one_situation_is_the_same_as_one_by_one(rows):
    customers, situation = start()

    together = [item.outcome for item in assess_all(rows, situation, customers, {})]

    assert together == list(one_by_one(rows, customers, situation))


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_the_batchs_figures_are_those_of_its_possible_rows(rows):
    customers, situation = start()
    assessed = assess_all(rows, situation, customers, {})
    possible = [item.outcome for item in assessed if isinstance(item.outcome, Quote)]

    quote = batch_quote(ChangeMany("B-1"), assessed, situation)

    if not possible:
        assert isinstance(quote, Refusal)
        return
    moved = sum(q.values["total_after"] - q.values["total_before"] for q in possible)
    assert quote.values["changes"] == len(possible)
    assert quote.values["left_out"] == len(rows) - len(possible)
    assert quote.values["total_after"] - quote.values["total_before"] == moved
    assert set(quote.cites) >= {cite for q in possible for cite in q.cites}


@settings(max_examples=40, deadline=None)
@given(ROWS, st.data())
def test_the_digest_covers_every_row(rows, data):
    customers, situation = start()
    assessed = assess_all(rows, situation, customers, {})
    dropped = data.draw(st.integers(0, len(rows) - 1))

    assert digest(assessed) == digest(assess_all(rows, situation, customers, {}))
    assert digest(assessed[:dropped] + assessed[dropped + 1 :]) != digest(assessed)


def test_a_change_is_the_same_whatever_the_rest_of_the_partner_has_come_to():
    customers, situation = start()
    row = BulkRow(1, "Customer 1", ChangeSeats(CustomerId("C-1"), SubscriptionId("S-1"), 30))
    (confirmed,) = assess_all([row], situation, customers, {})
    (fresh,) = assess_all([row], first(90_000), customers, {})
    grown = replace(
        customers["C-1"], subscriptions=(a_subscription(seats=26), *customers["C-1"].subscriptions[1:])
    )
    (other,) = assess_all([row], situation, {**customers, "C-1": grown}, {})

    assert fresh.outcome != confirmed.outcome
    assert same_change(confirmed.outcome, fresh.outcome)
    assert not same_change(confirmed.outcome, other.outcome)
