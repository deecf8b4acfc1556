"""The chain of migrations: it leads to the tables the code knows, and back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, inspect

import assistant.persistence
from assistant.persistence import schema
from assistant.persistence.database import Database
from assistant.persistence.tables import metadata

MIGRATIONS = Path(assistant.persistence.__file__).parent / "migrations"


@pytest.fixture
def database(each_empty_database: URL) -> Iterator[Database]:
    """An empty database of each kind."""
    database = Database(each_empty_database)
    yield database
    database.close()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _downgrade(database: Database, revision: str) -> None:
    config = _config()
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
        connection.commit()


def _tables(database: Database) -> set[str]:
    with database.reading() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_the_migrations_lead_to_the_tables_of_the_code(database: Database) -> None:
    schema.upgrade(database)

    assert schema.is_current(database)
    assert schema.differences(database) == []
    assert _tables(database) == set(metadata.tables)


def test_a_missing_table_is_noticed(database: Database) -> None:
    schema.upgrade(database)
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE simulation")
        connection.commit()

    assert schema.differences(database) != []


def test_every_migration_can_be_taken_back_and_applied_again(database: Database) -> None:
    schema.upgrade(database)

    _downgrade(database, "base")

    assert _tables(database) == set()
    schema.upgrade(database)
    assert schema.differences(database) == []


def test_the_chain_has_one_end_and_no_branches() -> None:
    scripts = ScriptDirectory.from_config(_config())

    assert len(scripts.get_heads()) == 1
    assert [s.revision for s in scripts.walk_revisions() if s.is_branch_point] == []


def test_an_up_to_date_database_is_left_alone(database: Database) -> None:
    schema.upgrade(database)
    before = schema.revision(database)

    schema.upgrade(database)

    assert schema.revision(database) == before == ScriptDirectory.from_config(_config()).get_current_head()


def test_every_migration_since_programs_look_for_it_says_how_old_a_program_may_be() -> None:
    numbered = re.compile(r"(\d{4})_from_(\d{4})")
    known = [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]
    later = [revision for revision in known if revision[:4] > "0013"]

    named = [numbered.fullmatch(revision) for revision in later]

    assert [revision for revision, name in zip(later, named, strict=True) if name is None] == []
    assert all("0013" <= name[2] <= name[1] for name in named if name)
