"""Whole copies of a database, and the switches that every process of it shares."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.domain.errors import Conflict, DatabaseOutdated, Forbidden
from assistant.persistence.copies import copy_to_file, restore_from_file
from assistant.persistence.database import Database, SqlStorage
from assistant.persistence.identity import SqlIdentityUnit
from assistant.persistence.simulation import SqlSimulation
from assistant.ports.simulation import Fault
from support.clock import NOON
from support.databases import ENGINES, open_migrated, rows_of
from support.knowledge import FAQ, KnowledgeWorld


@pytest.fixture
def database(each_database):
    made = open_migrated(each_database)
    yield made
    made.close()


def test_switches_set_in_one_process_are_seen_by_another(database):
    SqlSimulation(database, allowed=True).set_fault(Fault.SLOW)
    SqlSimulation(database, allowed=True).set_instant(NOON)

    other = SqlSimulation(database, allowed=True)

    assert (other.fault(), other.instant()) == (Fault.SLOW, NOON)


def test_switches_read_as_unset_until_they_are_set(database):
    simulation = SqlSimulation(database, allowed=True)

    assert (simulation.fault(), simulation.instant()) == (Fault.NONE, None)


def test_a_switch_can_be_set_again(database):
    simulation = SqlSimulation(database, allowed=True)
    simulation.set_fault(Fault.UNAVAILABLE)
    simulation.set_fault(Fault.NONE)

    assert simulation.fault() is Fault.NONE


def test_in_production_switches_cannot_be_set_and_read_as_unset_even_if_stored(database):
    SqlSimulation(database, allowed=True).set_fault(Fault.UNAVAILABLE)
    SqlSimulation(database, allowed=True).set_instant(NOON)
    production = SqlSimulation(database, allowed=False)

    assert (production.fault(), production.instant()) == (Fault.NONE, None)
    with pytest.raises(Forbidden):
        production.set_fault(Fault.NONE)
    with pytest.raises(Forbidden):
        production.set_instant(NOON)


def test_a_copy_holds_the_rows_of_its_moment_and_lives_by_itself(database, tmp_path):
    SqlSimulation(database, allowed=True).set_fault(Fault.SLOW)
    copy = copy_to_file(database, tmp_path / "copy.sqlite3")
    SqlSimulation(database, allowed=True).set_fault(Fault.NONE)

    assert SqlSimulation(copy, allowed=True).fault() is Fault.SLOW
    copy.close()


def attempt(database):
    with SqlStorage(database, SqlIdentityUnit).writing() as unit:
        number = unit.attempts.add("code:anna", NOON)
        unit.commit()
    return number


@pytest.fixture
def filled(tmp_path, database):
    """A database of either kind with rows of every kind of value: texts, numbers, instants, JSON, nothing at all."""
    made = KnowledgeWorld(tmp_path, place=database.engine.url)
    made.publish(FAQ)
    made.service.ask("Is there blue paint?")
    attempt(database)
    made.close()
    return database


@pytest.fixture
def other(request, tmp_path, postgresql):
    """A database of the kind that is named, to be filled from a copy."""
    if request.param == "sqlite":
        made = open_migrated(tmp_path / "other.sqlite3")
        yield made
        made.close()
        return
    url = postgresql.migrated()
    made = open_migrated(url)
    yield made
    made.close()
    postgresql.give_back(url)


@pytest.mark.parametrize("other", ENGINES, indirect=True)
def test_a_copy_fills_a_database_of_either_kind_with_the_very_same_rows(filled, other, tmp_path):
    copy_to_file(filled, tmp_path / "copy.sqlite3").close()

    restore_from_file(tmp_path / "copy.sqlite3", other)

    assert rows_of(other) == rows_of(filled)
    assert sum(map(len, rows_of(other).values())) > 20


@pytest.mark.parametrize("other", ENGINES, indirect=True)
def test_numbers_go_on_where_the_restored_rows_end(filled, other, tmp_path):
    copy_to_file(filled, tmp_path / "copy.sqlite3").close()
    restore_from_file(tmp_path / "copy.sqlite3", other)

    assert attempt(other) == attempt(filled)


@pytest.mark.parametrize("other", ENGINES, indirect=True)
def test_a_copy_of_nothing_numbers_from_one(database, other, tmp_path):
    copy_to_file(database, tmp_path / "copy.sqlite3").close()
    restore_from_file(tmp_path / "copy.sqlite3", other)

    first = attempt(other)

    assert attempt(other) == first + 1


def test_a_copy_is_of_one_moment_whatever_is_written_meanwhile(filled, tmp_path):
    before = rows_of(filled)
    with ThreadPoolExecutor(4) as pool:
        written = [pool.submit(attempt, filled) for _ in range(40)]
        copy = copy_to_file(filled, tmp_path / "copy.sqlite3")
        numbers = {future.result() for future in written}
    copied = rows_of(copy)
    copy.close()

    assert {name: rows for name, rows in copied.items() if name != "attempts"} == {
        name: rows for name, rows in before.items() if name != "attempts"
    }
    assert set(copied["attempts"]) <= set(rows_of(filled)["attempts"])
    assert len(numbers) == 40


def test_a_copy_never_replaces_a_file(database, tmp_path):
    (tmp_path / "there").write_text("mine")

    with pytest.raises(Conflict):
        copy_to_file(database, tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"


def test_a_database_without_its_tables_is_not_copied(each_empty_database, tmp_path):
    empty = Database(each_empty_database)

    with pytest.raises(DatabaseOutdated):
        copy_to_file(empty, tmp_path / "copy.sqlite3")
    assert not (tmp_path / "copy.sqlite3").exists()
    empty.close()


def test_a_database_with_rows_is_not_filled_over(database, tmp_path):
    SqlSimulation(database, allowed=True).set_fault(Fault.SLOW)
    copy_to_file(database, tmp_path / "copy.sqlite3").close()

    with pytest.raises(Conflict, match="not empty"):
        restore_from_file(tmp_path / "copy.sqlite3", database)


def test_an_unrelated_database_is_no_backup_and_stays_as_it_is(database, tmp_path):
    import sqlite3

    with sqlite3.connect(tmp_path / "other.sqlite3") as other:
        other.execute("CREATE TABLE mine (a)")
    other.close()

    with pytest.raises(Conflict, match="not a backup"):
        restore_from_file(tmp_path / "other.sqlite3", database)
    with sqlite3.connect(tmp_path / "other.sqlite3") as other:
        assert [row[0] for row in other.execute("SELECT name FROM sqlite_master")] == ["mine"]
    other.close()
