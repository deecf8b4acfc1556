"""Provisioned and used seats of a month out of rows: sets in SQL, and Python only where subscriptions share a line."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Subquery, and_, func, or_, select

from assistant.domain.identifiers import CustomerId, PartnerId, SubscriptionId
from assistant.domain.usage import Month, Peak, SeatSpan, UsageSample, billed_spans, peak_seats, peak_use
from assistant.persistence.tables.licensing import customers
from assistant.persistence.tables.licensing_records import seat_spans, usage_samples

Line = tuple[str, str]
_PORTION = 1000


class SqlUsage:
    """Reads peaks and the spans behind them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def peaks(self, partner_id: PartnerId, month: Month) -> Iterator[Peak]:
        """Yield the peak of each customer and product that had any seats in a month."""
        # joined here, since looking each line up in an index costs the database more than the whole sum
        names, use = self._names(partner_id), self._use(partner_id, month)
        several = False
        for customer_id, product, seats, moved, first, last in self._rows(_lines(partner_id, month)):
            if moved or first != last:
                several = True
            else:
                yield Peak(customer_id, names[customer_id], product, seats, 0, use.get(first))
        if several:
            yield from self._swept(partner_id, month, names, use)

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

    def last(self, partner_id: PartnerId) -> datetime | None:
        """Return when the partner's last seats end as things are agreed, or None when some go on."""
        spans = seat_spans.c
        mine = select(spans.id).where(spans.partner_id == partner_id, spans.until.is_(None)).limit(1)
        if self._connection.scalar(mine) is not None:
            return None
        last: datetime | None = self._connection.scalar(
            select(func.max(spans.until)).where(spans.partner_id == partner_id)
        )
        return last

    def _rows(self, found: Select[Any]) -> Iterator[Any]:
        # fetched in portions: one by one costs half as much again, all at once holds them twice
        for portion in self._connection.execute(found).partitions(_PORTION):
            yield from portion

    def _names(self, partner_id: PartnerId) -> dict[str, str]:
        found = select(customers.c.id, customers.c.name).where(customers.c.partner_id == partner_id)
        return {customer_id: name for customer_id, name in self._rows(found)}  # noqa: C416 - a row is no pair to dict

    def _use(self, partner_id: PartnerId, month: Month) -> dict[str, int]:
        samples = usage_samples.c
        found = (
            select(samples.subscription_id, func.max(samples.used))
            .where(samples.partner_id == partner_id, _sampled_in(month))
            .group_by(samples.subscription_id)
        )
        return {subscription_id: used for subscription_id, used in self._rows(found)}  # noqa: C416 - a row is no pair to dict

    def _swept(
        self, partner_id: PartnerId, month: Month, names: Mapping[str, str], use: Mapping[str, int]
    ) -> Iterator[Peak]:
        spans = seat_spans.c
        lines = (
            _lines(partner_id, month)
            .having(
                or_(
                    func.max(spans.moved) > 0,
                    func.min(spans.subscription_id) != func.max(spans.subscription_id),
                )
            )
            .subquery("lines")
        )
        samples = self._samples_of(lines, month)
        for (customer_id, product), found in self._spans_of(lines, partner_id, month).items():
            seats = peak_seats(found, month)
            billed = peak_seats(billed_spans(found, month), month)
            used = use.get(found[0].subscription_id)
            if len({span.subscription_id for span in found}) > 1:
                used = peak_use(found, samples[customer_id, product])
            home = CustomerId(customer_id)
            yield Peak(home, names[customer_id], product, seats, seats - billed, used)

    def _spans_of(self, lines: Subquery, partner_id: PartnerId, month: Month) -> dict[Line, list[SeatSpan]]:
        found = (
            select(seat_spans).join(lines, _same_line(seat_spans, lines)).where(_in_month(partner_id, month))
        )
        spans: dict[Line, list[SeatSpan]] = defaultdict(list)
        for row in self._connection.execute(found):
            spans[row.customer_id, row.product].append(_span(row))
        return spans

    def _samples_of(self, lines: Subquery, month: Month) -> dict[Line, list[UsageSample]]:
        found = select(usage_samples).join(lines, _same_line(usage_samples, lines)).where(_sampled_in(month))
        samples: dict[Line, list[UsageSample]] = defaultdict(list)
        for row in self._connection.execute(found):
            samples[row.customer_id, row.product].append(UsageSample(**row._mapping))  # noqa: SLF001 - documented
        return samples


def _lines(partner_id: PartnerId, month: Month) -> Select[Any]:
    """One row for each customer and product; where seats moved, or several subscriptions share it, it is not final."""
    spans = seat_spans.c
    return (
        select(
            spans.customer_id,
            spans.product,
            func.max(spans.seats),
            func.max(spans.moved),
            func.min(spans.subscription_id),
            func.max(spans.subscription_id),
        )
        .where(_in_month(partner_id, month))
        .group_by(spans.customer_id, spans.product)
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
