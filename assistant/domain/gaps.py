"""Gaps seen together: recorded questions that ask for the same, which one new entry would answer, and what was done with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assistant.domain.editing import Person
from assistant.domain.entries import Entry, Gap
from assistant.domain.identifiers import EntryId


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


class GapAct(StrEnum):
    """What an editor did with a question that nothing answers."""

    ALTERNATE_ADDED = "alternate_added"
    ENTRY_WRITTEN = "entry_written"
    SET_ASIDE = "set_aside"
    REOPENED = "reopened"
    ASSIGNED = "assigned"


class GapState(StrEnum):
    """Where a question stands: ``set_aside`` is no question of policy, ``answered`` since something was written for it."""

    OPEN = "open"
    ANSWERED = "answered"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True)
class GapActed:
    """One act on one gap: when (UTC), by whom, on which entry; an assignment names its owner and the day it is due."""

    gap: str
    at: datetime
    person: Person
    act: GapAct
    entry_id: EntryId | None = None
    owner: str = ""
    due: date | None = None
    told: str = ""


_STATES = {
    GapAct.ALTERNATE_ADDED: GapState.ANSWERED,
    GapAct.ENTRY_WRITTEN: GapState.ANSWERED,
    GapAct.SET_ASIDE: GapState.SET_ASIDE,
}


def state_of(acts: Sequence[GapActed], last_asked: datetime) -> GapState:
    """Tell where a gap stands after its acts, oldest first.

    What was answered is open again when it is asked once more without an answer; what is no question of policy is not.
    """
    settling = [acted for acted in acts if acted.act is not GapAct.ASSIGNED]
    state = _STATES.get(settling[-1].act, GapState.OPEN) if settling else GapState.OPEN
    if state is GapState.ANSWERED and last_asked > settling[-1].at:
        return GapState.OPEN
    return state


@dataclass(frozen=True)
class GapGroup:
    """A cluster of gaps that stand alike, and what was done with them, newest first."""

    cluster: GapCluster
    state: GapState
    acts: tuple[GapActed, ...] = ()

    @property
    def assigned(self) -> GapActed | None:
        """The assignment in force of an open group."""
        newest = next((a for a in self.acts if a.act in {GapAct.ASSIGNED, GapAct.REOPENED}), None)
        return newest if newest and newest.act is GapAct.ASSIGNED else None


@dataclass(frozen=True)
class Effect:
    """What adding other ways to ask would do: of so many askings how many get the entry, and the answers of each wording."""

    asked: int
    answered: int
    wordings: tuple[tuple[str, int, bool], ...]
