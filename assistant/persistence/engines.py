"""The kinds of database there are, and how a connection to each is set up.

SQLite runs in WAL mode with full synchronisation, and a writing transaction takes the write lock at once
(``BEGIN IMMEDIATE``): with a plain ``BEGIN`` two read-then-write transactions deadlock into errors. PostgreSQL reads in
one snapshot and writes under row locks; see docs/decisions.
"""

from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from assistant.domain.errors import DatabaseUnavailable, InvalidInput
from assistant.persistence.failures import told
from assistant.persistence.row_security import NOBODYS, Reach

_BUSY_SECONDS = 30
_IDLE_SECONDS = 300
"""How long a writing transaction may do nothing, before PostgreSQL ends it and frees what it holds."""
LONGEST_SECONDS = 600
"""How long a statement may take on PostgreSQL, unless whoever opens the database says otherwise."""
_KEPT = 16
"""How many connections stay open: one for each thread of a serving process, see ``assistant serve``."""
_SETTING = "ASSISTANT_DATABASE_URL"

READING: Mapping[str, Mapping[str, Any]] = {
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    "sqlite": {},
}
"""What makes a transaction see one consistent state; SQLite's always do."""

_DRIVERS = {"postgresql": "psycopg", "sqlite": "pysqlite"}
_REACHING_POSTGRESQL = {
    "application_name": "msp-assistant",
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
"""A server that is gone without a word is noticed within a minute."""


def engine_for(url: str | URL, longest_seconds: int = LONGEST_SECONDS) -> Engine:
    """Return the engine of an address; no statement takes longer than that many seconds on PostgreSQL. Raises InvalidInput for one that cannot be used, DatabaseUnavailable."""
    parsed = _parsed(url)
    kind = parsed.get_backend_name()
    engine = _open_postgresql(parsed, longest_seconds) if kind == "postgresql" else _open_sqlite(parsed)
    event.listen(engine, "handle_error", told)
    return engine


def _parsed(url: str | URL) -> URL:
    try:
        parsed = make_url(url)
        driver = parsed.get_driver_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise InvalidInput(
            _SETTING,
            "is not a database address, such as sqlite:///var/assistant.sqlite3 or postgresql+psycopg://user@host/name",
        ) from error
    if _DRIVERS.get(parsed.get_backend_name()) != driver:
        raise InvalidInput(
            _SETTING,
            f"names a kind of database that is not known: {parsed.drivername}; known are sqlite and postgresql+psycopg",
        )
    return parsed


def _open_sqlite(url: URL) -> Engine:
    _make_folder(url)
    engine = _engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_postgresql(url: URL, longest_seconds: int) -> Engine:
    limits = f"-c TimeZone=UTC -c lock_timeout={_BUSY_SECONDS}s -c statement_timeout={longest_seconds}s"
    # what the address says comes last and wins
    options = " ".join([limits, *url.normalized_query.get("options", ())])
    engine = _engine(
        url.set(query={**_REACHING_POSTGRESQL, **url.query, "options": options}),
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
    )
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _engine(url: URL, **options: Any) -> Engine:
    # as many connections as there are threads: waiting for one while another thread waits for the lock is no order
    return create_engine(url, pool_size=_KEPT, max_overflow=-1, **options)


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
    if _writes(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        # it waits for nothing and cannot fail, so it needs none of what surrounds a statement
        connection.connection.cursor().execute("BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    reach = connection.get_execution_options().get("assistant_reach", NOBODYS)
    settings = {} if reach == NOBODYS else dict(reach.settings)
    if _writes(connection):
        settings["idle_in_transaction_session_timeout"] = f"{_IDLE_SECONDS}s"
    if settings:
        _set(connection, settings)


def reach_for(connection: Connection, reach: Reach) -> None:
    """Let the rest of a transaction reach other rows than before."""
    if connection.dialect.name == "postgresql":
        _set(connection, reach.settings)


def _set(connection: Connection, settings: Mapping[str, str]) -> None:
    # for this transaction only, and all of them in one round trip
    calls = ", ".join(["set_config(%s, %s, true)"] * len(settings))
    connection.exec_driver_sql(f"SELECT {calls}", tuple(chain.from_iterable(settings.items())))


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("assistant_writes", False))
