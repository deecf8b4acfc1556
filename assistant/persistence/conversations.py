"""Conversations in tables."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Row, ScalarSelect, Table, bindparam, func, insert, or_, select, update

from assistant.domain.analytics import CHECK_STEP, CODE_STEP, TaskCount
from assistant.domain.identifiers import ConversationId, TaskId, UserId
from assistant.persistence.database import SqlUnit
from assistant.persistence.failures import conflict_where_taken
from assistant.persistence.feedback import SqlFeedback
from assistant.persistence.hand_offs import SqlHandOffs
from assistant.persistence.tables.conversations import (
    conversation_events,
    conversation_replies,
    conversations,
    tasks,
)
from assistant.ports.conversations import Task
from assistant.ports.storage.conversations import ConversationRecord, StoredReply

_STEPS = {"confirm": CHECK_STEP, "stepup": CODE_STEP}
_CHECKED = frozenset({"confirm", "stepup", "committing", "unknown", "done"})
"""The phases that a task comes to only by its check page."""


def _after_highest(table: Table, column: str, within: str | None = None) -> ScalarSelect[int]:
    """Return the number after the highest of a column, among all rows or those whose ``within`` is the parameter ``among``."""
    before = table.alias("before")
    found = select(func.coalesce(func.max(before.c[column]), 0) + 1)
    return (found.where(before.c[within] == bindparam("among")) if within else found).scalar_subquery()


# these are executed with every turn, so they are put together once
_FIND = select(
    conversations.c.id, conversations.c.owner, conversations.c.version, conversations.c.state
).where(conversations.c.id == bindparam("wanted"))
_ADD = insert(conversations).values(used_order=_after_highest(conversations, "used_order"))
_MOVE = (
    update(conversations)
    .where(
        conversations.c.id == bindparam("moved"),
        conversations.c.version == bindparam("read"),
        or_(conversations.c.owner.is_(None), conversations.c.owner == bindparam("by")),
    )
    .values(used_order=_after_highest(conversations, "used_order"))
)
_ADD_EVENTS = insert(conversation_events)
_ADD_REPLY = insert(conversation_replies).values(
    position=_after_highest(conversation_replies, "position", within="conversation_id")
)
_FIND_REPLY = select(conversation_replies).where(
    conversation_replies.c.conversation_id == bindparam("conversation"),
    conversation_replies.c.message_id == bindparam("message"),
)
_CHANGE_TASK = (
    update(tasks)
    .where(tasks.c.id == bindparam("changed"), tasks.c.owner == bindparam("of"))
    .values(updated_order=_after_highest(tasks, "updated_order"))
)
_ADD_TASK = insert(tasks).values(updated_order=_after_highest(tasks, "updated_order"))


class SqlConversationUnit(SqlUnit):
    """One transaction over conversations."""

    @property
    def hand_offs(self) -> SqlHandOffs:
        """The cases that were handed over from conversations."""
        return SqlHandOffs(self.connection)

    @property
    def feedback(self) -> SqlFeedback:
        """What readers said of answers."""
        return SqlFeedback(self.connection)

    def add(self, record: ConversationRecord, at: datetime) -> None:
        """Store a new conversation."""
        values = {"id": record.id, "owner": record.owner, "version": record.version, "state": record.state}
        self.connection.execute(_ADD, {**values, "created_at": at, "used_at": at})

    def find(self, conversation_id: ConversationId) -> ConversationRecord | None:
        """Return a conversation, or None."""
        row = self.connection.execute(_FIND, {"wanted": conversation_id}).one_or_none()
        if row is None:
            return None
        owner = UserId(row.owner) if row.owner else None
        return ConversationRecord(ConversationId(row.id), owner, row.version, row.state)

    def latest_of(self, owner: UserId) -> ConversationId | None:
        """Return the conversation this user used last, or None."""
        found = self.connection.scalar(
            select(conversations.c.id)
            .where(conversations.c.owner == owner)
            .order_by(conversations.c.used_order.desc())
            .limit(1)
        )
        return ConversationId(found) if found else None

    def append(
        self, record: ConversationRecord, events: list[dict[str, Any]], state: dict[str, Any], at: datetime
    ) -> bool:
        """Append events if version and owner are still those read; the conditional update decides the race."""
        read = {"moved": record.id, "read": record.version, "by": record.owner}
        now = {"owner": record.owner, "version": record.version + len(events), "state": state, "used_at": at}
        moved = self.connection.execute(_MOVE, {**read, **now})
        if moved.rowcount != 1:
            return False
        if events:
            self.connection.execute(
                _ADD_EVENTS,
                [
                    {"conversation_id": record.id, "position": record.version + n, "event": event, "at": at}
                    for n, event in enumerate(events, start=1)
                ],
            )
        return True

    def events(self, conversation_id: ConversationId) -> list[dict[str, Any]]:
        """Return the whole log in order."""
        rows = self.connection.scalars(
            select(conversation_events.c.event)
            .where(conversation_events.c.conversation_id == conversation_id)
            .order_by(conversation_events.c.position)
        )
        return list(rows)

    def add_reply(self, conversation_id: ConversationId, reply: StoredReply) -> None:
        """Store a reply. Raises Conflict where the message has one."""
        with conflict_where_taken("This message has its reply.", conversation_replies.primary_key):
            where = {"conversation_id": conversation_id, "among": conversation_id}
            self.connection.execute(_ADD_REPLY, {**where, **vars(reply)})

    def find_reply(self, conversation_id: ConversationId, message_id: str) -> StoredReply | None:
        """Return the reply to a message, or None."""
        wanted = {"conversation": conversation_id, "message": message_id}
        row = self.connection.execute(_FIND_REPLY, wanted).one_or_none()
        return _reply(row) if row is not None else None

    def replies(self, conversation_id: ConversationId, limit: int) -> list[StoredReply]:
        """Return the last replies, oldest first."""
        rows = self.connection.execute(
            select(conversation_replies)
            .where(conversation_replies.c.conversation_id == conversation_id)
            .order_by(conversation_replies.c.position.desc())
            .limit(limit)
        )
        return [_reply(row) for row in reversed(rows.all())]

    def put_task(self, owner: UserId, task: Task, at: datetime, step: str | None = None) -> None:
        """Store or replace a task's present form, and how far it came."""
        values = {"task": task, "updated_at": at, **_how_far(task, step)}
        changed = self.connection.execute(_CHANGE_TASK, {"changed": task["id"], "of": owner, **values})
        if changed.rowcount == 0:
            new = {
                "id": task["id"],
                "owner": owner,
                "conversation_id": task["conversation"],
                "begun_on": at.astimezone(UTC).date(),
                "flow": task["flow"],
            }
            self.connection.execute(_ADD_TASK, {**new, **values})

    def tasks_of(self, owner: UserId, limit: int) -> list[Task]:
        """Return this user's tasks, latest first."""
        rows = self.connection.scalars(
            select(tasks.c.task)
            .where(tasks.c.owner == owner)
            .order_by(tasks.c.updated_order.desc())
            .limit(limit)
        )
        return list(rows)

    def find_task(self, owner: UserId, task_id: TaskId) -> Task | None:
        """Return one of this user's tasks, or None."""
        found: Task | None = self.connection.scalar(
            select(tasks.c.task).where(tasks.c.owner == owner, tasks.c.id == task_id)
        )
        return found

    def task_counts(self, first: date, last: date) -> list[TaskCount]:
        """Count everybody's tasks that were begun on these days, by workflow and how far they came."""
        named = (tasks.c.flow, tasks.c.phase, tasks.c.step, tasks.c.checked)
        # grouped by day as well, the rows come in the order of the index and need no sorting
        by_day = (
            select(*named, func.count().label("times"))
            .where(tasks.c.begun_on.between(first, last))
            .group_by(tasks.c.begun_on, *named)
            .subquery()
        )
        summed = [by_day.c[column.name] for column in named]
        rows = self.connection.execute(
            select(*summed, func.sum(by_day.c.times).label("times")).group_by(*summed)
        )
        return [
            TaskCount(row.flow, row.phase, row.step or "", bool(row.checked), int(row.times)) for row in rows
        ]


def _how_far(task: Task, step: str | None) -> dict[str, Any]:
    """Return what tells how far a task came; where it stood before stays when it now stands nowhere."""
    phase = task["phase"]
    far: dict[str, Any] = {"phase": phase}
    if at_step := _STEPS.get(phase) or step:
        far["step"] = at_step
    if phase in _CHECKED:
        far["checked"] = True
    return far


def _reply(row: Row[Any]) -> StoredReply:
    return StoredReply(row.message_id, row.request_hash, row.at, row.said, row.turn)
