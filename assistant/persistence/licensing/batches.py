"""Batches in rows: written and read in sets, and moved on by one conditional statement."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Update, and_, bindparam, delete, insert, select, update

from assistant.domain.batches import Batch
from assistant.domain.bulk import Assessed, BatchState, BulkRow, ItemOutcome
from assistant.domain.identifiers import BatchId, PartnerId, UserId
from assistant.domain.quotes import Quote, Receipt
from assistant.domain.refusals import Refusal
from assistant.persistence.tables.licensing_bulk import batch_items, batches
from assistant.ports.storage.licensing_bulk import KeptItem, Settled
from assistant.ports.wire.licensing import (
    action_from_json,
    action_json,
    quote_from_json,
    quote_json,
    refusal_from_json,
    refusal_json,
)

_PLACE = and_(batch_items.c.batch_id == bindparam("of"), batch_items.c.position == bindparam("at"))
_SHOW = update(batch_items).where(_PLACE).values(quote=bindparam("shown"), refusal=bindparam("why"))
_SETTLE = (
    update(batch_items)
    .where(_PLACE)
    .values(outcome=bindparam("became"), reference=bindparam("under"), refusal=bindparam("why"))
)
_PLAIN = ("rows", "capsule_hash", "reference", "started", "position", "done", "left")


class SqlBatches:
    """Keeps batches and their items."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, partner_id: PartnerId, batch: Batch, rows: Iterable[BulkRow]) -> None:
        """Add a prepared batch with its rows."""
        head = {**vars(batch), "partner_id": partner_id, "state": batch.state.value, "quote": None}
        self._connection.execute(insert(batches).values(head))
        self._connection.execute(
            insert(batch_items),
            [
                {
                    "batch_id": batch.id,
                    "position": position,
                    "partner_id": partner_id,
                    "row": row.row,
                    "customer": row.customer,
                    "action": action_json(row.action) if row.action else None,
                    "refusal": refusal_json(row.refusal) if row.refusal else None,
                }
                for position, row in enumerate(rows)
            ],
        )

    def get(self, partner_id: PartnerId, batch_id: BatchId) -> Batch | None:
        """Return a batch, or None when it does not exist or belongs to another partner."""
        row = self._connection.execute(select(batches).where(_batch(partner_id, batch_id))).one_or_none()
        return _read(row) if row else None

    def rows(self, partner_id: PartnerId, batch_id: BatchId) -> tuple[BulkRow, ...]:
        """Return all rows of a batch, in order."""
        found = select(batch_items).where(_items(partner_id, batch_id)).order_by(batch_items.c.position)
        return tuple(_row(row) for row in self._connection.execute(found))

    def items(
        self, partner_id: PartnerId, batch_id: BatchId, offset: int, limit: int
    ) -> tuple[KeptItem, ...]:
        """Return items from a place on, in order."""
        found = (
            select(batch_items)
            .where(_items(partner_id, batch_id), batch_items.c.position >= offset)
            .order_by(batch_items.c.position)
            .limit(limit)
        )
        return tuple(_item(row) for row in self._connection.execute(found))

    def show(
        self, partner_id: PartnerId, batch_id: BatchId, quote: Quote | None, assessed: Iterable[Assessed]
    ) -> bool:
        """Keep what a prepared batch is shown with; tell whether it is still only prepared."""
        head = self._change(partner_id, batch_id, BatchState.PREPARED)
        if not self._hit(head.values(quote=quote_json(quote) if quote else None)):
            return False
        self._connection.execute(_SHOW, [_shown(batch_id, at, item) for at, item in enumerate(assessed)])
        return True

    def confirm(self, partner_id: PartnerId, batch_id: BatchId, receipt: Receipt) -> bool:
        """Make a prepared batch a running one; tell whether it was still only prepared."""
        head = self._change(partner_id, batch_id, BatchState.PREPARED)
        return self._hit(
            head.values(
                state=BatchState.RUNNING.value,
                capsule_hash=receipt.capsule_hash,
                reference=receipt.reference,
                started=receipt.when,
            )
        )

    def move_on(self, partner_id: PartnerId, batch: Batch, settled: Iterable[Settled], *, last: bool) -> bool:
        """Write down what became of the items behind the batch's position; tell whether nobody else had moved it on."""
        settled = tuple(settled)
        made = sum(item.outcome is ItemOutcome.DONE for item in settled)
        head = self._change(partner_id, batch.id, BatchState.RUNNING)
        moved = head.where(batches.c.position == batch.position).values(
            position=batch.position + len(settled),
            done=batch.done + made,
            left=batch.left + len(settled) - made,
            state=(BatchState.DONE if last else BatchState.RUNNING).value,
        )
        if not self._hit(moved):
            return False
        self._connection.execute(_SETTLE, [_settled(batch.id, item) for item in settled])
        return True

    def stop(self, partner_id: PartnerId, batch_id: BatchId) -> None:
        """Make a running batch a stopped one; any other is left as it is."""
        ended = self._change(partner_id, batch_id, BatchState.RUNNING)
        self._connection.execute(ended.values(state=BatchState.STOPPED.value))

    def running(self, partner_id: PartnerId) -> tuple[BatchId, ...]:
        """Return the batches whose changes are being made, oldest first."""
        running = and_(batches.c.partner_id == partner_id, batches.c.state == BatchState.RUNNING.value)
        found = select(batches.c.id).where(running).order_by(batches.c.started, batches.c.id)
        return tuple(BatchId(batch_id) for batch_id in self._connection.scalars(found))

    def newest(self, partner_id: PartnerId, limit: int) -> tuple[Batch, ...]:
        """Return the batches that were confirmed, newest first."""
        confirmed = and_(batches.c.partner_id == partner_id, batches.c.started.is_not(None))
        found = select(batches).where(confirmed).order_by(batches.c.started.desc(), batches.c.id).limit(limit)
        return tuple(_read(row) for row in self._connection.execute(found))

    def forget(self, partner_id: PartnerId, before: datetime) -> int:
        """Remove what was prepared before an instant and never confirmed; return how many batches that were."""
        old = and_(
            batches.c.partner_id == partner_id,
            batches.c.state == BatchState.PREPARED.value,
            batches.c.created < before,
        )
        ids = select(batches.c.id).where(old)
        self._connection.execute(delete(batch_items).where(batch_items.c.batch_id.in_(ids)))
        return self._connection.execute(delete(batches).where(old)).rowcount

    def _change(self, partner_id: PartnerId, batch_id: BatchId, state: BatchState) -> Update:
        return update(batches).where(_batch(partner_id, batch_id), batches.c.state == state.value)

    def _hit(self, statement: Update) -> bool:
        return self._connection.execute(statement).rowcount == 1


def _batch(partner_id: PartnerId, batch_id: BatchId) -> ColumnElement[bool]:
    return and_(batches.c.partner_id == partner_id, batches.c.id == batch_id)


def _items(partner_id: PartnerId, batch_id: BatchId) -> ColumnElement[bool]:
    return and_(batch_items.c.partner_id == partner_id, batch_items.c.batch_id == batch_id)


def _read(row: Row[Any]) -> Batch:
    return Batch(
        id=BatchId(row.id),
        actor_id=UserId(row.actor_id),
        actor=row.actor,
        state=BatchState(row.state),
        created=row.created,
        quote=quote_from_json(row.quote) if row.quote else None,
        **{name: getattr(row, name) for name in _PLAIN},
    )


def _row(row: Row[Any]) -> BulkRow:
    if row.action is None:
        return BulkRow(row.row, row.customer, None, refusal_from_json(row.refusal))
    return BulkRow(row.row, row.customer, action_from_json(row.action))


def _item(row: Row[Any]) -> KeptItem:
    shown: Quote | Refusal | None = refusal_from_json(row.refusal) if row.refusal else None
    if shown is None and row.quote:
        shown = quote_from_json(row.quote)
    outcome = ItemOutcome(row.outcome) if row.outcome else None
    return KeptItem(row.position, _row(row), shown, outcome, row.reference)


def _shown(batch_id: BatchId, position: int, item: Assessed) -> Mapping[str, Any]:
    possible = isinstance(item.outcome, Quote)
    return {
        "of": batch_id,
        "at": position,
        "shown": quote_json(item.outcome) if isinstance(item.outcome, Quote) else None,
        "why": None if possible else _why(item.outcome),
    }


def _settled(batch_id: BatchId, item: Settled) -> Mapping[str, Any]:
    return {
        "of": batch_id,
        "at": item.position,
        "became": item.outcome.value,
        "under": item.reference,
        "why": _why(item.refusal),
    }


def _why(refusal: Quote | Refusal | None) -> Mapping[str, Any] | None:
    return refusal_json(refusal) if isinstance(refusal, Refusal) else None
