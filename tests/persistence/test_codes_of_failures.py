"""What each code of a driver's error is taken for."""

from types import SimpleNamespace

import pytest

from assistant.domain.errors import Conflict, DatabaseUnavailable, InvalidInput
from assistant.persistence.failures import told


class Refused(Exception):
    """An error as a driver raises it, with the code of PostgreSQL or of SQLite."""

    def __init__(self, code):
        super().__init__(f"refused: {code}\nDETAIL: more of it")
        self.sqlstate, self.sqlite_errorname = (code, None) if code[0].isdigit() else (None, code)


def context(error, **options):
    usual = {
        "is_pre_ping": False,
        "is_disconnect": False,
        "connection": object(),
        "original_exception": error,
    }
    return SimpleNamespace(**usual | options)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("40001", Conflict),
        ("40P01", Conflict),
        ("55P03", DatabaseUnavailable),
        ("57014", DatabaseUnavailable),
        ("53100", DatabaseUnavailable),
        ("53300", DatabaseUnavailable),
        ("57P03", DatabaseUnavailable),
        ("25006", DatabaseUnavailable),
        ("SQLITE_BUSY", DatabaseUnavailable),
        ("SQLITE_BUSY_SNAPSHOT", DatabaseUnavailable),
        ("SQLITE_FULL", DatabaseUnavailable),
        ("SQLITE_IOERR_WRITE", DatabaseUnavailable),
        ("SQLITE_READONLY", DatabaseUnavailable),
        ("22001", InvalidInput),
        ("22003", InvalidInput),
    ],
)
def test_a_code_that_says_whose_doing_it_is_is_told_in_one_line(code, kind):
    found = told(context(Refused(code)))

    assert type(found) is kind
    assert "\n" not in found.message


@pytest.mark.parametrize("code", ["23505", "42601", "42P01", "SQLITE_ERROR", "SQLITE_CONSTRAINT_UNIQUE"])
def test_a_fault_of_the_program_stays_one(code):
    assert told(context(Refused(code))) is None


def test_a_full_disk_is_named():
    assert "full" in told(context(Refused("53100"))).message
    assert "full" in told(context(Refused("SQLITE_FULL"))).message


def test_a_dead_connection_found_before_its_use_is_nobodys_error():
    assert told(context(Refused("57P01"), is_pre_ping=True, connection=None)) is None


def test_what_fails_without_a_connection_is_a_database_that_cannot_be_opened():
    assert "cannot be opened" in told(context(Refused("3D000"), connection=None)).message
