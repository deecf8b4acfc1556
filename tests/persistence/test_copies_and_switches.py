"""Whole copies of a database, and the switches that every process of it shares."""

import pytest

from assistant.domain.errors import Conflict, DatabaseOutdated, Forbidden
from assistant.persistence.copies import copy_to_file, restore_from_file
from assistant.persistence.database import Database
from assistant.persistence.simulation import SqlSimulation
from assistant.ports.simulation import Fault
from support.clock import NOON
from support.databases import open_migrated


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
