"""What editors do with entries: who wrote and approved what, how entries are listed, and what is told before text is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from assistant.domain.entries import AnsweredEntry, AnswerKind, Entry, Head, VersionState
from assistant.domain.identifiers import EntryId, UserId


@dataclass(frozen=True)
class Person:
    """Who did something at the desk; ``user_id`` is None for whoever works at the machine's command line."""

    user_id: UserId | None
    name: str


COMMAND_LINE = Person(None, "command line")


@dataclass(frozen=True)
class KeptVersion:
    """One stored version with who wrote it when, and who approved it when; times are in UTC."""

    entry: Entry
    state: VersionState
    written_at: datetime
    author: Person | None
    approved_at: datetime | None = None
    approver: Person | None = None


class Act(StrEnum):
    """What is recorded of the desk, a closed list."""

    DRAFTED = "drafted"
    PROPOSED = "proposed"
    RETIRED = "retired"
    RESTORED = "restored"
    IMPORTED = "imported"
    TAKEN = "taken"
    DISCARDED = "discarded"
    PUBLISHED = "published"
    ROLLED_BACK = "rolled_back"


@dataclass(frozen=True)
class DeskAct:
    """One line of the desk's record: when (UTC), who, what, on which entry and version, with up to 500 characters of detail."""

    at: datetime
    person: Person
    act: Act
    entry_id: EntryId | None = None
    version: int | None = None
    told: str = ""


class Show(StrEnum):
    """Which entries a list holds, by where they stand."""

    CURRENT = "current"
    IN_FORCE = "in_force"
    DRAFT = "draft"
    PROPOSED = "proposed"
    RETIRED = "retired"


@dataclass(frozen=True)
class EntriesBy:
    """How a list of entries is cut; ``older_than`` is in months of the document date, None for any."""

    words: str = ""
    show: Show = Show.CURRENT
    older_than: int | None = None
    audience: str = ""
    document: str = ""


@dataclass(frozen=True)
class ListedEntry:
    """An entry in the list: its newest version, where it stands, which version is in force, and how often it was asked for."""

    head: Head
    stands: Show
    in_force: int | None
    asked: int


@dataclass(frozen=True)
class EntryList:
    """The entries found, and all documents that entries cite."""

    entries: tuple[ListedEntry, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True)
class EntryForm:
    """What an editor wrote, as typed; everything is checked when it becomes an entry.

    ``alternates`` and ``related`` hold one item a line; ``date`` is ``YYYY-MM``, ``reviewed`` ``YYYY-MM-DD`` or empty.
    """

    question: str = ""
    text: str = ""
    document: str = ""
    heading: str = ""
    date: str = ""
    alternates: str = ""
    related: str = ""
    audience: tuple[str, ...] = ()
    topic: str = ""
    workflow: str = ""
    reviewed: str = ""


class Piece(StrEnum):
    """What became of some words between two texts."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Words:
    """Some words in a comparison of two texts; all pieces but the added ones make the old text, all but the removed the new."""

    piece: Piece
    text: str


@dataclass(frozen=True)
class FieldDiff:
    """A field of an entry that differs between two versions, word by word."""

    name: str
    words: tuple[Words, ...]


@dataclass(frozen=True)
class FactAtStake:
    """A fact that the licensing backend reads from an entry, and what a change of the text does to it.

    ``approved`` is the value that a person approved; ``new`` is None where the new text no longer states it: ``rules`` then stop.
    """

    name: str
    approved: int | None
    new: int | None
    rules: tuple[str, ...]

    @property
    def unsettled(self) -> bool:
        """Whether it has to be approved again, or stops."""
        return self.approved is not None and self.new != self.approved


@dataclass(frozen=True)
class Remark:
    """Something doubtful in a text, by its line (1-based; None for the entry as a whole), with a stable code and what to do."""

    code: str
    text: str
    hint: str
    line: int | None = None


@dataclass(frozen=True)
class Looked:
    """What an entry would be: the answer card's content, what is doubtful in it, and the facts that hang on it."""

    card: AnsweredEntry
    remarks: tuple[Remark, ...]
    facts: tuple[FactAtStake, ...]


@dataclass(frozen=True)
class Tried:
    """What a question would lead to with the text in hand; ``own`` tells whether the first entry is the edited one."""

    question: str
    kind: AnswerKind
    entries: tuple[Entry, ...]
    own: bool


@dataclass(frozen=True)
class EntryAtDesk:
    """One entry whole: its newest version, all of them newest first, the one in force, what was done, what hangs on it."""

    head: Head
    versions: tuple[KeptVersion, ...]
    in_force: int | None
    acts: tuple[DeskAct, ...]
    facts: tuple[FactAtStake, ...]
    titles: Mapping[EntryId, str] = field(default_factory=dict)
