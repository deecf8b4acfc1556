"""The editors' desk in SQL: its record, imports that wait, and checks before publishing."""

from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from assistant.domain.editing import Act, DeskAct, Person
from assistant.domain.entries import AnswerKind
from assistant.domain.identifiers import EntryId, UserId
from assistant.domain.publishing import ImportState, Moved, QuestionCheck, StoredImport
from assistant.persistence.tables.knowledge_desk import acts, checks, imports
from assistant.persistence.upserts import upsert

_LONGEST = 500
_LONGEST_NAME = 200


class SqlActs:
    """The record over one connection; whoever writes holds the desk's lock, so that places are given one by one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, act: DeskAct) -> None:
        seq = (self._connection.scalar(select(func.max(acts.c.seq))) or 0) + 1
        self._connection.execute(
            insert(acts).values(
                seq=seq,
                at=act.at,
                person_id=act.person.user_id,
                person=act.person.name[:_LONGEST_NAME],
                act=act.act.value,
                entry_id=act.entry_id,
                version=act.version,
                told=act.told[:_LONGEST],
            )
        )

    def newest(self, at_most: int, entry_id: EntryId | None = None) -> tuple[DeskAct, ...]:
        statement = select(acts).order_by(acts.c.seq.desc()).limit(at_most)
        if entry_id is not None:
            statement = statement.where(acts.c.entry_id == entry_id)
        return tuple(_act(row) for row in self._connection.execute(statement))


def _act(row: Row[Any]) -> DeskAct:
    return DeskAct(
        at=row.at,
        person=Person(UserId(row.person_id) if row.person_id else None, row.person),
        act=Act(row.act),
        entry_id=EntryId(row.entry_id) if row.entry_id else None,
        version=row.version,
        told=row.told,
    )


class SqlImports:
    """Imports over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, stored: StoredImport) -> None:
        self._connection.execute(
            insert(imports).values(
                id=stored.id,
                file=stored.file[:_LONGEST_NAME],
                document=stored.document[:_LONGEST_NAME],
                created_at=stored.created_at,
                person_id=stored.person.user_id or "",
                person=stored.person.name[:_LONGEST_NAME],
                state=stored.state.value,
                content=dict(stored.content),
            )
        )

    def get(self, import_id: str) -> StoredImport | None:
        row = self._connection.execute(select(imports).where(imports.c.id == import_id)).first()
        return _import(row, row.content) if row else None

    def newest(self, at_most: int) -> tuple[StoredImport, ...]:
        columns = [column for column in imports.c if column.name != "content"]
        statement = select(*columns).order_by(imports.c.created_at.desc(), imports.c.id).limit(at_most)
        return tuple(_import(row, {}) for row in self._connection.execute(statement))

    def close(self, import_id: str, state: ImportState) -> None:
        closed = update(imports).where(imports.c.id == import_id)
        self._connection.execute(closed.values(state=state.value, content={}))


def _import(row: Row[Any], content: dict[str, Any]) -> StoredImport:
    person = Person(UserId(row.person_id) if row.person_id else None, row.person)
    return StoredImport(
        row.id, row.file, row.document, row.created_at, person, ImportState(row.state), content
    )


class SqlChecks:
    """Checks over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, old_hash: str, new_hash: str) -> QuestionCheck | None:
        statement = select(checks).where(checks.c.old_hash == old_hash, checks.c.new_hash == new_hash)
        row = self._connection.execute(statement).first()
        if row is None:
            return None
        moved = tuple(_moved(item) for item in row.rerouted)
        return QuestionCheck(
            old_hash, new_hash, row.created_at, row.person, row.asked, row.total, row.known, moved
        )

    def put(self, check: QuestionCheck) -> None:
        row = {
            "old_hash": check.old_hash,
            "new_hash": check.new_hash,
            "created_at": check.created_at,
            "person": check.person[:_LONGEST_NAME],
            "asked": check.asked,
            "total": check.total,
            "known": check.known,
            "rerouted": [_moved_row(moved) for moved in check.moved],
        }
        changing = ("created_at", "person", "asked", "total", "known", "rerouted")
        upsert(self._connection, checks, [row], lambda new: {name: new[name] for name in changing})


def _moved_row(moved: Moved) -> list[str | None]:
    return [moved.question, moved.old_kind.value, moved.old_entry, moved.new_kind.value, moved.new_entry]


def _moved(row: list[Any]) -> Moved:
    question, old_kind, old_entry, new_kind, new_entry = row
    return Moved(
        question,
        AnswerKind(old_kind),
        EntryId(old_entry) if old_entry else None,
        AnswerKind(new_kind),
        EntryId(new_entry) if new_entry else None,
    )
