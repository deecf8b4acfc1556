"""What a thread reads in one go is of one state, reaches the rows of each unit alone, and ends with what it writes."""

import pytest
from sqlalchemy import func, select, text

from assistant.persistence.database import Database
from assistant.persistence.reading import read_once
from assistant.persistence.row_security import EVERY_PARTNERS, NOBODYS, Reach
from assistant.persistence.tables.licensing import partners
from assistant.persistence.tables.simulation import simulation
from support.databases import open_migrated

ONE, OTHER = Reach("P-1"), Reach("P-2")


@pytest.fixture
def database(each_database):
    database = open_migrated(each_database)
    yield database
    database.close()


@pytest.fixture
def another(database):
    other = Database(database.url)
    yield other
    other.close()


def write(database, name):
    with database.writing() as connection:
        connection.execute(simulation.insert().values(name=name, value="1"))
        connection.commit()


def names(database, reach=NOBODYS):
    with database.reading(reach) as connection:
        return sorted(connection.scalars(select(simulation.c.name)))


def test_what_others_write_meanwhile_is_seen_only_afterwards(database, another):
    with database.one_state():
        before = names(database)
        write(another, "a")
        meanwhile = names(database)

    assert (before, meanwhile, names(database)) == ([], [], ["a"])


def test_what_the_thread_writes_itself_ends_the_state(database, another):
    with database.one_state():
        names(database)
        write(another, "a")
        write(database, "b")
        assert names(database) == ["a", "b"]


def test_a_state_within_another_is_the_same_one(database, another):
    with database.one_state():
        names(database)
        write(another, "a")
        with database.one_state():
            assert names(database) == []
        assert names(database) == []


def test_a_unit_that_is_open_while_the_thread_writes_keeps_its_state_until_its_end(database):
    with database.one_state():
        with database.reading() as connection:
            connection.scalar(select(func.count()).select_from(simulation))
            write(database, "a")
            assert connection.scalar(select(func.count()).select_from(simulation)) == 0
            assert names(database) == ["a"]
        assert names(database) == ["a"]


def test_after_an_error_the_next_unit_reads_anew(database, another):
    def fail():
        with database.reading() as connection:
            connection.scalar(select(func.count()).select_from(simulation))
            raise ZeroDivisionError

    with database.one_state():
        with pytest.raises(ZeroDivisionError):
            fail()
        write(another, "a")
        assert names(database) == ["a"]


@pytest.mark.parametrize("reach", [NOBODYS, ONE, EVERY_PARTNERS])
def test_each_unit_reaches_what_it_is_opened_for_also_when_one_is_open_around_it(database, reach):
    """On SQLite there is no wall; that the settings follow can be seen on PostgreSQL alone."""

    def reached(connection):
        if database.engine.dialect.name == "sqlite":
            return reach.settings
        found = text(
            "SELECT current_setting('assistant.partner', true), current_setting('assistant.every_partner', true)"
        )
        partner, every = connection.execute(found).one()
        return {"assistant.partner": partner or "", "assistant.every_partner": every or ""}

    with database.one_state():
        for around in (OTHER, reach, NOBODYS):
            with database.reading(around), database.reading(reach) as connection:
                assert reached(connection) == reach.settings
        with database.reading(reach) as connection:
            assert reached(connection) == reach.settings


def test_what_is_asked_again_is_read_once_for_each_reach_and_always_where_it_can_change(database):
    read = []

    def count(connection):
        return read_once(
            connection,
            "partners",
            lambda: read.append(1) or connection.scalar(select(func.count()).select_from(partners)),
        )

    with database.one_state():
        for reach in (ONE, ONE, OTHER, ONE):
            with database.reading(reach) as connection:
                assert count(connection) == 0
    assert len(read) == 2

    with database.writing(ONE) as connection:
        count(connection)
        count(connection)
    assert len(read) == 4


def test_no_connection_is_held_after_the_block(database):
    with database.one_state():
        names(database)
        names(database, ONE)
        assert database.engine.pool.checkedout() == 1

    assert database.engine.pool.checkedout() == 0
