"""Answers lookups about many customers at once, and about what can be done with one."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from assistant.domain.actions import Crossgrade
from assistant.domain.assessment import refusal_of
from assistant.domain.bands import to_edges
from assistant.domain.customer_lines import line_of
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.identifiers import CustomerId
from assistant.domain.looking_ahead import events_ahead
from assistant.domain.lookups import CrossgradeMatrix
from assistant.domain.naming import plan_name
from assistant.domain.page_lookups import (
    MOST_CHANGES,
    MOST_CUSTOMERS,
    Ahead,
    AheadView,
    ChangesBy,
    ChangesPage,
    CustomersBy,
    CustomersPage,
    MonthDays,
    MonthDaysView,
    Moves,
    MoveView,
    Ways,
    WayView,
)
from assistant.domain.partners import Partner
from assistant.domain.periods import BillingMonth, local_date
from assistant.domain.principals import Permission, may
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import CaseSituation
from assistant.domain.ways import OPS, full_plans, ways
from assistant.licensing import choices, views
from assistant.licensing.asker import Asker
from assistant.licensing.reports import current_report
from assistant.licensing.scope import NO_CUSTOMER, customer_of

_LAST = 10_000_000


def _customers_by(asker: Asker, lookup: CustomersBy) -> CustomersPage:
    _check_cut(lookup.offset, lookup.limit, MOST_CUSTOMERS)
    partner = asker.partner()
    if partner is None:
        return CustomersPage((), 0, 0, asker.now)
    today = local_date(asker.now, partner.time_zone)
    found = asker.unit.listings.customers(partner.id, lookup, today)
    lines = tuple(line_of(customer, today) for customer in found.customers)
    return CustomersPage(lines, found.found, found.total, asker.now)


def _changes_by(asker: Asker, lookup: ChangesBy) -> ChangesPage:
    _check_cut(lookup.offset, lookup.limit, MOST_CHANGES)
    partner = asker.partner(Permission.HISTORY_READ)
    if lookup.customer_id is not None:
        customer_of(asker.unit, partner, lookup.customer_id)
    if partner is None:
        return ChangesPage((), 0, "UTC")
    found = asker.unit.listings.changes(partner.id, lookup)
    return ChangesPage(
        tuple(views.history_item(entry) for entry in found.entries), found.found, partner.time_zone
    )


def _check_cut(offset: int, limit: int, most: int) -> None:
    if not 0 <= offset <= _LAST or not 1 <= limit <= most:
        raise InvalidInput("limit", f"must be 1 to {most}, from an offset of 0 to {_LAST}")


def _ahead(asker: Asker, lookup: Ahead) -> tuple[AheadView, ...]:
    partner = asker.partner()
    customer = customer_of(asker.unit, partner, lookup.customer_id)
    assert partner is not None
    today = local_date(asker.now, partner.time_zone)
    due = ((event, s) for s in customer.subscriptions for event in events_ahead(s, today))
    return tuple(
        AheadView(
            event.on,
            event.kind.value,
            subscription.id,
            plan_name(subscription, asker.catalogue),
            subscription.seats,
            event.expires,
        )
        for event, subscription in sorted(due, key=lambda found: (found[0].on, found[1].id))
    )


def _ways(asker: Asker, lookup: Ways) -> tuple[WayView, ...]:
    situation = _situation(asker, lookup.customer_id)
    if not may(asker.principal, Permission.LICENCES_CHANGE):
        refusal = Refusal(RefusalCode.NOT_PERMITTED, cites=asker.policy.cite("roles"))
        return tuple(WayView(op, refusal) for op in OPS)
    cases = asker.unit.cases.open_of(situation.partner.id, situation.customer.id)
    return tuple(ways(situation, cases))


def _moves(asker: Asker, lookup: Moves) -> tuple[MoveView, ...]:
    return tuple(_each_move(asker, _situation(asker, lookup.customer_id)))


def _each_move(asker: Asker, situation: CaseSituation) -> Iterator[MoveView]:
    customer, today = situation.customer, situation.today
    for plan in full_plans(asker.catalogue):
        shown = choices.crossgrade_view(
            CrossgradeMatrix(customer.id, plan.id), plan, customer, asker.catalogue, today, situation.used
        )
        refusal = refusal_of(Crossgrade(customer.id, plan.id, shown.seats or 1), situation)
        yield MoveView(plan.id, plan.name, refusal, shown.seats, shown.components, shown.leftovers)


def _situation(asker: Asker, customer_id: CustomerId) -> CaseSituation:
    partner = asker.partner()
    customer = customer_of(asker.unit, partner, customer_id)
    assert partner is not None
    return CaseSituation(
        partner=partner,
        catalogue=asker.catalogue,
        policy=asker.policy,
        now=asker.now,
        total=asker.unit.seats.total(partner.id, local_date(asker.now, partner.time_zone)),
        approved=asker.unit.approvals.versions(partner.id),
        stored=customer,
        used=asker.unit.usage_samples.newest(partner.id, customer.id),
        case=None,
        actor=asker.principal.name,
        desk=False,
    )


def _month_days(asker: Asker, lookup: MonthDays) -> MonthDaysView:
    month, partner = BillingMonth.parse(lookup.month), asker.partner()
    if partner is None:
        raise NotFound(NO_CUSTOMER)
    report = current_report(asker.unit, partner, month, asker.catalogue, asker.now)
    bands = asker.catalogue.bands(month.first)
    lower, higher = to_edges(report.total, bands)
    return MonthDaysView(
        month=str(month),
        today=local_date(asker.now, partner.time_zone),
        days=_totals(asker, partner, month),
        billed=report.total,
        band=asker.catalogue.band(report.total, month.first).label,
        to_lower=lower,
        to_higher=higher,
        bands=bands,
    )


def _totals(asker: Asker, partner: Partner, month: BillingMonth) -> tuple[int, ...]:
    first, last = month.first, month.next.first - timedelta(days=1)
    steps = asker.unit.seats.steps(partner.id, first, last)
    days: Iterator[date] = (first + timedelta(days=n) for n in range((last - first).days + 1))
    begins = asker.unit.seats.total(partner.id, first)
    return tuple(begins + change for change in accumulate(steps.get(day, 0) for day in days))


ANSWERS: Mapping[type, Callable[[Asker, Any], Any]] = {
    CustomersBy: _customers_by,
    ChangesBy: _changes_by,
    Ahead: _ahead,
    Ways: _ways,
    Moves: _moves,
    MonthDays: _month_days,
}
"""How each of these lookups is answered."""
