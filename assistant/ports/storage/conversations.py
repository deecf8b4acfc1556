"""Storage of conversations: the event log, the state folded from it, the stored replies and the tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from assistant.domain.analytics import TaskCount
from assistant.domain.identifiers import ConversationId, TaskId, UserId
from assistant.ports.conversations import Task, Turn
from assistant.ports.storage import Unit
from assistant.ports.storage.feedback import FeedbackRows
from assistant.ports.storage.hand_offs import HandOffRows


@dataclass(frozen=True)
class ConversationRecord:
    """A conversation as stored.

    ``version`` is the number of events; ``state`` is their fold, kept so that the log need not be read again on every
    turn; ``owner`` is None for a signed-out visitor.
    """

    id: ConversationId
    owner: UserId | None
    version: int
    state: dict[str, Any]


@dataclass(frozen=True)
class StoredReply:
    """One message and its reply. ``request_hash`` tells a redelivery from another message under the same id."""

    message_id: str
    request_hash: str
    at: datetime
    said: str
    turn: Turn


class ConversationUnit(Unit, Protocol):
    """One transaction over conversations."""

    @property
    def hand_offs(self) -> HandOffRows: ...

    @property
    def feedback(self) -> FeedbackRows: ...

    def add(self, record: ConversationRecord, at: datetime) -> None:
        """Store a new conversation."""

    def find(self, conversation_id: ConversationId) -> ConversationRecord | None:
        """Return a conversation, or None."""

    def latest_of(self, owner: UserId) -> ConversationId | None:
        """Return the conversation this user used last, or None."""

    def append(
        self, record: ConversationRecord, events: list[dict[str, Any]], state: dict[str, Any], at: datetime
    ) -> bool:
        """Append events to the version that was read and store the new state; False if somebody was faster.

        ``record`` is what was read, with the owner to store.
        """

    def events(self, conversation_id: ConversationId) -> list[dict[str, Any]]:
        """Return the whole log in order."""

    def add_reply(self, conversation_id: ConversationId, reply: StoredReply) -> None:
        """Store a reply. Raises Conflict where the message has one; the unit is then of no more use."""

    def find_reply(self, conversation_id: ConversationId, message_id: str) -> StoredReply | None:
        """Return the reply to a message, or None."""

    def replies(self, conversation_id: ConversationId, limit: int) -> list[StoredReply]:
        """Return the last replies, oldest first."""

    def put_task(self, owner: UserId, task: Task, at: datetime, step: str | None = None) -> None:
        """Store or replace a task's present form, for its owner's list; ``step`` is the slot that it is asking for."""

    def tasks_of(self, owner: UserId, limit: int) -> list[Task]:
        """Return this user's tasks, latest first."""

    def find_task(self, owner: UserId, task_id: TaskId) -> Task | None:
        """Return one of this user's tasks, or None."""

    def task_counts(self, first: date, last: date) -> Sequence[TaskCount]:
        """Count everybody's tasks that were begun on these days (UTC), by workflow and how far they came."""
