"""The wall between partners that PostgreSQL itself keeps up."""

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import ProgrammingError

from assistant.persistence import row_security
from assistant.persistence.database import Database
from assistant.persistence.row_security import EVERY_PARTNERS, NOBODYS, Reach
from assistant.persistence.tables.licensing import audit_heads, partners

NAMES = select(partners.c.name).order_by(partners.c.name)


@pytest.fixture
def database(postgresql):
    url = postgresql.migrated()
    made = Database(url)
    with made.writing(EVERY_PARTNERS) as connection:
        for name in "AB":
            values = {"id": f"P-{name}", "name": name, "time_zone": "UTC", "since": "2025-01-01"}
            connection.execute(insert(partners).values(**values, standard_tenant=False))
        connection.commit()
    yield made
    made.close()
    postgresql.give_back(url)


def seen(database, reach):
    with database.reading(reach) as connection:
        return list(connection.scalars(NAMES))


def test_every_table_that_belongs_to_partners_is_walled_off(database):
    with database.reading() as connection:
        assert list(row_security.faults(connection)) == []


@pytest.mark.parametrize("table", ["partners", "licences", "audit_entries"])
def test_a_table_whose_wall_is_down_is_named(database, table):
    with database.writing() as connection:
        for statement in row_security.take_down(table):
            connection.execute(text(statement))
        assert list(row_security.faults(connection)) == [f"{table} has no row-level security"]


@pytest.mark.parametrize(
    ("reach", "names"),
    [(NOBODYS, []), (Reach("P-A"), ["A"]), (Reach("P-C"), []), (EVERY_PARTNERS, ["A", "B"])],
)
def test_a_transaction_sees_the_partners_it_says(database, reach, names):
    assert seen(database, reach) == names


def test_what_one_transaction_said_is_forgotten_with_it(database):
    database.engine.dispose()
    assert seen(database, EVERY_PARTNERS) == ["A", "B"]
    assert seen(database, NOBODYS) == []


def test_nothing_is_written_for_another_partner(database):
    row = insert(audit_heads).values(partner_id="P-B", seq=1, hash="")
    with (
        database.writing(Reach("P-A")) as connection,
        pytest.raises(ProgrammingError, match="row-level security"),
    ):
        connection.execute(row)


def test_a_superuser_passes_over_the_wall_and_the_tests_user_does_not(postgresql, database):
    other = Database(postgresql.as_superuser(database.url))
    with other.reading() as privileged, database.reading() as ordinary:
        assert row_security.is_passed_over(privileged)
        assert not row_security.is_passed_over(ordinary)
    other.close()


def test_sqlite_has_no_such_wall(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'file.sqlite3'}")
    with database.reading() as connection:
        assert list(row_security.faults(connection)) == []
        assert not row_security.is_passed_over(connection)
    database.close()
