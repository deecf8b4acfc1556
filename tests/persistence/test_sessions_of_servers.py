"""How a connection to a server is set up: what its transactions may do, how long they may take, what its address may say."""

import pytest

from assistant.persistence.database import Database


@pytest.fixture
def address(postgresql):
    url = postgresql.migrated()
    yield url
    postgresql.give_back(url)


@pytest.fixture
def opened():
    """Opens databases that are closed at the end."""
    made = []

    def open_at(url):
        made.append(Database(url))
        return made[-1]

    yield open_at
    for database in made:
        database.close()


def shown(connection, name):
    return connection.exec_driver_sql(f"SHOW {name}").scalar()


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("reading", "transaction_isolation", "repeatable read"),
        ("reading", "transaction_read_only", "on"),
        ("writing", "transaction_isolation", "read committed"),
        ("writing", "transaction_read_only", "off"),
        ("writing", "idle_in_transaction_session_timeout", "5min"),
        ("reading", "idle_in_transaction_session_timeout", "0"),
        ("writing", "lock_timeout", "30s"),
        ("reading", "statement_timeout", "10min"),
        ("reading", "TimeZone", "UTC"),
    ],
)
def test_a_transaction_runs_under_these_rules(address, opened, kind, name, value):
    with getattr(opened(address), kind)() as connection:
        assert shown(connection, name) == value


def test_what_a_reading_unit_was_held_to_is_gone_when_its_connection_is_used_to_write(address, opened):
    database = opened(address)
    with database.reading():
        pass

    with database.writing() as connection:
        assert shown(connection, "transaction_read_only") == "off"


def test_what_the_address_says_wins_and_the_rest_stays(address, opened):
    own = address.update_query_dict({"options": "-c lock_timeout=7s", "application_name": "night shift"})

    with opened(own).writing() as connection:
        found = [
            shown(connection, name) for name in ("lock_timeout", "statement_timeout", "application_name")
        ]

    assert found == ["7s", "10min", "night shift"]


def test_an_address_without_a_driver_takes_the_one_that_is_there(address, opened):
    with opened(address.set(drivername="postgresql")).reading() as connection:
        assert shown(connection, "TimeZone") == "UTC"


def test_who_opens_the_database_says_how_long_a_statement_may_take(address):
    database = Database(address, 30)
    with database.reading() as connection:
        assert shown(connection, "statement_timeout") == "30s"
    database.close()
