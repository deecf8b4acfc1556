"""Databases for tests: a SQLite file, or a database of the PostgreSQL server that the session started."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import make_url, select

from assistant.persistence import schema
from assistant.persistence.database import Database
from assistant.persistence.row_security import EVERY_PARTNERS
from assistant.persistence.tables import metadata
from support.postgresql import Databases, NoServer, is_required, open_server

ENGINES = ("sqlite", "postgresql")


def open_migrated(place):
    """Open a database with all tables: ``place`` is the path of a SQLite file or an address."""
    if new := new_file(place):
        new.write_bytes(_migrated_file())
    database = Database(_address(place))
    schema.upgrade(database)
    return database


def new_file(place):
    """Return the path of the SQLite file that a database will be, or None where it is there already or another kind."""
    url = _address(place)
    path = Path(url.database) if url.get_backend_name() == "sqlite" else None
    return None if path is None or path.exists() else path


def open_databases():
    """Return the maker of PostgreSQL databases; without a server the test fails where CI is set, else it is skipped."""
    try:
        return Databases(open_server())
    except (NoServer, OSError) as error:
        reason = f"PostgreSQL cannot be started: {error}"
        if is_required():
            pytest.fail(reason)
        pytest.skip(reason)


def stored_in(database):
    """Close a database and return everything it holds, as bytes: of a file, or of each row of a server's."""
    database.close()
    url = database.engine.url
    if url.database and database.engine.dialect.name == "sqlite":
        path = Path(url.database)
        return b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))
    rows = repr(rows_of(database))
    database.close()
    return rows.encode()


def rows_of(database):
    """Return all rows by table; a table has no order of its own, so they are sorted."""
    with database.reading(EVERY_PARTNERS) as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in metadata.sorted_tables
        }


def _address(place):
    return make_url(place if "://" in str(place) else f"sqlite:///{place}")


@cache
def _migrated_file():
    with TemporaryDirectory() as folder:
        path = Path(folder) / "migrated.sqlite3"
        database = Database(f"sqlite:///{path}")
        schema.upgrade(database)
        database.close()
        return path.read_bytes()
