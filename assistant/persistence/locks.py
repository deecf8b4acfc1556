"""Locks that are no rows: whoever holds one keeps others from doing the same kind of thing until the transaction ends."""

from sqlalchemy import Connection, func, select


def serialise(connection: Connection, key: str) -> None:
    """Wait for the lock of this name and hold it; on SQLite the one writer holds everything already."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
