"""Lookups about months: what is billed and why, reports and their life, transactions, and what a number of seats would cost in bands."""

from dataclasses import dataclass
from datetime import datetime

from assistant.domain.bands import Band, band_of, to_edges
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.domain.lookups import HistoryItem, Lookup

MOST_SEATS = 99_999_999
"""The most seats that a what-if reckons with."""


@dataclass(frozen=True, slots=True)
class ReportLineView:
    """What one customer had of one product in a month, in seats; ``key`` names the line, ``unit`` what a seat is.

    ``provisioned`` and ``used`` are the highest numbers of the month, ``used`` None without a sample. ``moved`` seats are billed on
    another line. ``billable`` is what is billed unless it is lowered to ``chargeable``. ``needs_comment`` tells that the
    line may not be submitted as it is without one.
    """

    key: str
    customer_id: CustomerId
    customer: str
    product: str
    name: str
    unit: str
    provisioned: int
    used: int | None
    moved: int
    billable: int
    chargeable: int
    unused_percent: int
    comment: str | None
    needs_comment: bool


@dataclass(frozen=True)
class ReportView:
    """The report of a partner for a month (``YYYY-MM``): its lines by customer, their sums, its band and its life so far.

    ``deadline`` is the instant at which it is submitted by itself. ``to_lower`` and ``to_higher`` are the seats to the next band
    down and up, None where there is none. ``history`` holds its changes, oldest first.
    """

    partner_id: PartnerId
    partner: str
    month: str
    state: str
    review: str | None
    reason: str | None
    submitted_at: datetime | None
    deadline: datetime
    editable: bool
    lines: tuple[ReportLineView, ...]
    provisioned: int
    billable: int
    total: int
    band: str
    to_lower: int | None
    to_higher: int | None
    history: tuple[HistoryItem, ...]


@dataclass(frozen=True)
class ReportSummary:
    """A report by its partner and month (``YYYY-MM``), and where it stands."""

    partner_id: PartnerId
    partner: str
    month: str
    state: str


@dataclass(frozen=True)
class SpanView:
    """Seats that were provisioned without a change from ``since`` until ``until`` (None: until further notice).

    ``began`` and ``ended`` are the changes behind that; None for what a world file or an earlier release brought along, and for
    an end that is not reached yet or is none.
    """

    seats: int
    since: datetime
    until: datetime | None
    moved: int
    began: HistoryItem | None
    ended: HistoryItem | None


@dataclass(frozen=True)
class BillView:
    """Why a line is billed: the seats over the month, oldest first, each with the changes behind it."""

    month: str
    line: ReportLineView
    spans: tuple[SpanView, ...]


@dataclass(frozen=True)
class BandView:
    """The bands before and after a change of a partner's total, and the seats from there to the next band down and up."""

    seats_before: int
    seats_after: int
    band_before: str
    band_after: str
    to_lower: int | None
    to_higher: int | None
    bands: tuple[str, ...]


@dataclass(frozen=True)
class MonthUsage(Lookup[ReportView]):
    """The report of a month, ``YYYY-MM``; a month that is not over as it stands now.

    ``partner_id`` is for the vendor's licensing desk; NotFound for whoever may not see that partner's.
    """

    month: str
    partner_id: PartnerId | None = None


@dataclass(frozen=True)
class Reports(Lookup[tuple[ReportSummary, ...]]):
    """The partner's months of the last two years that have lines, newest first; for the vendor's desk what it can decide on."""


@dataclass(frozen=True)
class Transactions(Lookup[tuple[HistoryItem, ...]]):
    """The customer transactions that took effect in a month, ``YYYY-MM``, oldest first, of the four types there are."""

    month: str


@dataclass(frozen=True)
class WhyBilled(Lookup[BillView]):
    """What is behind one line of a month's report; NotFound where the month has no such line. ``partner_id`` as in MonthUsage."""

    month: str
    line: str
    partner_id: PartnerId | None = None


@dataclass(frozen=True)
class BandWhatIf(Lookup[BandView]):
    """The band of ``seats`` entered by hand and of so many plus ``change``; needs no account and reads none."""

    seats: int
    change: int = 0


def what_if(asked: BandWhatIf, bands: tuple[Band, ...]) -> BandView:
    """Answer a what-if. Raises InvalidInput for numbers below 0 or beyond all reason."""
    after = asked.seats + asked.change
    for field, seats in (("seats", asked.seats), ("change", after)):
        if not 0 <= seats <= MOST_SEATS:
            raise InvalidInput(field, f"must leave 0 to {MOST_SEATS} seats")
    lower, higher = to_edges(after, bands)
    return BandView(
        seats_before=asked.seats,
        seats_after=after,
        band_before=band_of(asked.seats, bands).label,
        band_after=band_of(after, bands).label,
        to_lower=lower,
        to_higher=higher,
        bands=tuple(band.label for band in bands),
    )
