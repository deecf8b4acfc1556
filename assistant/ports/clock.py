"""Time and identity come in through these two ports."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present instant, timezone-aware, in UTC. Read it once for each decision."""


class Ids(Protocol):
    """Makes ids and secrets."""

    def new(self, prefix: str) -> str:
        """Return ``prefix-`` and 16 characters of Crockford base 32 (80 random bits), fit for a URL."""

    def token(self) -> str:
        """Return a URL-safe secret of 256 random bits."""

    def number(self, below: int) -> int:
        """Return a random number, 0 to ``below`` - 1, from the cryptographic source."""
