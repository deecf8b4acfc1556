"""What one transaction sees of another, and who waits for whom."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from sqlalchemy import insert, select, update

from assistant.domain.errors import Conflict, DatabaseUnavailable
from assistant.persistence.database import Database
from assistant.persistence.locks import serialise
from assistant.persistence.tables.simulation import simulation
from support.databases import open_migrated

NUMBER = select(simulation.c.value).where(simulation.c.name == "number")


@pytest.fixture
def database(each_database):
    made = open_migrated(each_database)
    with made.writing() as connection:
        connection.execute(insert(simulation).values(name="number", value="0"))
        connection.commit()
    yield made
    made.close()


def number(connection):
    return int(connection.scalar(NUMBER))


def put(connection, value):
    connection.execute(update(simulation).where(simulation.c.name == "number").values(value=str(value)))


def stored(database):
    with database.reading() as connection:
        return number(connection)


def changes(database, value):
    with database.writing() as connection:
        put(connection, value)
        connection.commit()


def test_a_reading_unit_sees_one_state_whatever_is_committed_meanwhile(database):
    with database.reading() as connection:
        before = number(connection)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(changes, database, 7).result()
        after = number(connection)

    assert (before, after, stored(database)) == (0, 0, 7)


def test_a_reading_unit_writes_nothing(database):
    with suppress(DatabaseUnavailable), database.reading() as connection:
        put(connection, 7)

    assert stored(database) == 0


def test_what_is_not_committed_is_seen_by_nobody_else(database):
    with database.writing() as connection:
        put(connection, 7)
        with ThreadPoolExecutor(1) as pool:
            seen = pool.submit(stored, database).result()

    assert seen == 0


def test_fifty_who_read_and_write_under_one_lock_lose_nothing(database):
    def count_on(_):
        with database.writing() as connection:
            serialise(connection, "number")
            put(connection, number(connection) + 1)
            connection.commit()

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(count_on, range(50)))

    assert stored(database) == 50


@pytest.fixture
def impatient(postgresql):
    """A database of the kind that has more than one lock, where nobody waits for long."""
    url = postgresql.migrated()
    made = Database(url.update_query_dict({"options": "-c lock_timeout=50ms -c deadlock_timeout=10ms"}))
    yield made
    made.close()
    postgresql.give_back(url)


def test_a_lock_that_does_not_get_free_is_told_as_a_busy_database(impatient):
    def waits():
        with impatient.writing() as connection:
            serialise(connection, "one")

    with impatient.writing() as connection:
        serialise(connection, "one")
        with ThreadPoolExecutor(1) as pool, pytest.raises(DatabaseUnavailable, match="busy"):
            pool.submit(waits).result()


def test_of_two_who_wait_for_one_another_one_goes_on_and_one_may_try_again(impatient):
    barrier = Barrier(2)

    def takes(keys):
        with impatient.writing() as connection:
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            serialise(connection, keys[0])
            barrier.wait()
            serialise(connection, keys[1])
            return "went on"

    def outcome(keys):
        try:
            return takes(keys)
        except Conflict:
            return "may try again"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(outcome, ["ab", "ba"])) == ["may try again", "went on"]
