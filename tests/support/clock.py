"""A clock that stands where it is put, and ids that count."""

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from threading import Lock

NOON = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, instant=NOON):
        self.instant = instant

    def now(self):
        return self.instant

    def set(self, instant):
        self.instant = instant

    def advance(self, **units):
        self.instant += timedelta(**units)


class FakeIds:
    """Gives out ids in order: R-0001, C-0002; numbers are spread over the range."""

    def __init__(self):
        self.count = 0
        self._lock = Lock()

    def new(self, prefix):
        return f"{prefix}-{self._next():04d}"

    def token(self):
        return f"token-{self._next():04d}"

    def number(self, below):
        # spread as if at random, so that codes differ, and the same in every run
        drawn = blake2b(str(self._next()).encode(), digest_size=8).digest()
        return int.from_bytes(drawn) % below

    def _next(self):
        with self._lock:
            self.count += 1
            return self.count
