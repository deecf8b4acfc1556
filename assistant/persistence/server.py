"""Asking a database about its server."""

from datetime import UTC, datetime

from sqlalchemy import text

from assistant.persistence.database import Database
from assistant.ports.database_server import DatabaseServer

_SQLITE = text("SELECT sqlite_version(), strftime('%Y-%m-%dT%H:%M:%f', 'now')")
_POSTGRESQL = text(
    "SELECT current_setting('server_version'), clock_timestamp(), rolsuper OR rolbypassrls"
    " FROM pg_roles WHERE rolname = current_user"
)


def server_of(database: Database) -> DatabaseServer:
    """Return what the server says; SQLite's clock is this machine's. Raises DatabaseUnavailable."""
    kind = database.engine.dialect.name
    with database.reading() as connection:
        if kind == "sqlite":
            version, now = connection.execute(_SQLITE).one()
            return DatabaseServer(kind, version, datetime.fromisoformat(now).replace(tzinfo=UTC))
        version, now, passes = connection.execute(_POSTGRESQL).one()
    return DatabaseServer(kind, version.split(" ")[0], now.astimezone(UTC), bool(passes))
