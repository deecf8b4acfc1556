"""What the editors' desk needs stored beside entries: its record, imports that wait, and checks before publishing."""

from typing import Protocol

from assistant.domain.editing import DeskAct
from assistant.domain.identifiers import EntryId
from assistant.domain.publishing import ImportState, QuestionCheck, StoredImport


class ActRepository(Protocol):
    """The record of what was done at the desk; nothing is ever taken out of it."""

    def record(self, act: DeskAct) -> None:
        """Add an act at the end."""

    def newest(self, at_most: int, entry_id: EntryId | None = None) -> tuple[DeskAct, ...]:
        """Return the last acts, of one entry or of all, newest first."""


class ImportRepository(Protocol):
    """Documents that were read and wait for decisions."""

    def add(self, stored: StoredImport) -> None:
        """Keep one."""

    def get(self, import_id: str) -> StoredImport | None:
        """Return one, whatever became of it."""

    def newest(self, at_most: int) -> tuple[StoredImport, ...]:
        """Return the last ones, newest first; their content is left out."""

    def close(self, import_id: str, state: ImportState) -> None:
        """Note what became of one, and forget its content."""


class CheckRepository(Protocol):
    """How far the known questions were asked of two sets."""

    def get(self, old_hash: str, new_hash: str) -> QuestionCheck | None:
        """Return the check of these two sets, if one was begun."""

    def put(self, check: QuestionCheck) -> None:
        """Store a check, or how far it is by now."""
