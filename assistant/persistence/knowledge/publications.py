"""Publications in SQL, and the order in which they were put in force."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, insert, select

from assistant.domain.editing import COMMAND_LINE, Person
from assistant.domain.entries import Entry, Publication
from assistant.domain.identifiers import EntryId
from assistant.persistence.failures import conflict_where_taken
from assistant.persistence.knowledge.rows import entry_of
from assistant.persistence.reading import read_once
from assistant.persistence.tables.knowledge import publication_entries, publications, switches, versions


def _switches() -> Select[Any]:
    return select(switches, publications.c.size).join(publications, publications.c.hash == switches.c.hash)


# read with every question and every change, so it is put together once
_IN_FORCE = _switches().order_by(switches.c.number.desc()).limit(1)


class SqlPublications:
    """The publication repository of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def in_force(self) -> Publication | None:
        return read_once(self._connection, "in force", lambda: self._first(_IN_FORCE))

    def at(self, number: int) -> Publication | None:
        return self._first(_switches().where(switches.c.number == number))

    def all(self) -> tuple[Publication, ...]:
        rows = self._connection.execute(_switches().order_by(switches.c.number.desc()))
        return tuple(_publication(row) for row in rows)

    def held(self, entry_id: EntryId) -> tuple[tuple[datetime, bool], ...]:
        member = (publication_entries.c.hash == switches.c.hash) & (
            publication_entries.c.entry_id == entry_id
        )
        statement = (
            select(switches.c.at, publication_entries.c.version)
            .outerjoin(publication_entries, member)
            .order_by(switches.c.number)
        )
        return tuple((row.at, row.version is not None) for row in self._connection.execute(statement))

    def entries(self, publication_hash: str) -> tuple[Entry, ...]:
        statement = (
            select(versions)
            .join(
                publication_entries,
                (publication_entries.c.entry_id == versions.c.entry_id)
                & (publication_entries.c.version == versions.c.version),
            )
            .where(publication_entries.c.hash == publication_hash)
            .order_by(versions.c.entry_id)
        )
        return tuple(entry_of(row) for row in self._connection.execute(statement))

    def add(self, publication_hash: str, entries: Sequence[Entry], at: datetime) -> None:
        known = select(publications.c.hash).where(publications.c.hash == publication_hash)
        if self._connection.scalar(known):
            return
        row = {"hash": publication_hash, "size": len(entries), "created_at": at}
        self._insert(publications, [row])
        members = [{"hash": publication_hash, "entry_id": e.id, "version": e.version} for e in entries]
        if members:
            self._insert(publication_entries, members)

    def put_in_force(
        self,
        publication_hash: str,
        at: datetime,
        back: int | None,
        by: Person = COMMAND_LINE,
        reason: str = "",
    ) -> Publication:
        current = self.in_force()
        number = current.number + 1 if current else 1
        done = {"person_id": by.user_id, "person": by.name, "reason": reason}
        self._insert(switches, [{"number": number, "hash": publication_hash, "back": back, "at": at, **done}])
        switched = self.at(number)
        assert switched is not None
        return switched

    def _insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        message = "Somebody else published at the same moment; try again."
        with conflict_where_taken(message, table.primary_key):
            self._connection.execute(insert(table), rows)

    def _first(self, statement: Select[Any]) -> Publication | None:
        row = self._connection.execute(statement).first()
        return _publication(row) if row else None


def _publication(row: Row[Any]) -> Publication:
    return Publication(
        hash=row.hash,
        number=row.number,
        at=row.at,
        size=row.size,
        back=row.back,
        person=row.person or "",
        reason=row.reason or "",
    )
