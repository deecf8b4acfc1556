"""Gaps seen together: recorded questions that ask for the same, which one new entry would answer."""

from dataclasses import dataclass
from datetime import datetime

from assistant.domain.entries import Entry, Gap


@dataclass(frozen=True)
class AskedGap:
    """A gap and who asked it, as hashes; visitors without a name are in no set."""

    gap: Gap
    askers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class GapCluster:
    """Gaps of one meaning, the most asked first; ``nearest`` is the entry that comes closest now, if any does.

    ``count`` is how often all of them were asked, ``askers`` by how many different people: who asked in two wordings
    counts once. ``missing`` are the words that no entry held, in the order of the gaps.
    """

    gaps: tuple[Gap, ...]
    count: int
    askers: int
    missing: tuple[str, ...]
    last: datetime
    nearest: Entry | None = None

    @property
    def id(self) -> str:
        """The id of the leading gap."""
        return self.gaps[0].id

    @property
    def question(self) -> str:
        """The question that is asked most."""
        return self.gaps[0].question
