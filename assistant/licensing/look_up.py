"""Answers lookups, each narrowed to what the principal may see."""

from collections.abc import Callable
from typing import Any

from assistant.domain.assessment import seat_bounds
from assistant.domain.bands import to_edges
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.lookups import (
    CalendarView,
    ChangeByReference,
    CrossgradeMatrix,
    CrossgradeView,
    CustomerById,
    CustomerSummary,
    CustomerView,
    History,
    HistoryItem,
    Lookup,
    OwnCalendar,
    PartnerTotals,
    PlanChoice,
    PlanChoices,
    SeatBounds,
    SeatLimits,
    Totals,
    VisibleCustomers,
)
from assistant.domain.periods import local_date
from assistant.domain.principals import Permission
from assistant.licensing import case_look_up, choices, page_look_up, report_look_up, views
from assistant.licensing.asker import Asker
from assistant.licensing.batches import looking
from assistant.licensing.scope import customer_of

_HISTORY_LIMIT = 500


def look_up(asker: Asker, lookup: Lookup[Any]) -> Any:
    """Answer one lookup. Raises NotFound, InvalidInput."""
    answer = _ANSWERS.get(type(lookup))
    if answer is None:
        raise InvalidInput("type", f"{type(lookup).__name__} is not a lookup of this backend")
    return answer(asker, lookup)


def _visible_customers(asker: Asker, _lookup: VisibleCustomers) -> tuple[CustomerSummary, ...]:
    partner = asker.partner()
    if partner is None:
        return ()
    return asker.unit.customers.summaries(partner.id, local_date(asker.now, partner.time_zone))


def _customer_by_id(asker: Asker, lookup: CustomerById) -> CustomerView:
    partner = asker.partner()
    customer = customer_of(asker.unit, partner, lookup.customer_id)
    assert partner is not None
    return views.customer_view(customer, asker.catalogue, local_date(asker.now, partner.time_zone))


def _plan_choices(asker: Asker, lookup: PlanChoices) -> tuple[PlanChoice, ...]:
    partner, customer = asker.partner(), None
    if lookup.customer_id is not None:
        customer = customer_of(asker.unit, partner, lookup.customer_id)
    if lookup.op not in choices.OPS:
        raise InvalidInput("op", "must be one of " + ", ".join(sorted(choices.OPS)))
    zone = partner.time_zone if partner else "UTC"
    return choices.plan_choices(lookup.op, customer, asker.catalogue, local_date(asker.now, zone))


def _crossgrade_matrix(asker: Asker, lookup: CrossgradeMatrix) -> CrossgradeView:
    partner = asker.partner()
    customer = customer_of(asker.unit, partner, lookup.customer_id)
    assert partner is not None
    plan = asker.catalogue.plan(lookup.plan_id)
    if plan is None or plan.trial:
        raise InvalidInput("plan_id", "must be a full service plan of the catalogue")
    used = asker.unit.usage_samples.newest(partner.id, customer.id)
    today = local_date(asker.now, partner.time_zone)
    return choices.crossgrade_view(lookup, plan, customer, asker.catalogue, today, used)


def _seat_limits(asker: Asker, lookup: SeatLimits) -> SeatBounds:
    bounds = seat_bounds(lookup.op, asker.policy)
    if bounds is None:
        raise InvalidInput("op", "must be a flow that has seats")
    return bounds


def _history(asker: Asker, lookup: History) -> tuple[HistoryItem, ...]:
    if not 1 <= lookup.limit <= _HISTORY_LIMIT:
        raise InvalidInput("limit", f"must be 1 to {_HISTORY_LIMIT}")
    partner = asker.partner(Permission.HISTORY_READ)
    if lookup.customer_id is not None:
        customer_of(asker.unit, partner, lookup.customer_id)
    if partner is None:
        return ()
    entries = asker.unit.audit.newest(partner.id, lookup.customer_id, lookup.limit)
    return tuple(views.history_item(entry) for entry in entries)


def _change_by_reference(asker: Asker, lookup: ChangeByReference) -> HistoryItem:
    partner = asker.partner(Permission.HISTORY_READ)
    entry = asker.unit.audit.by_reference(partner.id, lookup.reference) if partner else None
    if entry is None:
        raise NotFound("There is no such change.")
    return views.history_item(entry)


def _own_calendar(asker: Asker, _lookup: OwnCalendar) -> CalendarView:
    partner = asker.partner()
    zone = partner.time_zone if partner else "UTC"
    return CalendarView(zone, local_date(asker.now, zone))


def _partner_totals(asker: Asker, _lookup: PartnerTotals) -> Totals:
    partner = asker.partner()
    if partner is None:
        raise NotFound("There is no partner to total up.")
    today = local_date(asker.now, partner.time_zone)
    seats = asker.unit.seats.total(partner.id, today)
    return Totals(
        seats, asker.catalogue.band(seats, today).label, *to_edges(seats, asker.catalogue.bands(today))
    )


_ANSWERS: dict[type, Callable[[Asker, Any], Any]] = {
    VisibleCustomers: _visible_customers,
    CustomerById: _customer_by_id,
    PlanChoices: _plan_choices,
    CrossgradeMatrix: _crossgrade_matrix,
    SeatLimits: _seat_limits,
    History: _history,
    ChangeByReference: _change_by_reference,
    OwnCalendar: _own_calendar,
    PartnerTotals: _partner_totals,
    **case_look_up.ANSWERS,
    **page_look_up.ANSWERS,
    **report_look_up.ANSWERS,
    **looking.ANSWERS,
}
