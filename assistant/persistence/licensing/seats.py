"""Provisioned seats over time in rows: what bills and the partner's total are read from."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, or_, select, update

from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.domain.provisioning import SeatChanges
from assistant.persistence.tables.licensing_records import seat_spans, seat_steps
from assistant.persistence.upserts import upsert

# read for every preview, so it is put together once
_TOTAL = select(func.sum(seat_steps.c.seats)).where(
    seat_steps.c.partner_id == bindparam("partner"), seat_steps.c.day <= bindparam("today")
)


class SqlSeats:
    """Keeps the spans of provisioned seats, and the days on which a partner's total changes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(
        self, partner_id: PartnerId, customer_id: CustomerId, changes: SeatChanges, reference: str
    ) -> None:
        """Write down a change of provisioned seats and the audit entry it comes from."""
        self._close(changes)
        for subscription_id, until in changes.extended.items():
            self._connection.execute(
                update(seat_spans)
                .where(seat_spans.c.subscription_id == subscription_id, _open_at(changes), _is_newest())
                .values(until=until)
            )
        home = {"partner_id": partner_id, "customer_id": customer_id, "moved": 0, "reference": reference}
        opened: list[dict[str, Any]] = [{**vars(provision), **home} for provision in changes.opened]
        if opened:
            self._connection.execute(insert(seat_spans), opened)
        steps = [
            {"partner_id": partner_id, "day": day, "seats": seats} for day, seats in changes.steps.items()
        ]
        if steps:
            upsert(
                self._connection,
                seat_steps,
                steps,
                lambda new: {"seats": seat_steps.c.seats + new.seats},
            )

    def total(self, partner_id: PartnerId, today: date) -> int:
        """Return the partner's chargeable seats on a day."""
        return int(self._connection.scalar(_TOTAL, {"partner": partner_id, "today": today}) or 0)

    def steps(self, partner_id: PartnerId, since: date, until: date) -> dict[date, int]:
        """Return by how much the partner's total changes on each day after ``since`` and up to ``until``."""
        steps = seat_steps.c
        within = (steps.partner_id == partner_id) & (steps.day > since) & (steps.day <= until)
        found = select(steps.day, steps.seats).where(within)
        return {row.day: row.seats for row in self._connection.execute(found)}

    def _close(self, changes: SeatChanges) -> None:
        for subscription_id, moved in changes.closed.items():
            mine = seat_spans.c.subscription_id == subscription_id
            self._connection.execute(delete(seat_spans).where(mine, seat_spans.c.since >= changes.at))
            ended = update(seat_spans).where(mine, _open_at(changes)).values(until=changes.at, moved=moved)
            self._connection.execute(ended)


def _is_newest() -> ColumnElement[bool]:
    # a clock that was set back can meet one before it that has not ended yet either, and has its successor
    later = seat_spans.alias("later")
    return ~(
        select(later.c.id)
        .where(
            later.c.subscription_id == seat_spans.c.subscription_id,
            or_(
                later.c.since > seat_spans.c.since,
                (later.c.since == seat_spans.c.since) & (later.c.id > seat_spans.c.id),
            ),
        )
        .exists()
    )


def _open_at(changes: SeatChanges) -> Any:
    spans = seat_spans.c
    return or_(spans.until.is_(None), spans.until > changes.at)
