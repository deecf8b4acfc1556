"""Entries and their versions in SQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from assistant.domain.editing import COMMAND_LINE, KeptVersion, Person
from assistant.domain.entries import Entry, EntryVersion, Head, VersionState
from assistant.domain.identifiers import EntryId, UserId
from assistant.persistence.failures import conflict_where_taken
from assistant.persistence.knowledge.rows import entry_of, source_of, version_row
from assistant.persistence.tables.knowledge import entries, versions

_BATCH = 500


class SqlEntries:
    """The entry repository of one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def heads(self, *, drafts: bool = True) -> tuple[Head, ...]:
        chosen = select(versions.c.entry_id, func.max(versions.c.version).label("version"))
        if not drafts:
            chosen = chosen.where(versions.c.state != VersionState.DRAFT.value)
        newest = chosen.group_by(versions.c.entry_id).subquery()
        statement = (
            select(
                versions,
                entries.c.collection,
                entries.c.retired,
                entries.c.retired_by,
                entries.c.successor,
            )
            .join(entries, entries.c.id == versions.c.entry_id)
            .join(
                newest,
                (newest.c.entry_id == versions.c.entry_id) & (newest.c.version == versions.c.version),
            )
            .order_by(versions.c.entry_id)
        )
        rows = self._connection.execute(statement)
        return tuple(_head(row) for row in rows)

    def add(
        self,
        entry: Entry,
        collection: str,
        at: datetime,
        author: Person = COMMAND_LINE,
        state: VersionState = VersionState.PROPOSED,
    ) -> None:
        row = version_row(entry) | {
            "state": state.value,
            "created_at": at,
            "approved_at": None,
            "author_id": author.user_id,
            "author": author.name,
        }
        message = f"Somebody else stored version {entry.version} of {entry.id} first."
        with conflict_where_taken(message, entries.primary_key, versions.primary_key):
            if entry.version == 1:
                self._connection.execute(
                    insert(entries).values(id=entry.id, collection=collection, retired=False)
                )
            else:
                self.move(entry.id, collection)
            self._connection.execute(insert(versions).values(**row))

    def propose(self, entry_id: EntryId, version: int) -> None:
        drafted = update(versions).where(
            versions.c.entry_id == entry_id,
            versions.c.version == version,
            versions.c.state == VersionState.DRAFT.value,
        )
        self._connection.execute(drafted.values(state=VersionState.PROPOSED.value))

    def move(self, entry_id: EntryId, collection: str) -> None:
        back = {"collection": collection, "retired": False, "retired_by": None, "successor": None}
        self._connection.execute(update(entries).where(entries.c.id == entry_id).values(back))

    def retire(
        self, entry_ids: Sequence[EntryId], by: Person = COMMAND_LINE, successor: EntryId | None = None
    ) -> None:
        values = {"retired": True, "retired_by": by.user_id, "successor": successor}
        for start in range(0, len(entry_ids), _BATCH):
            chosen = entries.c.id.in_(entry_ids[start : start + _BATCH])
            self._connection.execute(update(entries).where(chosen, ~entries.c.retired).values(values))

    def approve(self, approved: Mapping[EntryId, int], at: datetime, approver: Person = COMMAND_LINE) -> None:
        chosen = [{"of": entry_id, "numbered": version} for entry_id, version in approved.items()]
        statement = update(versions).where(
            versions.c.entry_id == bindparam("of"),
            versions.c.version == bindparam("numbered"),
            or_(*(versions.c.state == state.value for state in (VersionState.DRAFT, VersionState.PROPOSED))),
        )
        if chosen:
            values = {
                "state": VersionState.APPROVED.value,
                "approved_at": at,
                "approver_id": approver.user_id,
                "approver": approver.name,
            }
            self._connection.execute(statement.values(values), chosen)

    def withdrawn(self, entry_id: EntryId) -> Entry | None:
        statement = (
            select(versions)
            .join(entries, entries.c.id == versions.c.entry_id)
            .where(versions.c.entry_id == entry_id, entries.c.retired)
            .order_by(versions.c.version.desc())
            .limit(1)
        )
        row = self._connection.execute(statement).first()
        return entry_of(row) if row else None

    def successor(self, entry_id: EntryId) -> EntryId | None:
        found = self._connection.scalar(select(entries.c.successor).where(entries.c.id == entry_id))
        return EntryId(found) if found else None

    def history(self, entry_id: EntryId) -> tuple[EntryVersion, ...]:
        statement = (
            select(versions, entries.c.retired)
            .join(entries, entries.c.id == versions.c.entry_id)
            .where(versions.c.entry_id == entry_id)
            .order_by(versions.c.version.desc())
        )
        return tuple(
            EntryVersion(
                version=row.version,
                state=VersionState.RETIRED.value if row.retired else row.state,
                text=row.text,
                source=source_of(row),
                published=row.approved_at.date().isoformat() if row.approved_at else None,
            )
            for row in self._connection.execute(statement)
        )

    def approved(self, entry_id: EntryId) -> tuple[Entry, ...]:
        statement = (
            select(versions)
            .where(versions.c.entry_id == entry_id, versions.c.state == VersionState.APPROVED.value)
            .order_by(versions.c.version.desc())
        )
        return tuple(entry_of(row) for row in self._connection.execute(statement))

    def kept(self, entry_id: EntryId) -> tuple[KeptVersion, ...]:
        statement = (
            select(versions).where(versions.c.entry_id == entry_id).order_by(versions.c.version.desc())
        )
        return tuple(
            KeptVersion(
                entry_of(row),
                VersionState(row.state),
                row.created_at,
                _person(row.author_id, row.author),
                row.approved_at,
                _person(row.approver_id, row.approver),
            )
            for row in self._connection.execute(statement)
        )


def _person(user_id: str | None, name: str | None) -> Person | None:
    return Person(UserId(user_id) if user_id else None, name) if name else None


def _head(row: Row[Any]) -> Head:
    return Head(
        entry_of(row),
        row.collection,
        VersionState(row.state),
        row.retired,
        author=UserId(row.author_id) if row.author_id else None,
        retired_by=UserId(row.retired_by) if row.retired_by else None,
        successor=EntryId(row.successor) if row.successor else None,
    )
