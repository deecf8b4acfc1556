"""Documents as readers see them, and how long an entry was in force."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assistant.domain.entries import Entry

_AGED_MONTHS = 24


@dataclass(frozen=True)
class Document:
    """A published document: its newest date ``YYYY-MM``, the number of entries, and whether it is over two years old."""

    name: str
    date: str
    entries: int
    aged: bool


@dataclass(frozen=True)
class InForce:
    """From which day on an entry was published, and the day on which it was no more; None while it still is."""

    since: date
    until: date | None


@dataclass(frozen=True)
class Withdrawn:
    """An entry that is published no more: its last approved version, rendered, its days, and what answers in its place."""

    entry: Entry
    html: str
    days: InForce
    successor: Entry | None


def documents_of(entries: Iterable[Entry], today: date) -> tuple[Document, ...]:
    """Return the documents that entries cite, newest first and then by name."""
    dates: defaultdict[str, list[str]] = defaultdict(list)
    for entry in entries:
        dates[entry.source.document].append(entry.source.date)
    found = [Document(name, max(of), len(of), is_aged(max(of), today)) for name, of in dates.items()]
    return tuple(sorted(sorted(found, key=lambda d: d.name), key=lambda d: d.date, reverse=True))


def days_in_force(held: Sequence[tuple[datetime, bool]]) -> InForce | None:
    """Return the days of an entry from the moments of publishing, oldest first, each with whether it held the entry."""
    holding = [at for at, holds in held if holds]
    if not holding:
        return None
    gone = next((at for at, holds in held if not holds and at >= holding[-1]), None)
    return InForce(holding[0].date(), gone.date() if gone else None)


def is_aged(document_date: str, today: date) -> bool:
    """Tell whether a document date (``YYYY-MM`` or with a day) is more than two years before a day."""
    year, month, *day = (int(part) for part in document_date.split("-"))
    months = (today.year - year) * 12 + today.month - month
    return months > _AGED_MONTHS or (months == _AGED_MONTHS and today.day > (day[0] if day else 1))
