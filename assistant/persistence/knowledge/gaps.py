"""Gaps in SQL: questions that nothing answered, with how often and by how many they were asked."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from assistant.domain.entries import Gap
from assistant.persistence.failures import conflict_where_taken
from assistant.persistence.locks import serialise
from assistant.persistence.tables.knowledge import gap_askers, gaps


class SqlGaps:
    """The gap repository of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(
        self, question: str, key: str, missing: tuple[str, ...], asker: str | None, at: datetime
    ) -> str:
        # two who look for the next number at once would find the same
        serialise(self._connection, "gaps")
        number = self._connection.scalar(select(gaps.c.number).where(gaps.c.key == key))
        if number is None:
            number = self._add(question, key, missing, at)
        else:
            counted = update(gaps).where(gaps.c.number == number)
            self._connection.execute(counted.values(count=gaps.c.count + 1, last_at=at))
        if asker:
            self._note_asker(number, asker)
        return _gap_id(number)

    def all(self) -> tuple[Gap, ...]:
        askers = (
            select(gap_askers.c.number, func.count().label("askers")).group_by(gap_askers.c.number).subquery()
        )
        statement = (
            select(gaps, gaps.c.count.label("times"), func.coalesce(askers.c.askers, 0).label("askers"))
            .outerjoin(askers, askers.c.number == gaps.c.number)
            .order_by(gaps.c.count.desc(), gaps.c.number)
        )
        return tuple(
            Gap(_gap_id(row.number), row.question, row.times, row.askers, tuple(row.missing), row.last_at)
            for row in self._connection.execute(statement)
        )

    def askers(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for row in self._connection.execute(select(gap_askers)):
            found.setdefault(_gap_id(row.number), set()).add(row.asker)
        return {gap: frozenset(askers) for gap, askers in found.items()}

    def _add(self, question: str, key: str, missing: tuple[str, ...], at: datetime) -> int:
        number: int = (self._connection.scalar(select(func.max(gaps.c.number))) or 0) + 1
        row = {"number": number, "key": key, "question": question, "missing": list(missing)}
        message = "Somebody else recorded a gap at the same moment; try again."
        with conflict_where_taken(message, gaps.primary_key, [gaps.c.key]):
            self._connection.execute(insert(gaps).values(**row, count=1, last_at=at))
        return number

    def _note_asker(self, number: int, asker: str) -> None:
        known = select(gap_askers.c.number).where(gap_askers.c.number == number, gap_askers.c.asker == asker)
        if self._connection.scalar(known) is None:
            self._connection.execute(insert(gap_askers).values(number=number, asker=asker))


def _gap_id(number: int) -> str:
    return f"Q-{number:04d}"
