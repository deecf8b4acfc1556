"""Storing a row, or changing the one that is there, in one statement that no other transaction can come between."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

# each database has its own spelling of "insert, or else change what is there"
_INSERTS: Mapping[str, Callable[[Table], Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def upsert(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    changed: Callable[[Any], Mapping[str, Any]],
) -> None:
    """Insert rows; where a primary key is taken, set what ``changed`` makes of the row that was to be inserted."""
    statement = _INSERTS[connection.dialect.name](table).values(rows)
    keys = list(table.primary_key.columns)
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed(statement.excluded)))
