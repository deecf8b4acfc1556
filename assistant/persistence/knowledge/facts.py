"""Approved values of policy facts in SQL."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from assistant.persistence.tables.knowledge import facts
from assistant.persistence.upserts import upsert


class SqlFacts:
    """The fact repository of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def approved(self) -> dict[str, int]:
        return {row.name: row.value for row in self._connection.execute(select(facts))}

    def approve(self, values: Mapping[str, int], at: datetime) -> None:
        rows = [{"name": name, "value": values[name], "approved_at": at} for name in sorted(values)]
        if rows:
            upsert(
                self._connection,
                facts,
                rows,
                lambda new: {"value": new.value, "approved_at": new.approved_at},
            )
