"""Tries against a secret, as rows that throttles count."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from assistant.persistence.tables.identity import attempts


class SqlAttempts:
    """The ``Attempts`` repository."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def times(self, key: str, since: datetime) -> tuple[datetime, ...]:
        query = (
            select(attempts.c.at).where(attempts.c.key == key, attempts.c.at > since).order_by(attempts.c.at)
        )
        return tuple(self._connection.scalars(query))

    def add(self, key: str, at: datetime) -> int:
        inserted = self._connection.execute(insert(attempts).values(key=key, at=at)).inserted_primary_key
        assert inserted is not None
        return int(inserted[0])

    def remove(self, numbers: Sequence[int]) -> None:
        self._connection.execute(delete(attempts).where(attempts.c.id.in_(numbers)))

    def forget_before(self, key: str, instant: datetime) -> None:
        self._connection.execute(delete(attempts).where(attempts.c.key == key, attempts.c.at <= instant))

    def clear(self) -> int:
        return self._connection.execute(delete(attempts)).rowcount
