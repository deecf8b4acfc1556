"""Provisioned and used seats of a month out of rows: sets in SQL, and Python only where subscriptions share a line."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Subquery, and_, case, func, or_, select

from assistant.domain.identifiers import CustomerId, PartnerId, SubscriptionId
from assistant.domain.usage import Month, Peak, SeatSpan, UsageSample, billed_spans, peak_seats, peak_use
from assistant.persistence.tables.licensing import customers
from assistant.persistence.tables.licensing_records import seat_spans, usage_samples

Line = tuple[str, str]


class SqlUsage:
    """Reads peaks and the spans behind them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def peaks(self, partner_id: PartnerId, month: Month) -> Sequence[Peak]:
        """Return the peak of each customer and product that had any seats in a month."""
        lines, use = _lines(partner_id, month), _use(partner_id, month)
        found = select(
            lines.c.customer_id,
            customers.c.name,
            lines.c.product,
            lines.c.provisioned,
            lines.c.moved,
            use.c.used,
            lines.c.shared,
        ).select_from(
            lines.join(customers, customers.c.id == lines.c.customer_id).outerjoin(
                use, use.c.subscription_id == lines.c.subscription_id
            )
        )
        peaks: list[Peak] = []
        shared: list[Peak] = []
        for *peak, is_shared in self._connection.execute(found):
            (shared if is_shared else peaks).append(Peak(*peak))
        return [*peaks, *self._swept(partner_id, month, shared)]

    def spans(
        self, partner_id: PartnerId, customer_id: CustomerId, product: str, month: Month
    ) -> tuple[SeatSpan, ...]:
        """Return the spans behind one peak, oldest first."""
        spans = seat_spans.c
        found = (
            select(seat_spans)
            .where(_in_month(partner_id, month), spans.customer_id == customer_id, spans.product == product)
            .order_by(spans.since, spans.id)
        )
        return tuple(_span(row) for row in self._connection.execute(found))

    def first(self, partner_id: PartnerId) -> datetime | None:
        """Return when the partner's first seats were provisioned, or None when none ever were."""
        found = select(func.min(seat_spans.c.since)).where(seat_spans.c.partner_id == partner_id)
        first: datetime | None = self._connection.scalar(found)
        return first

    def _swept(self, partner_id: PartnerId, month: Month, peaks: Sequence[Peak]) -> Iterator[Peak]:
        if not peaks:
            return
        lines = _lines(partner_id, month)
        spans, samples = self._shared_spans(lines, partner_id, month), self._shared_samples(lines, month)
        for peak in peaks:
            line = peak.customer_id, peak.product
            provisioned = peak_seats(spans[line], month)
            billed = peak_seats(billed_spans(spans[line], month), month)
            used = peak_use(spans[line], samples[line])
            yield peak._replace(provisioned=provisioned, moved=provisioned - billed, used=used)

    def _shared_spans(
        self, lines: Subquery, partner_id: PartnerId, month: Month
    ) -> dict[Line, list[SeatSpan]]:
        found = (
            select(seat_spans)
            .join(lines, _same_line(seat_spans, lines))
            .where(_in_month(partner_id, month), lines.c.shared)
        )
        spans: dict[Line, list[SeatSpan]] = defaultdict(list)
        for row in self._connection.execute(found):
            spans[row.customer_id, row.product].append(_span(row))
        return spans

    def _shared_samples(self, lines: Subquery, month: Month) -> dict[Line, list[UsageSample]]:
        found = (
            select(usage_samples)
            .join(lines, _same_line(usage_samples, lines))
            .where(_sampled_in(month), lines.c.shared)
        )
        samples: dict[Line, list[UsageSample]] = defaultdict(list)
        for row in self._connection.execute(found):
            samples[row.customer_id, row.product].append(UsageSample(**row._mapping))  # noqa: SLF001 - documented
        return samples


def _lines(partner_id: PartnerId, month: Month) -> Subquery:
    """One row for each customer and product; where several subscriptions share it, the figures are not final yet."""
    spans = seat_spans.c
    moved = func.max(case((spans.until < month.until, spans.moved), else_=0))
    seats, first, last = (
        func.max(spans.seats),
        func.min(spans.subscription_id),
        func.max(spans.subscription_id),
    )
    return (
        select(
            spans.customer_id,
            spans.product,
            first.label("subscription_id"),
            seats.label("provisioned"),
            case((moved < seats, moved), else_=seats).label("moved"),
            (first != last).label("shared"),
        )
        .where(_in_month(partner_id, month))
        .group_by(spans.customer_id, spans.product)
        .subquery("lines")
    )


def _use(partner_id: PartnerId, month: Month) -> Subquery:
    samples = usage_samples.c
    return (
        select(samples.subscription_id, func.max(samples.used).label("used"))
        .where(samples.partner_id == partner_id, _sampled_in(month))
        .group_by(samples.subscription_id)
        .subquery("use")
    )


def _in_month(partner_id: PartnerId, month: Month) -> ColumnElement[bool]:
    spans = seat_spans.c
    goes_on = or_(spans.until.is_(None), spans.until > month.since)
    return and_(spans.partner_id == partner_id, spans.since < month.until, goes_on)


def _sampled_in(month: Month) -> ColumnElement[bool]:
    return and_(usage_samples.c.at >= month.since, usage_samples.c.at < month.until)


def _same_line(table: Any, lines: Subquery) -> ColumnElement[bool]:
    return and_(table.c.customer_id == lines.c.customer_id, table.c.product == lines.c.product)


def _span(row: Row[Any]) -> SeatSpan:
    subscription_id = SubscriptionId(row.subscription_id)
    return SeatSpan(subscription_id, row.seats, row.since, row.until, row.moved, row.reference)
