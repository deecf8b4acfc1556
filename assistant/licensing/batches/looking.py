"""Answers lookups about batches, and about the plans of all customers at once."""

from collections.abc import Callable, Mapping
from typing import Any

from assistant.domain.batches import (
    MOST_SHOWN,
    BatchById,
    Batches,
    BatchItems,
    BatchView,
    CustomerPlans,
    ItemView,
    PlansOfAll,
    view_of,
)
from assistant.domain.bulk import BatchState
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.partners import Partner
from assistant.domain.periods import local_date
from assistant.domain.quotes import Quote
from assistant.domain.refusals import Refusal
from assistant.licensing import choices
from assistant.licensing.asker import Asker
from assistant.licensing.batches.preparing import batch_of
from assistant.ports.storage.licensing_bulk import KeptItem

_NEWEST = 50


def _batch_by_id(asker: Asker, lookup: BatchById) -> BatchView:
    return view_of(batch_of(asker.unit, _partner(asker).id, lookup.batch_id))


def _batch_items(asker: Asker, lookup: BatchItems) -> tuple[ItemView, ...]:
    if not 1 <= lookup.limit <= MOST_SHOWN or lookup.offset < 0:
        raise InvalidInput("limit", f"must be 1 to {MOST_SHOWN}, from an offset of 0 or more")
    partner = _partner(asker)
    batch = batch_of(asker.unit, partner.id, lookup.batch_id)
    items = asker.unit.batches.items(partner.id, batch.id, lookup.offset, lookup.limit)
    return tuple(_view(item, batch.state) for item in items)


def _batches(asker: Asker, _lookup: Batches) -> tuple[BatchView, ...]:
    partner = asker.partner()
    return () if partner is None else tuple(map(view_of, asker.unit.batches.newest(partner.id, _NEWEST)))


def _plans_of_all(asker: Asker, lookup: PlansOfAll) -> tuple[CustomerPlans, ...]:
    if lookup.op not in choices.OWN:
        raise InvalidInput("op", "must be one of " + ", ".join(sorted(choices.OWN)))
    partner = asker.partner()
    if partner is None:
        return ()
    today = local_date(asker.now, partner.time_zone)
    return tuple(
        CustomerPlans(c.id, c.name, choices.plan_choices(lookup.op, c, asker.catalogue, today))
        for c in asker.unit.customers.several(partner.id, None)
    )


def _partner(asker: Asker) -> Partner:
    partner = asker.partner()
    if partner is None:
        raise NotFound("There is no such batch.")
    return partner


def _view(item: KeptItem, state: BatchState) -> ItemView:
    shown = item.shown
    quote = shown if isinstance(shown, Quote) else None
    action = quote.action if quote else item.row.action
    return ItemView(
        row=item.row.row,
        customer=quote.customer if quote else item.row.customer,
        op=action.op if action else None,
        outcome=item.outcome.value if item.outcome else _expected(shown, state),
        values=dict(quote.values) if quote else {},
        before=dict(quote.before) if quote else {},
        after=dict(quote.after) if quote else {},
        refusal=shown if isinstance(shown, Refusal) else None,
        reference=item.reference,
    )


def _expected(shown: Quote | Refusal | None, state: BatchState) -> str:
    if state is BatchState.STOPPED:
        return "stopped"
    if state is BatchState.PREPARED:
        return "possible" if isinstance(shown, Quote) else "refused"
    return "waiting"


ANSWERS: Mapping[type, Callable[[Asker, Any], Any]] = {
    BatchById: _batch_by_id,
    BatchItems: _batch_items,
    Batches: _batches,
    PlansOfAll: _plans_of_all,
}
