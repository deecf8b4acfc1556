"""Feedback on answers in SQL."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, or_, select

from assistant.domain.entries import AnswerKind
from assistant.domain.feedback import Feedback, Opinion, Reason
from assistant.domain.identifiers import EntryId
from assistant.persistence.tables.feedback import feedback
from assistant.persistence.upserts import upsert


class SqlFeedback:
    """The feedback of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, given: Feedback) -> None:
        """Keep an opinion; one that the same visitor gave of the same answer before is replaced."""
        row = {
            "key": given.key,
            "at": given.at,
            "entry_id": given.entry_id,
            "version": given.version,
            "question": given.question,
            "kind": given.kind.value,
            "helpful": given.opinion.helpful,
            "reason": given.opinion.reason.value if given.opinion.reason else None,
            "comment": given.opinion.comment,
            "role": given.role,
        }
        changing = [name for name in row if name != "key"]
        upsert(self._connection, feedback, [row], lambda new: {name: new[name] for name in changing})

    def find(self, key: str) -> Opinion | None:
        """Return what was said under this key, or None."""
        row = self._connection.execute(select(feedback).where(feedback.c.key == key)).one_or_none()
        return _feedback(row).opinion if row else None

    def forget_before(self, at: datetime) -> None:
        """Take out what is older."""
        self._connection.execute(delete(feedback).where(feedback.c.at < at))

    def counts(self, since: datetime, before: datetime) -> list[tuple[EntryId, bool, Reason | None, int]]:
        """Return the number of opinions by entry, helpfulness and reason, of ``since`` up to ``before``."""
        columns = (feedback.c.entry_id, feedback.c.helpful, feedback.c.reason)
        rows = self._connection.execute(
            select(*columns, func.count().label("times"))
            .where(feedback.c.at >= since, feedback.c.at < before)
            .group_by(*columns)
        )
        return [
            (EntryId(r.entry_id), r.helpful, Reason(r.reason) if r.reason else None, r.times) for r in rows
        ]

    def remarks(self, since: datetime, before: datetime, limit: int) -> list[Feedback]:
        """Return the newest unhelpful ones with a reason or a comment, of ``since`` up to ``before``."""
        rows = self._connection.execute(
            select(feedback)
            .where(feedback.c.at >= since, feedback.c.at < before, feedback.c.helpful.is_(False))
            .where(or_(feedback.c.comment != "", feedback.c.reason.is_not(None)))
            .order_by(feedback.c.at.desc(), feedback.c.key)
            .limit(limit)
        )
        return [_feedback(row) for row in rows]


def _feedback(row: Row[Any]) -> Feedback:
    return Feedback(
        key=row.key,
        entry_id=EntryId(row.entry_id),
        version=row.version,
        question=row.question,
        kind=AnswerKind(row.kind),
        opinion=Opinion(row.helpful, Reason(row.reason) if row.reason else None, row.comment),
        role=row.role,
        at=row.at,
    )
