"""Calendar arithmetic for licence terms: months that clamp, and dates in a partner's time zone.

Terms are counted in calendar months from an anchor day. A month that has no such day takes its last one, so a
term from 31 January of one month ends on the last day of February; counting from the anchor keeps the 31.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.domain.errors import InvalidInput

_IN_EVERY_MONTH = 28
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
EARLIEST_DAY, LATEST_DAY = date(1970, 1, 1), date(8999, 12, 31)
"""The days that may be set from outside; every term and time zone stays within the calendar from there."""


def add_months(day: date, months: int) -> date:
    """Return the same day of the month ``months`` later (0 or more), clamped to that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if day.day <= _IN_EVERY_MONTH:
        return date(year, month + 1, day.day)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def business_instant(instant: datetime, field: str) -> datetime:
    """Return a timezone-aware instant in UTC. Raises InvalidInput for one that no clock may be set to."""
    if not EARLIEST_DAY <= instant.date() <= LATEST_DAY:
        raise InvalidInput(field, f"must lie from {EARLIEST_DAY} to {LATEST_DAY}")
    return instant.astimezone(UTC)


def local_date(instant: datetime, time_zone: str) -> date:
    """Return the calendar date of a timezone-aware instant in an IANA time zone."""
    return instant.astimezone(ZoneInfo(time_zone)).date()


def start_of_day(day: date, time_zone: str) -> datetime:
    """Return the instant (UTC) at which a calendar day begins in an IANA time zone; where clocks skip midnight, the first one."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(time_zone)).astimezone(UTC)


def terms_until(anchor: date, months: int, renew_months: int, today: date) -> int:
    """Return the months from the anchor to the end of the term that runs on a day.

    The running term ends ``months`` after the anchor and is followed by terms of ``renew_months`` for as long as needed to
    end after ``today``.
    """
    behind = (today.year - anchor.year) * 12 + today.month - anchor.month - months
    # a jump to just before today, then at most two steps: a term never ends later than it has to
    months += max(behind // renew_months, 0) * renew_months
    while add_months(anchor, months) <= today:
        months += renew_months
    return months


@dataclass(frozen=True, order=True)
class BillingMonth:
    """One calendar month, which is billed in the partner's time zone; written ``YYYY-MM``."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "BillingMonth":
        """Return the month of a day."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str, field: str = "month") -> "BillingMonth":
        """Read ``YYYY-MM``. Raises InvalidInput."""
        try:
            day = date.fromisoformat(f"{text}-01") if _MONTH.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None or not EARLIEST_DAY <= day <= LATEST_DAY:
            raise InvalidInput(field, "must be a month such as 2026-03")
        return cls.of(day)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def next(self) -> "BillingMonth":
        """The month after it."""
        return BillingMonth.of(add_months(self.first, 1))

    @property
    def before(self) -> "BillingMonth":
        """The month before it."""
        return BillingMonth.of(self.first - timedelta(days=1))

    def bounds(self, time_zone: str) -> tuple[datetime, datetime]:
        """Return its first instant and the first one after it (UTC): they hold every instant of the month and no other."""
        return start_of_day(self.first, time_zone), start_of_day(self.next.first, time_zone)
