"""The two kinds of transaction, and what may not happen inside them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, select

from assistant.domain.errors import InvalidInput
from assistant.persistence import schema
from assistant.persistence.database import Database
from assistant.persistence.tables.simulation import simulation


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    schema.upgrade(database)
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


def test_what_is_no_address_is_refused_by_the_name_of_the_setting():
    with pytest.raises(InvalidInput) as refused:
        Database("nonsense://")

    assert refused.value.field == "ASSISTANT_DATABASE_URL"


def test_a_missing_driver_is_told_as_one():
    with pytest.raises(InvalidInput, match="needs a driver that is not installed"):
        Database("postgresql+psycopg://somebody@localhost/desk")
