"""Storage of security events, in one chain for the whole instance."""

from datetime import datetime
from typing import Protocol

from assistant.domain.audit import AuditHead, ChainedEntry
from assistant.domain.identifiers import UserId
from assistant.domain.security_events import RecordedEvent, SecurityEvent


class Events(Protocol):
    """The record of security events; nothing changes or deletes one.

    What is recorded is written when the unit commits, as the last thing it does: the chain has one end, and whoever holds
    it must not wait for anything else.
    """

    def record(
        self,
        event: SecurityEvent,
        at: datetime,
        user_id: UserId | None,
        address: str = "",
        actor_id: UserId | None = None,
    ) -> None:
        """Add one; ``actor_id`` is who did it where that is not the user it is about."""

    def all(self) -> tuple[RecordedEvent, ...]:
        """Return all, oldest first."""

    def newest(self, at_most: int, user_id: UserId | None = None) -> tuple[RecordedEvent, ...]:
        """Return the last ones, of one user or of all, newest first."""

    def chain(self) -> tuple[ChainedEntry, ...]:
        """Return the chained events in their order."""

    def head(self) -> AuditHead:
        """Return the stored end of the chain."""
