"""Errors of the driver: which of them are somebody's doing, and what they are to the rest of the program."""

import pytest
from sqlalchemy import insert, inspect, select
from sqlalchemy.exc import IntegrityError

from assistant.domain.errors import Conflict, DatabaseUnavailable, InvalidInput
from assistant.persistence.database import Database
from assistant.persistence.failures import conflict_where_taken
from assistant.persistence.tables import metadata
from assistant.persistence.tables.identity import users
from assistant.persistence.tables.knowledge import publications, switches
from assistant.persistence.tables.simulation import simulation
from support.clock import NOON
from support.databases import open_migrated


@pytest.fixture
def database(each_database):
    made = open_migrated(each_database)
    yield made
    made.close()


def store(database, name, value="1"):
    with database.writing() as connection, conflict_where_taken("taken", simulation.primary_key):
        connection.execute(insert(simulation).values(name=name, value=value))
        connection.commit()


def names(database):
    with database.reading() as connection:
        return sorted(connection.scalars(select(simulation.c.name)))


def add_user(database, number, username):
    row = {
        "id": number,
        "username": username,
        "name": "Anna",
        "role": "sales",
        "password_hash": "-",
        "created_at": NOON,
    }
    with database.writing() as connection, conflict_where_taken("that name is taken", [users.c.username]):
        connection.execute(insert(users).values(row))
        connection.commit()


def test_constraints_are_named_in_the_database_as_they_are_in_the_code(database):
    with database.reading() as connection:
        found = inspect(connection)
        stored = {
            (table, constraint["name"])
            for table in metadata.tables
            for constraint in [found.get_pk_constraint(table), *found.get_unique_constraints(table)]
        }

    named = {(table.name, str(table.primary_key.name)) for table in metadata.tables.values()}
    unique = [
        c for t in metadata.tables.values() for c in t.constraints if type(c).__name__.startswith("Unique")
    ]
    assert stored == named | {(c.table.name, str(c.name)) for c in unique}


def test_a_key_that_is_taken_is_a_conflict(database):
    store(database, "a")

    with pytest.raises(Conflict, match="taken"):
        store(database, "a")


def test_another_fault_of_the_same_statement_is_none(database):
    row = {"number": 1, "hash": "no such publication", "back": None, "at": NOON}

    with (
        pytest.raises(IntegrityError),
        database.writing() as connection,
        conflict_where_taken("taken", switches.primary_key, publications.primary_key),
    ):
        connection.execute(insert(switches).values(row))


def test_one_key_of_a_table_is_told_from_another(database):
    add_user(database, "US-1", "anna")

    with pytest.raises(Conflict, match="that name is taken"):
        add_user(database, "US-2", "anna")
    with pytest.raises(IntegrityError):
        add_user(database, "US-1", "ben")


def test_half_a_character_is_refused_as_input(database):
    with pytest.raises(InvalidInput):
        store(database, "\ud800")

    assert names(database) == []


def test_a_number_that_no_column_holds_is_refused_as_input(database):
    row = {"number": 2**70, "hash": "0", "back": None, "at": NOON}

    with pytest.raises(InvalidInput), database.writing() as connection:
        connection.execute(insert(switches).values(row))


@pytest.fixture
def server(postgresql):
    url = postgresql.migrated()
    made = Database(url)
    yield made
    made.close()
    postgresql.give_back(url)


@pytest.mark.parametrize("name", ["zero \x00 byte", "x" * 41])
def test_what_only_a_server_refuses_is_refused_as_input(server, name):
    with pytest.raises(InvalidInput):
        store(server, name)

    assert names(server) == []


def number_of(connection):
    return connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()


def end(server, number):
    """End a connection as a restart of the server does."""
    other = Database(server.url)
    with other.writing() as admin:
        admin.exec_driver_sql(f"SELECT pg_terminate_backend({number}, 5000)")
    other.close()


def cut_off(server, connection):
    end(server, number_of(connection))


def reads_after_a_cut(server, kind):
    with getattr(server, kind)() as connection:
        cut_off(server, connection)
        return connection.scalar(select(simulation.c.name))


@pytest.mark.parametrize("kind", ["reading", "writing"])
def test_a_connection_that_breaks_in_a_unit_is_a_database_out_of_reach_and_the_next_unit_works(server, kind):
    with pytest.raises(DatabaseUnavailable):
        reads_after_a_cut(server, kind)

    store(server, "a")
    assert names(server) == ["a"]


def commits_after_a_cut(server):
    with server.writing() as connection:
        connection.execute(insert(simulation).values(name="a", value="1"))
        cut_off(server, connection)
        connection.commit()


def test_a_connection_that_breaks_before_the_commit_changes_nothing(server):
    with pytest.raises(DatabaseUnavailable):
        commits_after_a_cut(server)

    assert names(server) == []


def test_a_connection_that_broke_while_nobody_used_it_is_not_noticed(server):
    with server.reading() as connection:
        number = number_of(connection)
    end(server, number)

    assert names(server) == []


def test_a_server_that_is_not_there_is_told_in_one_line_without_the_password(tmp_path):
    database = Database(f"postgresql+psycopg://desk:planted-password@/desk?host={tmp_path}")

    with pytest.raises(DatabaseUnavailable) as failed, database.reading():
        pass

    assert "\n" not in failed.value.message
    assert "planted-password" not in failed.value.message
