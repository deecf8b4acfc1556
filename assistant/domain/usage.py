"""Use and provision over time: samples of seats in use, spans of provisioned seats, and the peak of a month.

A month counts the highest number of seats that were provisioned at one instant (cited as ``month_peak``): what follows one another
counts once, what goes on side by side is added up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from assistant.domain.identifiers import CustomerId, PartnerId, SubscriptionId

MOST_USED = 999_999
"""The most seats that a sample may tell."""


@dataclass(frozen=True)
class UsageSample:
    """Seats of one subscription in use at an instant (UTC)."""

    partner_id: PartnerId
    customer_id: CustomerId
    subscription_id: SubscriptionId
    product: str
    at: datetime
    used: int


@dataclass(frozen=True)
class SeatSpan:
    """Seats that one subscription had from ``since`` until ``until`` (None: until further notice), instants in UTC.

    ``moved`` of them went on in another subscription when the span ended. ``reference`` is the audit entry that began it, empty
    where it was brought along.
    """

    subscription_id: SubscriptionId
    seats: int
    since: datetime
    until: datetime | None
    moved: int = 0
    reference: str = ""


class Peak(NamedTuple):
    """What one customer had of one product in a month: the highest seats, those billed elsewhere, the highest sample."""

    customer_id: CustomerId
    customer: str
    product: str
    provisioned: int
    moved: int
    used: int | None


class Month(NamedTuple):
    """The instants of a month in UTC: its first one, and the first one after it."""

    since: datetime
    until: datetime


def peak_seats(spans: Iterable[SeatSpan], month: Month) -> int:
    """Return the highest number of seats that were provisioned at one instant of a month."""
    steps: list[tuple[datetime, int]] = []
    for span in spans:
        begins, ends = max(span.since, month.since), min(span.until or month.until, month.until)
        if begins < ends:
            steps += [(begins, span.seats), (ends, -span.seats)]
    highest = current = 0
    # an end comes before a beginning at the same instant, so that what follows one another is not added up
    for _, change in sorted(steps):
        current += change
        highest = max(highest, current)
    return highest


def billed_spans(spans: Sequence[SeatSpan], month: Month) -> tuple[SeatSpan, ...]:
    """Return the spans without the seats that moved to another line within the month: they are billed there (``billed_once``)."""
    moved = {s.subscription_id: s.moved for s in spans if s.until and month.since < s.until < month.until}
    return tuple(
        SeatSpan(
            span.subscription_id,
            max(span.seats - moved.get(span.subscription_id, 0), 0),
            span.since,
            span.until,
        )
        for span in spans
    )


def peak_use(spans: Sequence[SeatSpan], samples: Iterable[UsageSample]) -> int | None:
    """Return the highest number of seats in use over a month's samples of one line; None without any.

    A sample adds to the newest ones of the other subscriptions that are provisioned at its instant. Samples of what has no span,
    which is a trial, do not count.
    """
    newest: dict[SubscriptionId, int] = {}
    highest = None
    known = {span.subscription_id for span in spans}
    counted = (sample for sample in samples if sample.subscription_id in known)
    for sample in sorted(counted, key=lambda s: (s.at, s.subscription_id)):
        newest[sample.subscription_id] = sample.used
        beside = {s.subscription_id for s in spans if s.since <= sample.at and not _over(s, sample.at)}
        used = sum(newest.get(key, 0) for key in beside | {sample.subscription_id})
        highest = used if highest is None else max(highest, used)
    return highest


def _over(span: SeatSpan, instant: datetime) -> bool:
    return span.until is not None and span.until <= instant
