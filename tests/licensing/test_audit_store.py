import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError

from assistant.domain.actions import ChangeSeats
from assistant.persistence import schema
from assistant.persistence.row_security import EVERY_PARTNERS


@pytest.fixture
def backend(each_backend):
    return each_backend()


def changed(backend, *numbers):
    for number in numbers:
        subscription = backend.stored("Contoso").subscriptions[0]
        backend.change(
            ChangeSeats(backend.customer("Contoso"), subscription.id, number), task_id=f"T-{number}"
        )


def tamper(backend, statement):
    with backend.database.writing(EVERY_PARTNERS) as connection:
        connection.execute(text(statement))
        connection.commit()


def test_the_stored_chain_holds(backend):
    changed(backend, 30, 31, 32)

    assert backend.licensing.verify_audit() == {"Northwind": (), "Southridge": ()}


@pytest.mark.parametrize(
    "assignment",
    [
        "actor = 'Ben'",
        "at = '2020-01-01 00:00:00.000000'",
        "name = 'nothing'",
        '"values" = \'{"seats": 1}\'',
        "hash = prev_hash",
        "capsule_hash = 'x'",
    ],
)
def test_tampering_with_a_stored_entry_is_found_and_never_breaks_the_check(backend, assignment):
    changed(backend, 30, 31, 32)
    tamper(backend, f"UPDATE audit_entries SET {assignment} WHERE seq = 2")

    assert backend.licensing.verify_audit()["Northwind"]


@pytest.mark.parametrize("assignment", ["at = 'never'", "cites = 'not json'"])
def test_a_value_that_is_none_of_its_column_is_found_where_the_database_takes_it(backend, assignment):
    changed(backend, 30, 31, 32)
    refused = False
    try:
        tamper(backend, f"UPDATE audit_entries SET {assignment} WHERE seq = 2")
    except DataError:
        refused = True

    assert bool(backend.licensing.verify_audit()["Northwind"]) is not refused


@pytest.mark.parametrize("condition", ["seq = 1", "seq = 2", "seq = 3", "seq > 0"])
def test_a_deleted_entry_is_found(backend, condition):
    changed(backend, 30, 31, 32)
    tamper(backend, f"DELETE FROM audit_entries WHERE {condition}")

    assert backend.licensing.verify_audit()["Northwind"]


def test_the_tables_are_those_of_the_migrations(backend):
    assert schema.differences(backend.database) == []
