"""Calendar arithmetic for licence terms: months that clamp, and dates in a partner's time zone.

Terms are counted in calendar months from an anchor day. A month that has no such day takes its last one, so a
term from 31 January of one month ends on the last day of February; counting from the anchor keeps the 31.
"""

import calendar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from assistant.domain.errors import InvalidInput

EARLIEST_DAY, LATEST_DAY = date(1970, 1, 1), date(8999, 12, 31)
"""The days that may be set from outside; every term and time zone stays within the calendar from there."""


def add_months(day: date, months: int) -> date:
    """Return the same day of the month ``months`` later (0 or more), clamped to that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
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


def end_of_term(start: date, initial_months: int, renew_months: int | None, today: date) -> date:
    """Return the day on which the running term ends (the first day it no longer covers).

    The initial term is ``initial_months`` from ``start``. With ``renew_months`` it is followed by terms of that many
    months for as long as needed to lie after ``today``; without, the initial term is the only one.
    """
    months = initial_months
    if renew_months:
        months += _renewals(start, initial_months, renew_months, today) * renew_months
    return add_months(start, months)


def _renewals(start: date, initial_months: int, renew_months: int, today: date) -> int:
    behind = (today.year - start.year) * 12 + today.month - start.month - initial_months
    # a jump to just before today, then at most two steps: a term never ends later than it has to
    count = max(behind // renew_months, 0)
    while add_months(start, initial_months + count * renew_months) <= today:
        count += 1
    return count
