"""The two kinds of transaction, and what may not happen inside them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, select

from assistant.domain.errors import InvalidInput
from assistant.persistence.database import Database
from assistant.persistence.tables.simulation import simulation
from support.databases import open_migrated


@pytest.fixture
def database(each_database):
    database = open_migrated(each_database)
    yield database
    database.close()


def names(database):
    with database.reading() as connection:
        return sorted(connection.scalars(select(simulation.c.name)))


def test_a_unit_that_is_not_committed_changes_nothing(database):
    with database.writing() as connection:
        connection.execute(insert(simulation).values(name="a", value="1"))

    assert names(database) == []


def test_a_unit_that_fails_changes_nothing(database):
    def fail():
        with database.writing() as connection:
            connection.execute(insert(simulation).values(name="a", value="1"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert names(database) == []


@pytest.mark.parametrize("kind", ["reading", "writing"])
def test_a_second_unit_inside_a_writing_one_is_refused(database, kind):
    with (
        database.writing(),
        pytest.raises(RuntimeError, match="holds the write lock"),
        getattr(database, kind)(),
    ):
        pass


def test_after_a_refused_second_unit_the_next_one_opens(database):
    with database.writing() as connection:
        connection.execute(insert(simulation).values(name="a", value="1"))
        connection.commit()

    assert names(database) == ["a"]


def test_more_writers_than_pooled_connections_all_get_their_turn(database):
    def write(number):
        with database.writing() as connection:
            connection.execute(insert(simulation).values(name=f"n{number:02}", value="1"))
            connection.commit()

    with ThreadPoolExecutor(40) as pool:
        list(pool.map(write, range(40)))

    assert len(names(database)) == 40


@pytest.mark.parametrize(
    "address", ["nonsense://", "nothing", "mysql://somebody@localhost/desk", "sqlite+aiosqlite:///x"]
)
def test_what_is_no_address_of_a_known_database_is_refused_by_the_name_of_the_setting(address):
    with pytest.raises(InvalidInput) as refused:
        Database(address)

    assert refused.value.field == "ASSISTANT_DATABASE_URL"
    assert "sqlite" in refused.value.message
