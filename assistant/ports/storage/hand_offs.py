"""Storage of hand-off cases: each as it stands, and its acts, which are only ever added."""

from collections.abc import Iterable
from typing import Protocol

from assistant.domain.audit import ChainedEntry
from assistant.domain.hand_offs import HandOff, HandOffState
from assistant.domain.identifiers import ConversationId, HandOffId, UserId


class HandOffRows(Protocol):
    """Cases and their acts."""

    def add(self, case: HandOff, opening: ChainedEntry) -> None:
        """Store a new case with its first act."""

    def find(self, reference: HandOffId) -> HandOff | None:
        """Return a case, or None."""

    def save(self, before: HandOff, after: HandOff, act: ChainedEntry) -> bool:
        """Store a case as one act leaves it, if it is still in the version and state it was read in; else False."""

    def acts(self, reference: HandOffId) -> tuple[ChainedEntry, ...]:
        """Return everything done with a case, in order."""

    def listed(
        self,
        states: Iterable[HandOffState],
        *,
        holder: UserId | None,
        words: Iterable[str],
        flow: str | None,
        limit: int,
    ) -> tuple[HandOff, ...]:
        """Return cases in these states, first opened first where they are live, else last changed first.

        All ``words`` have to stand in subject, customer, asker or reference, whatever the case; None is any holder or flow.
        """

    def of_owner(self, owner: UserId, limit: int) -> tuple[HandOff, ...]:
        """Return a user's own cases, last changed first."""

    def unread(self, owner: UserId) -> int:
        """Return in how many of a user's cases something is unread."""

    def mark_read(self, conversation_id: ConversationId) -> None:
        """Store that everything in the cases of a conversation was read."""

    def references(self) -> tuple[HandOffId, ...]:
        """Return the references of all cases, for checking their acts."""
