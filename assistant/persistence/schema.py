"""Bringing a database up to date, and telling whether it is."""

import re
from functools import cache
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from assistant.domain.errors import DatabaseUnavailable
from assistant.persistence import row_security
from assistant.persistence.database import Database
from assistant.persistence.locks import serialise
from assistant.persistence.row_security import EVERY_PARTNERS
from assistant.persistence.tables import metadata

_ADDITIVE = re.compile(r"(?P<number>\d{4})_from_(?P<oldest>\d{4})\Z")
SCRIPTS = str(Path(__file__).parent / "migrations")
"""The folder of the migrations, as Alembic wants it named."""


def upgrade(database: Database) -> None:
    """Apply every missing migration; a database that is up to date is left alone.

    Raises DatabaseUnavailable for one that a newer version of the program has migrated.
    """
    if is_current(database):
        return
    _refuse_newer(database)
    with database.writing(EVERY_PARTNERS) as connection:
        # whoever else is at it finishes first, and then nothing is left to be done
        serialise(connection, "schema")
        lift_limits(connection)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


def _refuse_newer(database: Database) -> None:
    found = revision(database)
    known = {script.revision for script in _scripts().walk_revisions()}
    if found is not None and found not in known:
        raise DatabaseUnavailable(
            f"The database is of another version of the program (migration {found[:40]}); use that version."
        )


def lift_limits(connection: Connection) -> None:
    """Let this transaction take as long as it needs: an operator waits for it, and not a request."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")


def is_current(database: Database) -> bool:
    """Tell whether the database stands at the newest migration of this version of the program."""
    return revision(database) == _scripts().get_current_head()


def is_usable(database: Database) -> bool:
    """Tell whether this version of the program can work with the database as it stands.

    That is at our newest migration, or at a newer one that says how old a program may be: a migration that only adds is named
    ``NNNN_from_MMMM``, and programs whose own newest one is ``MMMM`` or later go on working while others are replaced.
    """
    found, ours = revision(database), _scripts().get_current_head() or ""
    if found is None or found == ours:
        return found is not None
    named = _ADDITIVE.match(found)
    return named is not None and named["number"] > ours[:4] >= named["oldest"]


def revision(database: Database) -> str | None:
    """Return the database's migration, or None for an empty database."""
    with database.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def differences(database: Database) -> list[object]:
    """Return what differs between the tables in the database and those in the code, walls included; empty is right."""
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [*compare_metadata(context, metadata), *row_security.faults(connection)]


def passes_over_walls(database: Database) -> bool:
    """Tell whether the database's user is one whom row-level security does not hold."""
    with database.reading() as connection:
        return row_security.is_passed_over(connection)


@cache
def _scripts() -> ScriptDirectory:
    # they are part of the program: asked often, read once
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    return config
