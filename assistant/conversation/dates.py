"""Days and calendar months as people write them, in any of the languages, and nothing that can be read in two ways.

A day without a year is the next one there is; a month without a year is the latest that has begun. Whether a day lies where it may is
for the backend to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.conversation.calendar_words import (
    DAYS_IN,
    ENDS,
    FARTHEST_DAYS,
    FARTHEST_MONTHS,
    FIXED,
    LAST,
    MIDDLE,
    MIDDLES,
    MONTH_END,
    MONTH_WORDS,
    MONTHS,
    MONTHS_IN,
    NEXT,
    ONE,
    ORDINAL,
    PASSED_OVER,
    STARTS,
    THIS,
    YEAR_DIGITS,
    YEAR_END,
    YEAR_WORDS,
    YEARS,
)
from assistant.conversation.numbers import numbers_in
from assistant.conversation.words import FILLER, Word
from assistant.domain.periods import BillingMonth, add_months


@dataclass(frozen=True)
class Day:
    """A day found in a message, with its place."""

    value: date
    start: int
    end: int


@dataclass(frozen=True)
class Month:
    """A calendar month found in a message, with its place."""

    value: BillingMonth
    start: int
    end: int


_Found = tuple[date, int] | None
"""A day and the position after its last word."""


def days_in(words: tuple[Word, ...], today: date) -> tuple[Day, ...]:
    """Return the days among these words, in order, each word used once."""
    found: list[Day] = []
    at = 0
    while at < len(words):
        read = next((read for shape in _SHAPES if (read := shape(words, at, today))), None)
        if read is None:
            at += 1
            continue
        day, after = read
        found.append(Day(day, words[at].start, words[after - 1].end))
        at = after
    return tuple(found)


def months_in(words: tuple[Word, ...], today: date) -> tuple[Month, ...]:
    """Return the calendar months among these words, in order: ``2026-02``, ``02/2026``, February, last month."""
    found: list[Month] = []
    at = 0
    while at < len(words):
        read = _month_at(words, at, today)
        if read is None:
            at += 1
            continue
        month, after = read
        found.append(Month(month, words[at].start, words[after - 1].end))
        at = after
    return tuple(found)


def means_the_month(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether the word "may" at this place is the month: alone, before a number, or closing what a number began."""
    before = words[at - 1].text if at else ""
    following = words[at + 1].text if at + 1 < len(words) else ""
    ends = not following or following in FILLER | {"?", "!", ".", ";"}
    return len(words) == 1 or following[:1].isdigit() or (before[:1].isdigit() and ends)


def _month_at(words: tuple[Word, ...], at: int, today: date) -> tuple[BillingMonth, int] | None:
    text = words[at].text
    year = _year(words, at)
    number = _small(words, at + 1)
    if year and number and _joined(words, at) and number in MONTHS.values():
        return BillingMonth(year, number), at + 2
    number, year = _small(words, at), _year(words, at + 1)
    if year and number and number in MONTHS.values() and _joined(words, at):
        return BillingMonth(year, number), at + 2
    following = words[at + 1].text if at + 1 < len(words) else ""
    if following in MONTH_WORDS and text in LAST | THIS:
        now = BillingMonth.of(today)
        return (now if text in THIS else now.before), at + 2
    if text not in MONTHS:
        return _dotted_month(text, at)
    year = _year(words, at + 1)
    if year:
        return BillingMonth(year, MONTHS[text]), at + 2
    return BillingMonth(today.year - (MONTHS[text] > today.month), MONTHS[text]), at + 1


def _dotted_month(text: str, at: int) -> tuple[BillingMonth, int] | None:
    number, _, year = text.partition(".")
    if not (
        number.isdecimal() and year.isdecimal() and int(number) in MONTHS.values() and int(year) in YEARS
    ):
        return None
    return BillingMonth(int(year), int(number)), at + 1


def _iso(words: tuple[Word, ...], at: int, _today: date) -> _Found:
    year, month, day = _year(words, at), _small(words, at + 1), _small(words, at + 2)
    if year and month and day and _joined(words, at) and _joined(words, at + 1):
        return _made(year, month, day, at + 3)
    return None


def _dotted(words: tuple[Word, ...], at: int, today: date) -> _Found:
    """Read 31.5.2026, and 31.5. as the next one there is."""
    parts = words[at].text.split(".")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts if part):  # noqa: PLR2004 - day, month and year
        return None
    if not parts[2]:
        return _in_year(words, at + 1, int(parts[1]), int(parts[0]), today)
    day, month, year = (int(part) for part in parts)
    return _made(year + 2000 if len(parts[2]) == 2 else year, month, day, at + 1)  # noqa: PLR2004 - as in 26


def _slashed(words: tuple[Word, ...], at: int, _today: date) -> _Found:
    """Read 31/5/2026 and 5/31/2026; where both could be the month it is not read at all."""
    first, second, year = _small(words, at), _small(words, at + 1), _year(words, at + 2)
    if not (first and second and year and _joined(words, at) and _joined(words, at + 1)):
        return None
    readings = {
        made for d, m in ((first, second), (second, first)) if (made := _made(year, m, d, at + 3)) is not None
    }
    return readings.pop() if len(readings) == 1 else None


def _day_month(words: tuple[Word, ...], at: int, today: date) -> _Found:
    day = _small(words, at)
    if not day:
        return None
    place = _past(words, at + 1)
    if place >= len(words) or words[place].text not in MONTHS:
        return None
    return _in_year(words, place + 1, MONTHS[words[place].text], day, today)


def _ordinal(words: tuple[Word, ...], at: int, today: date) -> _Found:
    """Read "the 15th": that day of this month, or of the next that has it."""
    day, after = _small(words, at), words[at + 1] if at + 1 < len(words) else None
    if not day or after is None or after.text not in ORDINAL or after.start != words[at].end:
        return None
    months = (add_months(today.replace(day=1), ahead) for ahead in range(3))
    coming = (made for m in months if (made := _made(m.year, m.month, day, at + 2)) and made[0] >= today)
    return next(coming, None)


def _month_day(words: tuple[Word, ...], at: int, today: date) -> _Found:
    if words[at].text not in MONTHS:
        return None
    place = _past(words, at + 1)
    day = _small(words, place)
    return _in_year(words, _past(words, place + 1), MONTHS[words[at].text], day, today) if day else None


def _edge(words: tuple[Word, ...], at: int, today: date) -> _Found:
    """Read the end or the beginning of a month or of this year."""
    text = words[at].text
    if text in MONTH_END | YEAR_END:
        return _last_of(BillingMonth(today.year, today.month if text in MONTH_END else 12)), at + 1
    if text not in ENDS | STARTS | MIDDLES:
        return None
    place = _past(words, at + 1)
    named = words[place].text if place < len(words) else ""
    ahead = named in NEXT
    if ahead or named in THIS:
        place += 1
        named = words[place].text if place < len(words) else ""
    if named in MONTH_WORDS:
        month = BillingMonth.of(today)
        ahead = ahead or (text in MIDDLES and today.day > MIDDLE)
        return _edge_of(month.next if ahead else month, text), place + 1
    if named in YEAR_WORDS:
        return _edge_of(BillingMonth(today.year + ahead, 12 if text in ENDS else 1), text), place + 1
    if named not in MONTHS:
        return None
    year = _year(words, place + 1)
    coming = BillingMonth(year or today.year, MONTHS[named])
    if year is None and _edge_of(coming, text) < today:
        coming = BillingMonth(today.year + 1, coming.month)
    return _edge_of(coming, text), place + (2 if year else 1)


def _in_time(words: tuple[Word, ...], at: int, today: date) -> _Found:
    """Read "in two weeks"; what lies beyond all reason is not read."""
    if words[at].text != "in" or at + 2 >= len(words):
        return None
    if words[at + 1].text in ONE:
        count, after = 1, at + 2
    else:
        numbers = numbers_in(words[at + 1 :])
        if not numbers or numbers[0].relative or numbers[0].start != words[at + 1].start:
            return None
        count = numbers[0].value
        after = next((n for n in range(at + 1, len(words)) if words[n].start >= numbers[0].end), len(words))
    unit = words[after].text if after < len(words) else ""
    days, months = count * DAYS_IN.get(unit, 0), count * MONTHS_IN.get(unit, 0)
    if 0 < days <= FARTHEST_DAYS:
        return today + timedelta(days=days), after + 1
    return (add_months(today, months), after + 1) if 0 < months <= FARTHEST_MONTHS else None


def _fixed(words: tuple[Word, ...], at: int, today: date) -> _Found:
    ahead = FIXED.get(words[at].text)
    return None if ahead is None else (today + timedelta(days=ahead), at + 1)


_SHAPES: tuple[Callable[[tuple[Word, ...], int, date], _Found], ...] = (
    _iso,
    _dotted,
    _slashed,
    _day_month,
    _month_day,
    _ordinal,
    _edge,
    _in_time,
    _fixed,
)


def _in_year(words: tuple[Word, ...], at: int, month: int, day: int, today: date) -> _Found:
    year = _year(words, at)
    if year:
        return _made(year, month, day, at + 1)
    soon = _made(today.year, month, day, at)
    return soon if soon and soon[0] >= today else _made(today.year + 1, month, day, at)


def _made(year: int, month: int, day: int, after: int) -> _Found:
    try:
        return (date(year, month, day), after) if year in YEARS else None
    except ValueError:
        return None


def _edge_of(month: BillingMonth, edge: str) -> date:
    if edge in MIDDLES:
        return month.first.replace(day=MIDDLE)
    return _last_of(month) if edge in ENDS else month.first


def _last_of(month: BillingMonth) -> date:
    return month.next.first - timedelta(days=1)


def _past(words: tuple[Word, ...], at: int) -> int:
    while at < len(words) and words[at].text in PASSED_OVER:
        at += 1
    return at


def _year(words: tuple[Word, ...], at: int) -> int | None:
    text = words[at].text if at < len(words) else ""
    return int(text) if len(text) == YEAR_DIGITS and text.isdecimal() and int(text) in YEARS else None


def _small(words: tuple[Word, ...], at: int) -> int | None:
    text = words[at].text if at < len(words) else ""
    return int(text) if text.isdecimal() and len(text) < 3 else None  # noqa: PLR2004 - days and months


def _joined(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether this word and the next are joined by one character, as in 2026-05."""
    return at + 1 < len(words) and words[at + 1].start - words[at].end == 1
