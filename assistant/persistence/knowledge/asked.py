"""How often each entry was answered, in SQL."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from assistant.domain.identifiers import EntryId
from assistant.persistence.tables.knowledge import asked

# each database has its own spelling of "insert, or else add to what is there"
_INSERTS: Mapping[str, Callable[[Table], Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


class SqlAsked:
    """The counts of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, counts: Mapping[EntryId, int], at: datetime) -> None:
        if counts:
            self._connection.execute(adding(self._connection.dialect.name, counts, at))

    def counts(self) -> dict[EntryId, int]:
        rows = self._connection.execute(select(asked.c.entry_id, asked.c.count.label("times")))
        return {EntryId(row.entry_id): row.times for row in rows}


def adding(dialect: str, counts: Mapping[EntryId, int], at: datetime) -> Any:
    """Return the one statement that adds counts to those stored, whoever else is adding meanwhile."""
    # always in the same order, so that two processes that add to the same rows cannot wait for one another
    rows = [{"entry_id": entry_id, "count": counts[entry_id], "last_at": at} for entry_id in sorted(counts)]
    new = _INSERTS[dialect](asked).values(rows)
    total = {"count": asked.c.count + new.excluded.count, "last_at": new.excluded.last_at}
    return new.on_conflict_do_update(index_elements=[asked.c.entry_id], set_=total)
