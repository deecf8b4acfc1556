"""Approved values of policy facts in SQL."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from assistant.persistence.tables.knowledge import facts


class SqlFacts:
    """The fact repository of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def approved(self) -> dict[str, int]:
        return {row.name: row.value for row in self._connection.execute(select(facts))}

    def approve(self, values: Mapping[str, int], at: datetime) -> None:
        for name, value in values.items():
            self._connection.execute(delete(facts).where(facts.c.name == name))
            self._connection.execute(insert(facts).values(name=name, value=value, approved_at=at))
