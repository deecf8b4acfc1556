"""How often each entry was answered, and what happened on each day, in SQL."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from assistant.domain.analytics import DayCount
from assistant.domain.identifiers import EntryId
from assistant.persistence.tables.knowledge import asked
from assistant.persistence.tables.knowledge_asking import days
from assistant.persistence.upserts import upsert


class SqlAsked:
    """The counts of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, counts: Mapping[EntryId, int], at: datetime) -> None:
        if not counts:
            return
        # always in the same order, so that two processes that add to the same rows cannot wait for one another
        rows = [{"entry_id": name, "count": counts[name], "last_at": at} for name in sorted(counts)]
        upsert(self._connection, asked, rows, _total)

    def counts(self) -> dict[EntryId, int]:
        rows = self._connection.execute(select(asked.c.entry_id, asked.c.count.label("times")))
        return {EntryId(row.entry_id): row.times for row in rows}

    def add_days(self, counts: Mapping[tuple[date, str], int]) -> None:
        if not counts:
            return
        rows = [
            {"day": day, "figure": figure, "count": counts[day, figure]} for day, figure in sorted(counts)
        ]
        upsert(self._connection, days, rows, lambda new: {"count": days.c.count + new.count})

    def days(self, first: date, last: date) -> tuple[DayCount, ...]:
        statement = select(days.c.day, days.c.figure, days.c.count.label("times"))
        rows = self._connection.execute(statement.where(days.c.day.between(first, last)))
        return tuple(DayCount(row.day, row.figure, row.times) for row in rows)


def _total(new: Any) -> dict[str, Any]:
    return {"count": asked.c.count + new.count, "last_at": new.last_at}
