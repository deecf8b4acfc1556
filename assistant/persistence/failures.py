"""What a driver's errors mean: a database out of reach, a race that was lost, a value that no database takes."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, ExceptionContext, PrimaryKeyConstraint, Table, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from assistant.domain.errors import AssistantError, Conflict, DatabaseUnavailable, InvalidInput

_RACES = ("40001", "40P01")
_BUSY = ("55P03", "57014", "SQLITE_BUSY", "SQLITE_LOCKED")
_FULL = ("53100", "SQLITE_FULL")
_OUT_OF_ORDER = (
    "25006", "53", "57P", "58", "SQLITE_CANTOPEN", "SQLITE_CORRUPT", "SQLITE_IOERR", "SQLITE_READONLY",
)  # fmt: skip
_UNSTORABLE = ("22001", "22003", "22021")
"""SQLSTATEs of PostgreSQL, some as whole classes, and names of SQLite's results."""


def told(context: ExceptionContext) -> AssistantError | None:
    """Return what an error of the driver is to the rest of the program, or None for a fault of ours."""
    if context.is_pre_ping:
        # a pooled connection was found dead and is about to be replaced
        return None
    error = context.original_exception
    if context.connection is None:
        return DatabaseUnavailable(f"The database cannot be opened: {_in_one_line(error)}.")
    if context.is_disconnect:
        return DatabaseUnavailable("The connection to the database was lost. Try again.")
    return _told_by_code(error)


def _told_by_code(error: BaseException) -> AssistantError | None:
    code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None) or ""
    if code.startswith(_RACES):
        return Conflict("Somebody else changed the same thing at that moment. Try again.")
    if code.startswith(_BUSY):
        return DatabaseUnavailable("The database is busy. Try again in a moment.")
    if code.startswith(_FULL):
        return DatabaseUnavailable("The disk of the database is full.")
    if code.startswith(_OUT_OF_ORDER):
        return DatabaseUnavailable(f"The database does not work: {_in_one_line(error)}.")
    if code.startswith(_UNSTORABLE) or _is_unstorable(error):
        return InvalidInput("text", "holds what cannot be stored: no text, or too much of it")
    return None


def _is_unstorable(error: BaseException) -> bool:
    # a zero byte, half of a surrogate pair, a number of more than eight bytes: refused before the database sees them
    return isinstance(error, UnicodeEncodeError | OverflowError) or "NUL (0x00)" in str(error)


def _in_one_line(error: BaseException) -> str:
    return " ".join(str(error).split()).rstrip(".")


@contextmanager
def conflict_where_taken(message: str, *keys: Iterable[Column[Any]]) -> Iterator[None]:
    """Raise Conflict with this message where one of these keys is in the table already; other faults stay what they are.

    A key is what is unique: the columns of a table's primary key or of one of its unique constraints.
    """
    try:
        yield
    except IntegrityError as error:
        if any(_names(error, tuple(key)) for key in keys):
            raise Conflict(message) from error
        raise


def _names(error: IntegrityError, key: tuple[Column[Any], ...]) -> bool:
    table = key[0].table
    assert isinstance(table, Table)
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is None:
        columns = ", ".join(f"{table.name}.{column.name}" for column in key)
        return str(error.orig) == f"UNIQUE constraint failed: {columns}"
    return bool(diagnosis.constraint_name == _constraint_of(table, key))


def _constraint_of(table: Table, key: tuple[Column[Any], ...]) -> str:
    unique = (c for c in table.constraints if isinstance(c, PrimaryKeyConstraint | UniqueConstraint))
    return next(str(constraint.name) for constraint in unique if tuple(constraint.columns) == key)
