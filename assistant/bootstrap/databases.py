"""The database as its operator sees it: copied, filled and checked as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.access.keys import read_vault
from assistant.bootstrap.application import Application
from assistant.bootstrap.building import build
from assistant.config import Settings
from assistant.persistence import schema
from assistant.persistence.copies import copy_to_file, restore_from_file
from assistant.persistence.database import Database


class StoredDatabase:
    """The database as its operator sees it: a whole to copy and to fill."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy to a new file. Raises Conflict if it exists."""
        copy_to_file(self._database, path).close()

    def restore_from(self, path: Path) -> None:
        """Fill the empty database from a copy. Raises Conflict if it holds rows already, InvalidInput without its keys."""
        vault = read_vault(
            self._settings.secret_keys, self._settings.data_dir, generate=self._settings.simulating
        )
        schema.upgrade(self._database)
        restore_from_file(path, self._database, vault.open)


@contextmanager
def open_database(settings: Settings) -> Iterator[StoredDatabase]:
    """Open the database by itself, without the application on it."""
    database = Database(settings.database_url)
    try:
        yield StoredDatabase(database, settings)
    finally:
        database.close()


def check_database(settings: Settings) -> tuple[str, ...]:
    """Return what is wrong with the database, one sentence each: its migration, its tables, its audit chains."""
    application = build(settings)
    try:
        return _database_faults(application)
    finally:
        application.database.close()


def _database_faults(application: Application) -> tuple[str, ...]:
    if not application.database_is_current():
        return ("The database is not up to date. Run: assistant db upgrade",)
    differing = [f"Table differs from the program's: {d}" for d in application.database_differences()]
    chains = application.embedded.verify_audit()
    broken = [f"Audit of {partner}: {fault}" for partner, faults in chains.items() for fault in faults]
    acts = application.hand_offs.faults()
    cases = [f"Acts of case {case}: {fault}" for case, faults in acts.items() for fault in faults]
    lacking = [f"The catalogue {fault}." for fault in application.catalogues.faults()]
    return (*differing, *broken, *cases, *lacking)
