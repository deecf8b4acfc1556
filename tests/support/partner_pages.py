"""What the fakes of the pages answer about many customers, about one, and about months."""

from datetime import date

from assistant.domain.bands import Band
from assistant.domain.errors import Forbidden, NotFound
from assistant.domain.lookups import ComponentChoice, LeftoverChoice
from assistant.domain.page_lookups import (
    Ahead,
    AheadView,
    ChangesBy,
    ChangesPage,
    CustomerLine,
    CustomersBy,
    CustomersPage,
    MonthDays,
    MonthDaysView,
    Moves,
    MoveView,
    Ways,
    WayView,
)
from assistant.domain.periods import BillingMonth
from assistant.domain.policy import Citation
from assistant.domain.principals import Permission, may
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.report_lookups import (
    BillView,
    MonthUsage,
    ReportLineView,
    Reports,
    ReportSummary,
    ReportView,
    SpanView,
    WhyBilled,
)
from assistant.domain.simulating import lines_of, simulated
from support.clock import NOON

BANDS = (Band(1, 250), Band(251, 500), Band(501, None))
CODE = "WF-DEMO-AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"
CITES = (Citation("are-trail-versions-available", 1, "Are Trail Versions available?", "MSP FAQ", "2020-05"),)
REPORTS = (("2026-03", "preparing"), ("2026-02", "preparing"), ("2026-01", "approved"))


class FakeUsage:
    """Plays months through as the desk does, with bands of its own."""

    def month(self, month, lines):
        played = BillingMonth.parse(month)
        return simulated(played, lines_of(lines, played), BANDS)


class FakePartnerPages:
    """Mixed into the fake backend, whose ``names`` and ``items`` it lists."""

    def page_look_up(self, own, lookup):
        if isinstance(lookup, CustomersBy):
            return self._customers(lookup) if own else CustomersPage((), 0, 0, NOON)
        if isinstance(lookup, ChangesBy):
            return self._changes(lookup) if own else ChangesPage((), 0, "UTC")
        if isinstance(lookup, Reports):
            return tuple(ReportSummary("PA-1", "Northwind", *report) for report in REPORTS) if own else ()
        about_one = {Ahead: a_day_ahead, Ways: two_ways, Moves: three_moves}
        if own and type(lookup) in about_one and lookup.customer_id == "CU-1":
            return about_one[type(lookup)]()
        about_months = {MonthUsage: a_report, WhyBilled: a_bill, MonthDays: a_month}
        if own and type(lookup) in about_months:
            return about_months[type(lookup)](lookup)
        raise NotFound("No such thing.")

    def reveal(self, principal, customer_id, licence_id):
        if not may(principal, Permission.LICENCES_CHANGE):
            raise Forbidden("Not for this role.")
        if (principal.partner_id, customer_id, licence_id) != ("PA-1", "CU-1", "LI-1"):
            raise NotFound("No such licence.")
        self.revealed.append(licence_id)
        return CODE

    def _customers(self, asked):
        names = [n for n in self.names if all(w in n.casefold() for w in asked.words.casefold().split())]
        names = [] if asked.only else names
        lines = [
            CustomerLine(f"CU-{i}", name, "DE", True, 1, 25, 0, date(2026, 4, 1), True)
            for i, name in enumerate(names, start=1)
        ]
        cut = tuple(lines[asked.offset :][: asked.limit])
        return CustomersPage(cut, len(names), len(self.names), NOON)

    def _changes(self, asked):
        found = [
            item
            for item in self.items
            if asked.customer.casefold() in item.customer.casefold()
            and asked.act in {"", item.op}
            and asked.person.casefold() in item.actor.casefold()
            and asked.customer_id in {None, "CU-1"}
        ]
        return ChangesPage(tuple(found[asked.offset :][: asked.limit]), len(found), "Europe/Berlin")


def a_day_ahead():
    return (AheadView(date(2026, 4, 1), "renewed", "SU-1", "WF Services", 25, date(2027, 4, 1)),)


def two_ways():
    params = {"plan": "WF Services", "customer": "Adatum"}
    return WayView("trial", None), WayView(
        "resume", Refusal(RefusalCode.NOT_SUSPENDED, params, "plan", CITES)
    )


def three_moves():
    owned = ComponentChoice("WFS", "Worry-Free", "transfer", ("transfer",), True, "WF Services", "WF-*", "EU")
    new = ComponentChoice("CAS", "Cloud App", "new", ("new",), False, None, None, "EU")
    behind = LeftoverChoice("X", "Extra", date(2026, 5, 1), 3)
    return (
        MoveView("wfs", "WF Services", _refused(RefusalCode.SAME_PLAN, "WF Services"), 25, (owned,), ()),
        MoveView("xdr", "WF XDR", None, 25, (owned, new), (behind,)),
        MoveView("mail", "Mail", _refused(RefusalCode.NOTHING_OVERLAPS, "Mail"), None, (new,), ()),
    )


def _refused(code, plan):
    return Refusal(code, {"customer": "Adatum", "plan": plan}, "plan", CITES)


def a_report(lookup):
    editable = lookup.month != "2026-01"
    lines = (a_line(), a_line("CU-2", "Bellows", 30, None))
    return ReportView(
        "PA-1", "Northwind", lookup.month, "preparing" if editable else "approved", None, None, None, NOON, editable,
        lines, 55, 55, 55, "1-250", None, 196, (),
    )  # fmt: skip


def a_line(customer_id="CU-1", customer="Adatum", seats=25, used=10, **more):
    unused = 0 if used is None else (seats - used) * 100 // seats
    values = {"moved": 0, "billable": seats, "chargeable": seats, "comment": None, **more}
    return ReportLineView(
        f"{customer_id}/WFS", customer_id, customer, "WFS", "Worry-Free", "seat", seats, used,
        unused_percent=unused, needs_comment=bool(unused), **values,
    )  # fmt: skip


def a_bill(lookup):
    if lookup.line != "CU-1/WFS":
        raise NotFound("No such line.")
    return BillView(lookup.month, a_line(), (SpanView(25, NOON, None, 0, None, None),))


def a_month(lookup):
    return MonthDaysView(lookup.month, date(2026, 3, 15), (300,) * 31, 310, "251-500", 50, 200, BANDS)
