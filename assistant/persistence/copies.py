"""Copying a whole database, table by table: throw-away copies, backup and restore, on every database alike."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import URL, Connection, Table, func, insert, select

from assistant.domain.errors import Conflict, DatabaseOutdated
from assistant.persistence import schema
from assistant.persistence.database import Database
from assistant.persistence.row_security import EVERY_PARTNERS
from assistant.persistence.tables import metadata
from assistant.persistence.tables.identity import second_factors

_BATCH = 1000
_MAGIC = b"SQLite format 3\0"


def copy_to_file(source: Database, path: Path) -> Database:
    """Write a consistent copy of the database to a new SQLite file and return it open.

    Raises Conflict if the file exists, DatabaseOutdated if there is nothing whole to copy.
    """
    if path.exists():
        raise Conflict(f"{path} exists already; name a file that does not.")
    if not schema.is_current(source):
        raise DatabaseOutdated("The database is not up to date. Run: assistant db upgrade")
    target = Database(_address(path))
    schema.upgrade(target)
    _copy_rows(source, target)
    return target


def restore_from_file(
    path: Path, target: Database, open_sealed: Callable[[str, str], object] = lambda _sealed, _owner: None
) -> None:
    """Fill an empty, up-to-date database from a copy. Raises Conflict if it holds rows already.

    ``open_sealed`` gets every sealed secret and its owner before anything is copied, and raises what stops the restore.
    """
    # opening is more than looking: a file that is something else must stay as it is
    if not _is_database_file(path):
        raise Conflict(f"{path} is not a backup made by this version of the program.")
    source = Database(_address(path))
    try:
        if not schema.is_current(source):
            raise Conflict(f"{path} is not a backup made by this version of the program.")
        if not _is_empty(target):
            raise Conflict("The database is not empty. Restore into a new one.")
        for sealed, owner in _sealed_secrets(source):
            open_sealed(sealed, owner)
        _copy_rows(source, target)
    finally:
        source.close()


def _address(path: Path) -> URL:
    """Return a database address for exactly this file, whatever characters its name has."""
    return URL.create("sqlite", database=str(path))


def _is_database_file(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _copy_rows(source: Database, target: Database) -> None:
    with source.reading(EVERY_PARTNERS) as reading, target.writing(EVERY_PARTNERS) as writing:
        for connection in (reading, writing):
            schema.lift_limits(connection)
        for table in metadata.sorted_tables:
            rows = reading.execute(select(table).execution_options(yield_per=_BATCH)).mappings()
            for batch in rows.partitions():
                writing.execute(insert(table), [dict(row) for row in batch])
            _count_on(writing, table)
        writing.commit()


def _count_on(connection: Connection, table: Table) -> None:
    """Let the database number new rows from where the copied ones end."""
    numbered = table.autoincrement_column
    if connection.dialect.name == "postgresql" and numbered is not None:
        sequence = func.pg_get_serial_sequence(table.name, numbered.name)
        highest = select(func.max(numbered)).scalar_subquery()
        connection.execute(select(func.setval(sequence, func.coalesce(highest, 1), highest.is_not(None))))


def _sealed_secrets(database: Database) -> list[tuple[str, str]]:
    with database.reading() as connection:
        rows = connection.execute(select(second_factors.c.sealed_secret, second_factors.c.user_id))
        return [(row.sealed_secret, row.user_id) for row in rows]


def _is_empty(database: Database) -> bool:
    with database.reading(EVERY_PARTNERS) as connection:
        return all(
            connection.execute(select(table).limit(1)).first() is None for table in metadata.sorted_tables
        )
