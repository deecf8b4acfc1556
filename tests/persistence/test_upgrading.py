"""Bringing a database up to date while others do the same, and with the rows of an earlier release in it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, select, text

from assistant.domain.errors import DatabaseUnavailable
from assistant.persistence import schema
from assistant.persistence.database import Database
from assistant.persistence.row_security import EVERY_PARTNERS
from support.earlier import RELEASED, ROWS


@pytest.fixture
def database(each_empty_database):
    made = Database(each_empty_database)
    yield made
    made.close()


def migrate(database, change, revision):
    config = Config()
    config.set_main_option("script_location", schema.SCRIPTS)
    with database.writing(EVERY_PARTNERS) as connection:
        config.attributes["connection"] = connection
        change(config, revision)
        connection.commit()


def reflected(database):
    found = MetaData()
    with database.reading() as connection:
        found.reflect(connection, only=list(ROWS))
    return found


def rows(database):
    tables = reflected(database).tables
    with database.reading(EVERY_PARTNERS) as connection:
        return {name: connection.execute(select(tables[name])).mappings().all() for name in ROWS}


@pytest.fixture
def earlier(database):
    """A database as the first release left it, in use."""
    migrate(database, command.upgrade, RELEASED)
    tables = reflected(database).tables
    with database.writing() as connection:
        for name, values in ROWS.items():
            connection.execute(tables[name].insert(), values)
        connection.commit()
    return database


def test_of_eight_who_upgrade_at_once_all_find_it_done(database):
    barrier = Barrier(8)

    def upgrade(_):
        other = Database(database.url)
        barrier.wait()
        schema.upgrade(other)
        current = schema.is_current(other)
        other.close()
        return current

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(upgrade, range(8)))
    assert schema.differences(database) == []


def test_every_row_of_an_earlier_release_is_there_after_the_upgrade(earlier):
    before = rows(earlier)

    schema.upgrade(earlier)

    after = rows(earlier)
    assert schema.differences(earlier) == []
    assert {name: len(found) for name, found in after.items()} == {name: len(ROWS[name]) for name in ROWS}
    for name, found in before.items():
        kept = set(found[0]) & set(after[name][0])
        assert [{c: row[c] for c in kept} for row in after[name]] == [
            {c: row[c] for c in kept} for row in found
        ]


def test_an_upgrade_that_is_taken_back_leaves_the_rows_as_they_were(earlier):
    before = rows(earlier)
    schema.upgrade(earlier)

    migrate(earlier, command.downgrade, RELEASED)

    assert rows(earlier) == before
    schema.upgrade(earlier)
    assert schema.is_current(earlier)


def test_a_database_of_a_later_release_is_left_alone(database):
    schema.upgrade(database)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    with pytest.raises(DatabaseUnavailable, match="another version"):
        schema.upgrade(database)
    assert schema.revision(database) == "9999"


@pytest.mark.parametrize(
    ("stored", "usable"),
    [
        ("{head}", True),
        ("9999_from_{head}", True),
        ("9999_from_0001", True),
        ("9999_from_9998", False),
        ("9999", False),
        ("0001", False),
        ("0000_from_0001", False),
        ("9999_from_{head}; --", False),
    ],
)
def test_a_program_works_with_a_newer_database_only_if_that_says_so(database, stored, usable):
    schema.upgrade(database)
    number = schema.revision(database)[:4]
    stored = stored.format(head=number if "_from_" in stored else schema.revision(database))
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :stored"), {"stored": stored})
        connection.commit()

    assert schema.is_usable(database) is usable


def test_an_empty_database_is_not_usable(database):
    assert not schema.is_usable(database)
