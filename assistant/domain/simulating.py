"""A month played through with entered numbers: the seats of each day, the highest of each line, and the band of their sum.

Billed is what ``usage`` says a month counts, and the band is what ``bands`` says of the total: nothing is reckoned here in another way.
"""

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from assistant.domain.bands import Band, band_of, to_edges
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import SubscriptionId
from assistant.domain.periods import BillingMonth
from assistant.domain.usage import Month, SeatSpan, peak_seats

MOST_LINES = 50
MOST_SEATS = 9_999_999
_LONGEST_NAME = 60
_STEP = re.compile(r"(?:(?:from )?day )?([0-9]{1,2}) ?[:=] ?([0-9]{1,7})", re.IGNORECASE)
_SEATS = re.compile(r"[0-9]{1,7}")


@dataclass(frozen=True)
class SimulatedLine:
    """The seats of one line: those it begins the month with, and (day, seats) from each day on, in ascending order."""

    name: str
    seats: int
    steps: tuple[tuple[int, int], ...] = ()

    def on(self, day: int) -> int:
        """Return the seats at the end of a day of the month."""
        return next((seats for since, seats in reversed(self.steps) if since <= day), self.seats)


@dataclass(frozen=True)
class LinePeak:
    """The highest seats of a line in the month, and the first day that has them."""

    name: str
    seats: int
    day: int


@dataclass(frozen=True)
class SimulatedMonth:
    """What a month comes to: the seats at the end of each day, the peak of each line, what is billed, and its band.

    ``to_lower`` and ``to_higher`` are the seats to the next band down and up, None where there is none.
    """

    days: tuple[int, ...]
    peaks: tuple[LinePeak, ...]
    billed: int
    band: str
    to_lower: int | None
    to_higher: int | None
    bands: tuple[Band, ...]


def lines_of(text: str, month: BillingMonth) -> tuple[SimulatedLine, ...]:
    """Read one line of text for each customer, ``Name: 25, 12: 40``: 25 seats, 40 from the 12th on. Raises InvalidInput."""
    written = [line for line in text.splitlines() if line.strip()]
    if not 1 <= len(written) <= MOST_LINES:
        raise InvalidInput("lines", f"must be 1 to {MOST_LINES} lines, one for each customer")
    return tuple(_line(line, number, month) for number, line in enumerate(written, start=1))


def simulated(month: BillingMonth, lines: Sequence[SimulatedLine], bands: Sequence[Band]) -> SimulatedMonth:
    """Play a month through."""
    days = range(1, _length(month) + 1)
    peaks = tuple(_peak(line, month) for line in lines)
    billed = sum(peak.seats for peak in peaks)
    lower, higher = to_edges(billed, bands)
    totals = tuple(sum(line.on(day) for line in lines) for day in days)
    return SimulatedMonth(totals, peaks, billed, band_of(billed, bands).label, lower, higher, tuple(bands))


def _peak(line: SimulatedLine, month: BillingMonth) -> LinePeak:
    highest = peak_seats(_spans(line, month), _bounds(month))
    return LinePeak(line.name, highest, next(d for d in range(1, 32) if line.on(d) == highest))


def _spans(line: SimulatedLine, month: BillingMonth) -> Iterable[SeatSpan]:
    begins, ends = _bounds(month)
    # a step on the first day replaces what the month would have begun with
    changes = [(begins, line.seats)] if line.on(1) == line.seats else []
    changes += [(begins + timedelta(days=day - 1), seats) for day, seats in line.steps]
    for (since, seats), (until, _) in pairwise([*changes, (ends, 0)]):
        yield SeatSpan(SubscriptionId(line.name), seats, since, until)


def _bounds(month: BillingMonth) -> Month:
    first, after = month.first, month.next.first
    return Month(
        datetime(first.year, first.month, 1, tzinfo=UTC), datetime(after.year, after.month, 1, tzinfo=UTC)
    )


def _length(month: BillingMonth) -> int:
    return calendar.monthrange(month.year, month.month)[1]


def _line(written: str, number: int, month: BillingMonth) -> SimulatedLine:
    name, colon, rest = written.partition(":")
    if not colon or not name.strip() or len(name.strip()) > _LONGEST_NAME:
        raise InvalidInput("lines", f"line {number} must begin with a name and a colon, such as Alder: 25")
    first, *later = [part.strip() for part in rest.split(",")]
    if not _SEATS.fullmatch(first):
        raise InvalidInput("lines", f"line {number} must name its seats on the 1st after the colon")
    steps = tuple(_step(part, number, month) for part in later)
    if any(day >= following for (day, _), (following, _) in pairwise(steps)):
        raise InvalidInput("lines", f"line {number} must name its days in ascending order, each once")
    return SimulatedLine(name.strip(), int(first), steps)


def _step(part: str, number: int, month: BillingMonth) -> tuple[int, int]:
    found = _STEP.fullmatch(part)
    if found is None or not 1 <= int(found[1]) <= _length(month):
        raise InvalidInput(
            "lines", f"line {number} must name changes as day: seats, such as 12: 40, within the month"
        )
    return int(found[1]), int(found[2])
