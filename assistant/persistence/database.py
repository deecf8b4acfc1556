"""The engine, and the two kinds of transaction: one that reads, one that writes.

SQLite runs in WAL mode with full synchronisation, and a writing transaction takes the write lock at once
(``BEGIN IMMEDIATE``): with a plain ``BEGIN`` two read-then-write transactions deadlock into errors.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from assistant.domain.errors import DatabaseUnavailable, InvalidInput

_BUSY_SECONDS = 30
_SETTING = "ASSISTANT_DATABASE_URL"
UnitT = TypeVar("UnitT")


class Database:
    """One database and its connections; every use of it raises DatabaseUnavailable when it cannot be opened."""

    def __init__(self, url: str | URL) -> None:
        self.url = url
        self.engine = _engine(url)
        self._held = threading.local()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one consistent state; it is always rolled back."""
        self._refuse_second()
        with self.engine.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that holds the write lock; the caller commits, otherwise it is rolled back."""
        self._refuse_second()
        with self.engine.connect().execution_options(assistant_writes=True) as connection:
            transaction = connection.begin()
            self._held.here = True
            try:
                yield connection
            finally:
                self._held.here = False
                if transaction.is_active:
                    transaction.rollback()

    def _refuse_second(self) -> None:
        # with every connection held by somebody who waits for the write lock, its holder would wait for a connection
        if getattr(self._held, "here", False):
            raise RuntimeError(
                "this thread holds the write lock; read what is needed before opening the unit"
            )

    def close(self) -> None:
        """Close all pooled connections."""
        self.engine.dispose()


class SqlUnit:
    """A unit of work over one connection; subjects derive from it and add their repositories."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def commit(self) -> None:
        """Commit the transaction."""
        self.connection.commit()


class SqlStorage(Generic[UnitT]):
    """The storage port of one subject: opens transactions and wraps them in the subject's unit."""

    def __init__(self, database: Database, unit: Callable[[Connection], UnitT]) -> None:
        self._database = database
        self._unit = unit

    @contextmanager
    def reading(self) -> Iterator[UnitT]:
        """Open a unit that only reads."""
        with self._database.reading() as connection:
            yield self._unit(connection)

    @contextmanager
    def writing(self) -> Iterator[UnitT]:
        """Open a unit that may write and is rolled back unless committed."""
        with self._database.writing() as connection:
            yield self._unit(connection)


def _engine(url: str | URL) -> Engine:
    parsed = _parsed(url)
    embedded = parsed.get_backend_name() == "sqlite"
    if embedded:
        _make_folder(parsed)
    try:
        # as many connections as there are threads: waiting for one while another thread waits for the lock is no order
        engine = create_engine(parsed, max_overflow=-1)
    except NoSuchModuleError as error:
        raise InvalidInput(
            _SETTING, f"names a kind of database that is not known: {parsed.drivername}"
        ) from error
    except ModuleNotFoundError as error:
        raise InvalidInput(_SETTING, f"needs a driver that is not installed: {error.name}") from error
    event.listen(engine, "handle_error", _told_when_unavailable)
    if embedded:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _parsed(url: str | URL) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError) as error:
        raise InvalidInput(
            _SETTING, "is not a database address, such as sqlite:///var/assistant.sqlite3"
        ) from error


def _make_folder(url: URL) -> None:
    if not url.database or url.database == ":memory:":
        raise InvalidInput(
            _SETTING, "must name a file: a database in memory is gone with its first connection"
        )
    folder = Path(url.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DatabaseUnavailable(f"The folder {folder} cannot be made: {error.strerror}.") from error


def _told_when_unavailable(context: ExceptionContext) -> DatabaseUnavailable | None:
    # without a connection it is the opening that failed; what fails later is for the caller, or a fault of ours
    if context.connection is not None:
        return None
    return DatabaseUnavailable(f"The database cannot be opened: {context.original_exception}.")


def _prepare_sqlite(dbapi_connection: Any, _record: Any) -> None:
    # the driver's own transaction control starts transactions late; ours are explicit
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("assistant_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
