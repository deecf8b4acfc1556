"""Gaps in SQL: questions that nothing answered, with how often and by how many they were asked."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from assistant.domain.editing import Person
from assistant.domain.entries import Gap
from assistant.domain.gaps import GapAct, GapActed
from assistant.domain.identifiers import EntryId, UserId
from assistant.persistence.failures import conflict_where_taken
from assistant.persistence.locks import serialise
from assistant.persistence.tables.knowledge import gap_askers, gaps
from assistant.persistence.tables.knowledge_asking import gap_acts

_WRITTEN = re.compile(r"Q-([0-9]{4,9})")
_LONGEST_NAME = 200
_LONGEST_TOLD = 500


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

    def all(self, since: datetime | None = None, limit: int | None = None) -> tuple[Gap, ...]:
        wanted = _gaps().order_by(gaps.c.count.desc(), gaps.c.last_at.desc(), gaps.c.number).limit(limit)
        if since is not None:
            wanted = wanted.where(gaps.c.last_at >= since)
        return tuple(_gap(row) for row in self._connection.execute(wanted))

    def find(self, gap_id: str) -> Gap | None:
        number = _number(gap_id)
        if number is None:
            return None
        row = self._connection.execute(_gaps().where(gaps.c.number == number)).one_or_none()
        return _gap(row) if row else None

    def askers(self, since: datetime | None = None) -> dict[str, frozenset[str]]:
        wanted = select(gap_askers)
        if since is not None:
            wanted = wanted.join(gaps, gaps.c.number == gap_askers.c.number).where(gaps.c.last_at >= since)
        found: dict[str, set[str]] = {}
        for row in self._connection.execute(wanted):
            found.setdefault(_gap_id(row.number), set()).add(row.asker)
        return {gap: frozenset(askers) for gap, askers in found.items()}

    def record_acts(self, acts: Sequence[GapActed]) -> None:
        # two who look for the next place at once would find the same
        serialise(self._connection, "gap acts")
        seq = self._connection.scalar(select(func.max(gap_acts.c.seq))) or 0
        rows = [_act_row(seq + n, acted) for n, acted in enumerate(acts, start=1)]
        self._connection.execute(insert(gap_acts), rows)

    def acts(self, gap_id: str | None = None) -> tuple[GapActed, ...]:
        wanted = select(gap_acts).order_by(gap_acts.c.seq)
        if gap_id is not None:
            wanted = wanted.where(gap_acts.c.number == _number(gap_id))
        return tuple(_acted(row) for row in self._connection.execute(wanted))

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


def _gaps() -> Select[Any]:
    askers = (
        select(func.count())
        .where(gap_askers.c.number == gaps.c.number)
        .correlate(gaps)
        .scalar_subquery()
        .label("askers")
    )
    return select(gaps, gaps.c.count.label("times"), askers)


def _gap(row: Row[Any]) -> Gap:
    return Gap(_gap_id(row.number), row.question, row.times, row.askers, tuple(row.missing), row.last_at)


def _act_row(seq: int, acted: GapActed) -> dict[str, Any]:
    return {
        "seq": seq,
        "number": _number(acted.gap),
        "at": acted.at,
        "person_id": acted.person.user_id,
        "person": acted.person.name[:_LONGEST_NAME],
        "act": acted.act.value,
        "entry_id": acted.entry_id,
        "owner": acted.owner[:_LONGEST_NAME],
        "due": acted.due,
        "told": acted.told[:_LONGEST_TOLD],
    }


def _acted(row: Row[Any]) -> GapActed:
    return GapActed(
        gap=_gap_id(row.number),
        at=row.at,
        person=Person(UserId(row.person_id) if row.person_id else None, row.person),
        act=GapAct(row.act),
        entry_id=EntryId(row.entry_id) if row.entry_id else None,
        owner=row.owner,
        due=row.due,
        told=row.told,
    )


def _gap_id(number: int) -> str:
    return f"Q-{number:04d}"


def _number(gap_id: str) -> int | None:
    written = _WRITTEN.fullmatch(gap_id)
    return int(written[1]) if written else None
