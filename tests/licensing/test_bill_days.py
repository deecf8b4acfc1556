"""What a month bills after each kind of change on days on which reckoning goes wrong: edges of months, leap days, clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.domain.actions import (
    AssignPlan,
    Cancel,
    ChangeSeats,
    ConvertTrial,
    Crossgrade,
    Resume,
    SetCustomerEnabled,
    StartTrial,
    Suspend,
)
from assistant.domain.identifiers import PlanId
from assistant.domain.report_lookups import MonthUsage
from assistant.licensing.due import DueWork
from assistant.licensing.report_deadlines import submit_due_reports
from assistant.licensing.worlds import read_world

WFS, ADVANCED, XDR = PlanId("wf-services-monthly"), PlanId("wf-services-advanced"), PlanId("wf-services-xdr")
INSTANT = timedelta(microseconds=1)


class Bill:
    """A partner whose changes are made at times of its own wall clock, and what each month bills of its customer."""

    def __init__(self, backend, zone, begin):
        self._backend, self._zone, self._number = backend, ZoneInfo(zone), 0
        self.at(begin)
        world = f"partners: {{Northwind: {{time_zone: {zone}, customers: {{Contoso: {{}}}}}}}}"
        backend.loaded = backend.provisioning.load(read_world(world).partners)

    def at(self, wall, later=timedelta()):
        when = datetime.fromisoformat(wall).replace(tzinfo=self._zone).astimezone(UTC)
        self._backend.clock.set(when + later)
        return self

    def do(self, action, *fields, of=-1):
        customer = self._backend.stored("Contoso")
        named = (customer.subscriptions[of].id,) if "subscription_id" in action.__annotations__ else ()
        self._number += 1
        self._backend.change(action(customer.id, *named, *fields), task_id=f"T-{self._number}")
        return self

    def of(self, month):
        found = self._backend.licensing.look_up(self._backend.user(), MonthUsage(month)).lines
        return {line.product: line.chargeable for line in found if line.chargeable}


@pytest.fixture
def bill(each_backend):
    backend = each_backend()
    return lambda zone="Europe/Berlin", begin="2024-01-15": Bill(backend, zone, begin)


@pytest.mark.parametrize("zone", ["UTC", "America/St_Johns", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_a_month_is_the_partners_own_to_the_instant(bill, zone):
    month = bill(zone).do(AssignPlan, WFS, 25)
    month.at("2024-03-01", -INSTANT).do(ChangeSeats, 40)
    month.at("2024-04-01").do(ChangeSeats, 60)

    assert [month.of(f"2024-0{n}") for n in (1, 2, 3, 4)] == [{"WFS": n} for n in (25, 40, 40, 60)]


@pytest.mark.parametrize(
    ("end", "later", "months"),
    [
        ("2024-02-29", timedelta(hours=23), 2),
        ("2024-03-01", -INSTANT, 2),
        ("2024-03-01", timedelta(), 2),
        ("2024-03-01", INSTANT, 3),
        ("2024-03-31 03:00", timedelta(), 3),
        ("2024-10-27 02:30", timedelta(hours=1), 10),
    ],
)
def test_a_cancelled_plan_is_billed_for_every_month_that_it_reaches_into(bill, end, later, months):
    month = bill().do(AssignPlan, WFS, 25).at(end, later).do(Cancel)

    billed = [number for number in range(1, 13) if month.of(f"2024-{number:02d}")]

    assert billed == list(range(1, months + 1))


def test_what_is_changed_often_in_a_day_bills_its_highest_number_once(bill):
    month = bill().do(AssignPlan, WFS, 25)
    for hour, seats in enumerate((90, 3, 40, 7)):
        month.at(f"2024-02-29 {10 + hour}:00").do(ChangeSeats, seats)
    month.at("2024-02-29 15:00").do(Cancel).at("2024-02-29 15:01").do(AssignPlan, WFS, 80)

    assert (month.of("2024-02"), month.of("2024-03")) == ({"WFS": 90}, {"WFS": 80})


def test_seats_that_move_twice_in_a_month_are_billed_where_they_come_to_rest(bill):
    month = bill().do(AssignPlan, WFS, 25)
    month.at("2024-02-10").do(Crossgrade, ADVANCED, 25).at("2024-02-20").do(Crossgrade, XDR, 25)

    assert [month.of(f"2024-0{n}") for n in (1, 2, 3)] == [{"WFS": 25}, {"WFXDR": 25}, {"WFXDR": 25}]


def test_seats_that_move_at_the_first_instant_are_billed_before_and_after_on_their_own_lines(bill):
    month = bill().do(AssignPlan, WFS, 25).at("2024-02-01").do(Crossgrade, XDR, 25)

    assert (month.of("2024-01"), month.of("2024-02")) == ({"WFS": 25}, {"WFXDR": 25})


def test_there_and_back_within_a_month_is_billed_once(bill):
    month = bill().do(AssignPlan, WFS, 25).at("2024-02-10").do(Crossgrade, XDR, 25)
    month.at("2024-02-12").do(Crossgrade, WFS, 25, (), ("CAS", "TMES", "HES", "EDR"))

    assert (month.of("2024-02"), month.of("2024-03")) == ({"WFS": 25}, {"WFS": 25})


def test_what_was_lowered_before_it_moved_is_billed_as_the_peak_it_was(bill):
    month = bill().do(AssignPlan, WFS, 40).at("2024-02-05").do(ChangeSeats, 25)
    month.at("2024-02-10").do(Crossgrade, XDR, 25)

    assert month.of("2024-02") == {"WFS": 15, "WFXDR": 25}


def test_a_trial_is_billed_from_the_month_of_its_conversion(bill):
    month = bill(begin="2024-02-10").do(StartTrial, WFS, 10)
    month.at("2024-03-01").do(ConvertTrial, WFS, 30)

    assert (month.of("2024-02"), month.of("2024-03")) == ({}, {"WFS": 30})


def test_disabled_and_enabled_again_is_billed_once_and_not_at_all_between(bill):
    month = bill().do(AssignPlan, WFS, 25)
    month.at("2024-02-10").do(SetCustomerEnabled, False).at("2024-02-12").do(SetCustomerEnabled, True)
    month.at("2024-03-10").do(SetCustomerEnabled, False).at("2024-05-20").do(SetCustomerEnabled, True)

    assert [month.of(f"2024-0{n}") for n in (2, 3, 4)] == [{"WFS": 25}, {"WFS": 25}, {}]


def test_a_suspension_set_for_later_and_lifted_before_never_was(bill):
    month = bill().do(AssignPlan, WFS, 25)
    month.at("2024-02-05").do(Suspend, date(2024, 2, 14))
    assert (month.of("2024-02"), month.of("2024-03")) == ({"WFS": 25}, {})

    month.at("2024-02-10").do(Resume, None)

    assert [month.of(f"2024-0{n}") for n in (2, 3, 9)] == [{"WFS": 25}] * 3


def test_a_suspension_over_the_turn_of_a_month_leaves_the_months_between_free(bill):
    month = bill(begin="2024-01-31").do(AssignPlan, XDR, 25)
    month.at("2024-02-29").do(Suspend, None).at("2024-03-29 00:00", -INSTANT).do(Resume, None)

    assert [month.of(f"2024-0{n}") for n in (1, 2, 3)] == [{"WFXDR": 25}] * 3


def test_a_start_on_a_leap_day_is_billed_from_it_on(bill):
    month = bill().do(AssignPlan, WFS, 25, date(2024, 2, 29))

    assert [month.of(f"2024-0{n}") for n in (1, 2, 3)] == [{}, {"WFS": 25}, {"WFS": 25}]


def test_what_is_cancelled_before_it_starts_is_never_billed(bill):
    month = bill().do(AssignPlan, WFS, 25, date(2024, 2, 1))
    month.at("2024-02-01", -INSTANT).do(Cancel)

    assert [month.of(f"2024-0{n}") for n in (1, 2, 3)] == [{}, {}, {}]


def test_long_after_the_last_seats_the_reports_are_those_of_their_months(each_backend):
    backend = each_backend("partners: {Northwind: {customers: {Contoso: {}}}}")
    bill = Bill(backend, "Europe/Berlin", "2024-01-15").do(AssignPlan, WFS, 25)
    bill.at("2024-03-01").do(Cancel).at("8000-01-01")
    work = DueWork(
        backend.storage,
        backend.catalogues,
        backend.policy,
        backend.clock,
        backend.ids,
        [submit_due_reports],
    )

    assert work.run()["reports"] == 2
    assert work.run() == {}
