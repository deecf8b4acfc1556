"""Counting which entries are answered, without a write for every question."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Lock

from assistant.domain.identifiers import EntryId

MOST_WAITING = 20
LONGEST_WAITING = timedelta(seconds=60)


class AskedCounter:
    """Counts answers in this process until they are due to be written. Safe to share between threads.

    A process that dies loses what it had not written yet: fewer than twenty answers. Counts only rank suggestions, so
    that is cheaper than the write lock for every question.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: Counter[EntryId] = Counter()
        self._answers = 0
        self._since: datetime | None = None

    def note(self, entry_ids: Iterable[EntryId], now: datetime) -> dict[EntryId, int]:
        """Count one answer; return all counts to be written now, which is nothing until twenty or a minute are full."""
        with self._lock:
            self._since = self._since or now
            self._waiting.update(entry_ids)
            self._answers += 1
            if self._answers < MOST_WAITING and now - self._since < LONGEST_WAITING:
                return {}
            due = dict(self._waiting)
            self._waiting.clear()
            self._answers, self._since = 0, None
            return due
