"""What is stored equals what the rules made of it, step after step, on every kind of database."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from assistant.domain import actions
from assistant.domain.assessment import propose
from assistant.domain.lifecycle import caught_up
from assistant.domain.lookups import PartnerTotals
from assistant.domain.periods import local_date
from assistant.domain.provisioning import provisions
from assistant.domain.quotes import Quote, Receipt
from assistant.domain.situations import Proposal
from assistant.licensing.due import DueWork
from assistant.licensing.scope import Surroundings, situation_of
from assistant.licensing.worlds import read_world
from assistant.persistence.row_security import EVERY_PARTNERS
from assistant.persistence.tables.licensing_records import seat_spans
from support.clock import NOON
from support.licensing import a_capsule, a_proof

WORLD = """
partners:
  Northwind:
    time_zone: Europe/Berlin
    customers:
      Contoso: {subscriptions: [{plan: WF Services Monthly Rolling, seats: 25, start: 2025-12-31}]}
"""
PLANS = [
    "wf-services-annual",
    "wf-services-advanced",
    "wf-services-xdr",
    "email-security-standard",
    "edr-add-on",
]
STEPS = st.tuples(
    st.sampled_from(
        [
            "seats",
            "trial",
            "assign",
            "crossgrade",
            "cancel",
            "renewal",
            "suspend",
            "resume",
            "state",
            "due",
            "time",
        ]
    ),
    st.integers(0, 5),
    st.integers(1, 30),
)


def action_of(kind, customer, pick, figure):
    plan = PLANS[pick % len(PLANS)]
    held = customer.subscriptions[pick % len(customer.subscriptions)].id
    return {
        "seats": lambda: actions.ChangeSeats(customer.id, held, figure),
        "trial": lambda: actions.StartTrial(customer.id, plan, figure % 12),
        "assign": lambda: actions.AssignPlan(customer.id, plan, figure),
        "crossgrade": lambda: actions.Crossgrade(customer.id, plan, figure),
        "cancel": lambda: actions.Cancel(customer.id, held),
        "renewal": lambda: actions.ChangeRenewal(customer.id, held, figure % 13),
        "suspend": lambda: actions.Suspend(customer.id, held),
        "resume": lambda: actions.Resume(customer.id, held),
        "state": lambda: actions.SetCustomerEnabled(customer.id, bool(figure % 2)),
    }[kind]()


def check_stored(backend, expected):
    """The stored customer is the expected one, but for its version and for the ids and codes of what is new."""
    stored = backend.stored("Contoso")
    today = local_date(backend.clock.now(), "Europe/Berlin")
    assert shape(stored, today) == shape(expected, today)
    total = backend.licensing.look_up(backend.user(), PartnerTotals()).seats
    assert total == stored.chargeable(today)
    now = backend.clock.now()
    planned = provisions(stored, now, today, "Europe/Berlin")
    with backend.database.reading(EVERY_PARTNERS) as connection:
        rows = connection.execute(select(seat_spans).where(seat_spans.c.customer_id == stored.id)).all()
    open_now = {(r.subscription_id, r.seats, r.until) for r in rows if r.until is None or r.until > now}
    assert open_now == {(p.subscription_id, p.seats, p.until) for p in planned}


def shape(customer, today):
    return [
        (s.plan_id, s.product, s.seats, s.start, s.on(today).expires, s.renew_months, s.state(today), s.composition,
         s.suspended, s.disabled, s.ended, [(p.product, p.data_center) for p in s.licences])
        for s in customer.subscriptions
    ]  # fmt: skip


def step(backend, kind, pick, figure, number):
    user = backend.user()
    if kind == "time":
        backend.clock.advance(days=figure * 3)
        return
    if kind == "due":
        DueWork(backend.storage, backend.catalogues, backend.policy, backend.clock, backend.ids).run()
        return
    action = action_of(kind, backend.stored("Contoso"), pick, figure)
    around = Surroundings(backend.catalogue, backend.policy.current(), backend.clock.now())
    with backend.storage.reading() as unit:
        proposal = propose(action, situation_of(unit, user, action, around))
    quote = backend.licensing.preview(user, action)
    if not isinstance(proposal, Proposal):
        assert quote == proposal
        return
    assert isinstance(quote, Quote)
    assert quote == proposal.quote
    expected = proposal.apply(backend.ids).customer
    capsule = a_capsule(quote, principal=user, task_id=f"T-{number}")
    first = backend.licensing.execute(user, capsule, a_proof(capsule))
    assert isinstance(first, Receipt)
    assert backend.licensing.execute(user, capsule, a_proof(capsule)) == first
    check_stored(backend, expected)


@pytest.fixture
def kept_backend(each_backend):
    """One backend for all examples; each of them replaces its partner."""
    return each_backend(WORLD)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
)
@given(steps=st.lists(STEPS, min_size=4, max_size=16))
def test_random_months_leave_in_the_database_what_the_rules_say(kept_backend, steps):
    backend = kept_backend
    backend.clock.set(NOON)
    backend.loaded = backend.provisioning.load(read_world(WORLD).partners)
    for number, (kind, pick, figure) in enumerate(steps):
        step(backend, kind, pick, figure, number)
        today = local_date(backend.clock.now(), "Europe/Berlin")
        check_stored(backend, caught_up(backend.stored("Contoso"), today))
        backend.clock.instant += timedelta(minutes=1)
    assert not any(backend.licensing.verify_audit().values())
