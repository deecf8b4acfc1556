"""A clock that is set back, as when a wrong time is put right, bills nothing twice and stops no due work."""

from datetime import timedelta
from itertools import pairwise

import pytest

from assistant.domain.actions import Cancel, ChangeRenewal, ChangeSeats
from assistant.domain.lookups import PartnerTotals
from assistant.domain.report_lookups import MonthUsage
from assistant.domain.usage import Month
from assistant.licensing.due import DueWork
from support.clock import NOON

WORLD = """
partners:
  Northwind:
    time_zone: Europe/Berlin
    customers:
      Contoso: {subscriptions: [{plan: WF Services Monthly Rolling, seats: 25, start: 2025-04-10}]}
"""


@pytest.fixture
def backend(each_backend):
    return each_backend(WORLD)


def billed(backend):
    month = f"{backend.clock.now():%Y-%m}"
    return [line.provisioned for line in backend.licensing.look_up(backend.user(), MonthUsage(month)).lines]


def spans(backend):
    month = Month(NOON - timedelta(days=30), NOON + timedelta(days=300))
    with backend.storage.reading() as unit:
        return unit.usage.spans(backend.loaded["Northwind"].id, backend.customer("Contoso"), "WFS", month)


def change(backend, action, *fields):
    customer = backend.stored("Contoso")
    made = action(customer.id, customer.subscriptions[0].id, *fields)
    return backend.change(made, task_id=f"T-{action.__name__}-{fields}")


@pytest.mark.parametrize(
    ("then", "seats"), [((ChangeRenewal, 0), 30), ((ChangeSeats, 28), 28), ((Cancel,), 25)]
)
def test_a_month_is_billed_by_its_highest_number_though_an_hour_comes_twice(backend, then, seats):
    change(backend, ChangeSeats, 30)
    backend.clock.advance(hours=-1)

    change(backend, *then)

    assert billed(backend) == [max(seats, 25)]
    known = spans(backend)
    assert all(a.until is not None and a.until <= b.since for a, b in pairwise(known))


def test_the_total_is_right_after_an_hour_that_came_twice(backend):
    change(backend, ChangeSeats, 30)
    backend.clock.advance(hours=-1)
    change(backend, ChangeSeats, 40)
    backend.clock.advance(hours=2)

    assert backend.licensing.look_up(backend.user(), PartnerTotals()).seats == 40


def test_due_work_does_nothing_again_when_the_day_comes_twice(backend):
    work = DueWork(backend.storage, backend.catalogues, backend.policy, backend.clock, backend.ids)
    backend.clock.advance(days=60)
    first = work.run()
    backend.clock.instant -= timedelta(days=2)

    assert first["renewed"]
    assert work.run() == {}
    backend.clock.advance(days=2)
    assert work.run() == {}
