"""What the knowledge desk, the answers and the policy need stored."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from assistant.domain.analytics import DayCount
from assistant.domain.editing import COMMAND_LINE, KeptVersion, Person
from assistant.domain.entries import Entry, EntryVersion, Gap, Head, Publication, VersionState
from assistant.domain.gaps import GapActed
from assistant.domain.identifiers import EntryId
from assistant.ports.storage import Unit
from assistant.ports.storage.knowledge_desk import ActRepository, CheckRepository, ImportRepository


class EntryRepository(Protocol):
    """Entries and their versions. A stored version never changes but for its state."""

    def heads(self, *, drafts: bool = True) -> tuple[Head, ...]:
        """Return the newest version of every entry, or the newest that is no draft; retired entries too, by id."""

    def add(
        self,
        entry: Entry,
        collection: str,
        at: datetime,
        author: Person = COMMAND_LINE,
        state: VersionState = VersionState.PROPOSED,
    ) -> None:
        """Store a new version; the entry, if retired, is back. Raises Conflict if the version exists."""

    def propose(self, entry_id: EntryId, version: int) -> None:
        """Put a drafted version forward for the next publication."""

    def move(self, entry_id: EntryId, collection: str) -> None:
        """Note that an unchanged entry now comes with another document; a retired one is back."""

    def retire(
        self, entry_ids: Sequence[EntryId], by: Person = COMMAND_LINE, successor: EntryId | None = None
    ) -> None:
        """Take entries out of every further publication; ``successor`` answers in their place."""

    def approve(self, versions: Mapping[EntryId, int], at: datetime, approver: Person = COMMAND_LINE) -> None:
        """Mark drafted or proposed versions as approved."""

    def withdrawn(self, entry_id: EntryId) -> Entry | None:
        """Return the newest version of an entry that was retired, or None."""

    def successor(self, entry_id: EntryId) -> EntryId | None:
        """Return which entry answers in the place of a retired one, if that was said."""

    def history(self, entry_id: EntryId) -> tuple[EntryVersion, ...]:
        """Return all versions of an entry, newest first; empty for an unknown one."""

    def approved(self, entry_id: EntryId) -> tuple[Entry, ...]:
        """Return the approved versions of an entry, newest first."""

    def kept(self, entry_id: EntryId) -> tuple[KeptVersion, ...]:
        """Return all versions of an entry with who wrote and approved them, newest first."""


class PublicationRepository(Protocol):
    """Publications and the order in which they were put in force."""

    def in_force(self) -> Publication | None:
        """Return the publication in force, or None when nothing was ever published. Cheap: one row."""

    def at(self, number: int) -> Publication | None:
        """Return what was put in force under this number."""

    def all(self) -> tuple[Publication, ...]:
        """Return what was put in force, newest first."""

    def held(self, entry_id: EntryId) -> tuple[tuple[datetime, bool], ...]:
        """Return the moments of publishing, oldest first, each with whether what was put in force held the entry."""

    def entries(self, publication_hash: str) -> tuple[Entry, ...]:
        """Return the entries of a publication, by id; empty for an unknown hash."""

    def add(self, publication_hash: str, entries: Sequence[Entry], at: datetime) -> None:
        """Store the set, unless a publication with this hash exists."""

    def put_in_force(
        self,
        publication_hash: str,
        at: datetime,
        back: int | None,
        by: Person = COMMAND_LINE,
        reason: str = "",
    ) -> Publication:
        """Make it the publication in force. Raises Conflict when somebody else published at the same moment."""


class FactRepository(Protocol):
    """The values of policy facts that a person approved."""

    def approved(self) -> dict[str, int]:
        """Return the approved value of each fact."""

    def approve(self, values: Mapping[str, int], at: datetime) -> None:
        """Record approved values."""


class GapRepository(Protocol):
    """Questions that nothing answered."""

    def record(
        self, question: str, key: str, missing: tuple[str, ...], asker: str | None, at: datetime
    ) -> str:
        """Count the question and return its gap's id; ``key`` tells same questions, ``asker`` is a hash or None."""

    def all(self, since: datetime | None = None, limit: int | None = None) -> tuple[Gap, ...]:
        """Return the gaps that were asked since then, most asked first, at most so many."""

    def find(self, gap_id: str) -> Gap | None:
        """Return one, or None."""

    def askers(self, since: datetime | None = None) -> dict[str, frozenset[str]]:
        """Return who asked, as hashes, by gap id; a gap that only nameless visitors asked is left out."""

    def record_acts(self, acts: Sequence[GapActed]) -> None:
        """Add to what was done with gaps; nothing is ever taken out."""

    def acts(self, gap_id: str | None = None) -> tuple[GapActed, ...]:
        """Return what was done with one gap or with all, oldest first."""


class AskedRepository(Protocol):
    """How often each entry was answered."""

    def add(self, counts: Mapping[EntryId, int], at: datetime) -> None:
        """Add to the counts of entries, whoever else is adding meanwhile; nothing is ever read first."""

    def counts(self) -> dict[EntryId, int]:
        """Return the counts; an entry that was never answered is left out."""

    def add_days(self, counts: Mapping[tuple[date, str], int]) -> None:
        """Add to the counts of figures by day, whoever else is adding meanwhile; nothing is ever read first."""

    def days(self, first: date, last: date) -> tuple[DayCount, ...]:
        """Return what was counted on these days."""


class KnowledgeUnit(Unit, Protocol):
    """One transaction over knowledge."""

    @property
    def entries(self) -> EntryRepository: ...

    @property
    def publications(self) -> PublicationRepository: ...

    @property
    def facts(self) -> FactRepository: ...

    @property
    def gaps(self) -> GapRepository: ...

    @property
    def asked(self) -> AskedRepository: ...

    @property
    def acts(self) -> ActRepository: ...

    @property
    def imports(self) -> ImportRepository: ...

    @property
    def checks(self) -> CheckRepository: ...
