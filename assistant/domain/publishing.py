"""What is decided before text is put in force: what changes, which questions lead elsewhere, and who may approve it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from assistant.domain.editing import FactAtStake, FieldDiff, Person, Remark
from assistant.domain.entries import AnswerKind, Entry, Head, VersionState
from assistant.domain.identifiers import EntryId, UserId


@dataclass(frozen=True)
class Moved:
    """A known question that leads elsewhere: the kind of answer and its first entry, before and after."""

    question: str
    old_kind: AnswerKind
    old_entry: EntryId | None
    new_kind: AnswerKind
    new_entry: EntryId | None


@dataclass(frozen=True)
class QuestionCheck:
    """How far the known questions were asked of one set of entries and of another, each named by its content hash.

    ``total`` questions are asked of ``known`` that there are, ``asked`` of them so far.
    """

    old_hash: str
    new_hash: str
    created_at: datetime
    person: str
    asked: int
    total: int
    known: int
    moved: tuple[Moved, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether all of them were asked."""
        return self.asked >= self.total


class ChangeKind(StrEnum):
    """What becomes of an entry between two sets."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class EntryChange:
    """An entry that differs between two sets, with its author and everything that differs, word by word."""

    kind: ChangeKind
    entry: Entry
    author: str
    fields: tuple[FieldDiff, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class PublicationCheck:
    """All that is to be seen before a set of entries is put in force; ``new_hash`` names what was checked.

    ``own`` are entries that the looking person wrote or retired and so may not approve. ``drafts`` counts versions that are not
    part of it.
    """

    old_hash: str
    new_hash: str
    changes: tuple[EntryChange, ...]
    facts: tuple[FactAtStake, ...]
    questions: QuestionCheck | None
    own: tuple[EntryId, ...]
    drafts: int = 0

    @property
    def unsettled(self) -> tuple[FactAtStake, ...]:
        """The facts that would change or vanish."""
        return tuple(fact for fact in self.facts if fact.unsettled)

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to put in force."""
        return self.old_hash != self.new_hash


@dataclass(frozen=True)
class StoredImport:
    """A document that was read and waits for decisions; ``content`` is what the reader found, as plain JSON."""

    id: str
    file: str
    document: str
    created_at: datetime
    person: Person
    state: "ImportState"
    content: Mapping[str, Any]


class ImportState(StrEnum):
    """Whether an import still waits."""

    OPEN = "open"
    TAKEN = "taken"
    DISCARDED = "discarded"


def own_changes(
    user_id: UserId | None, heads: Iterable[Head], in_force: Collection[tuple[EntryId, int]]
) -> tuple[EntryId, ...]:
    """Return the entries whose new version or retirement is this person's own work, which another one has to approve.

    ``heads`` are the newest versions that are no drafts; ``in_force`` the ids and versions of the publication in force.
    """
    if user_id is None:
        return ()
    return tuple(h.entry.id for h in heads if user_id == _changed_by(h, in_force))


def _changed_by(head: Head, in_force: Collection[tuple[EntryId, int]]) -> UserId | None:
    held = (head.entry.id, head.entry.version) in in_force
    if head.retired:
        return head.retired_by if any(head.entry.id == entry_id for entry_id, _ in in_force) else None
    return None if held or head.state is VersionState.APPROVED else head.author
