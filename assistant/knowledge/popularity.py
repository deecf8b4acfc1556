"""Counting what is asked and which entries are answered, without a write for every question."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Lock

from assistant.domain.identifiers import EntryId

MOST_WAITING = 20
LONGEST_WAITING = timedelta(seconds=60)


@dataclass(frozen=True)
class Due:
    """Counts to be written now: of entries, and of what happened by day (UTC) and figure."""

    entries: Mapping[EntryId, int]
    days: Mapping[tuple[date, str], int]


class AskedCounter:
    """Counts answers in this process until they are due to be written. Safe to share between threads.

    A process that dies loses what it had not written yet: fewer than twenty answers. Counts only rank suggestions and tell
    how the desk is doing, so that is cheaper than the write lock for every question.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: Counter[EntryId] = Counter()
        self._days: Counter[tuple[date, str]] = Counter()
        self._answers = 0
        self._since: datetime | None = None

    def note(self, entry_ids: Iterable[EntryId], figures: Iterable[str], now: datetime) -> Due | None:
        """Count one answer; return all counts to be written now, None until twenty or a minute are full."""
        with self._lock:
            self._since = self._since or now
            self._waiting.update(entry_ids)
            day = now.astimezone(UTC).date()
            self._days.update((day, figure) for figure in figures)
            self._answers += 1
            full = self._answers >= MOST_WAITING or now - self._since >= LONGEST_WAITING
            return self._taken() if full else None

    def take(self) -> Due | None:
        """Return all counts that wait, full or not, to be written now; None where there are none."""
        with self._lock:
            return self._taken() if self._answers else None

    def _taken(self) -> Due:
        due = Due(dict(self._waiting), dict(self._days))
        self._waiting.clear()
        self._days.clear()
        self._answers, self._since = 0, None
        return due
