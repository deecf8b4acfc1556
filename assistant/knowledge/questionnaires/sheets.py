"""A questionnaire as values: sheets of rows, and where their questions stand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.domain.errors import InvalidInput

MOST_ROWS = 5000
MOST_COLUMNS = 200
LARGEST_FILE = 20 * 1024 * 1024
MOST_SHEETS = 50

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]

_HEADS = frozenset(
    "question questions query q frage fragen fragestellung anforderung requirement question text customer question "
    "your question ihre frage".split()
) | {"question text", "customer question", "your question", "ihre frage", "your questions", "ihre fragen"}
_HEAD_WORD = re.compile(r"\b(?:questions?|fragen?)\b")
_NOT_THE_TEXT = re.compile(r"\b(?:no|nr|number|nummer|id|type|typ|category|kategorie)\b|#")
_HEAD_ROWS = 20
_WORDS_OF_A_QUESTION = 3


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet; rows may differ in length."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Book:
    """A file of sheets. ``delimiter`` and ``marked`` (a byte order mark) are those of a CSV file."""

    sheets: tuple[Sheet, ...]
    delimiter: str = ","
    marked: bool = True


@dataclass(frozen=True)
class Place:
    """Where the questions of a sheet stand: column and, if there is one, the row of the heads (both from 0)."""

    column: int
    head: int | None

    def question(self, index: int, row: Row) -> str:
        """Return the question in a row of the sheet, or an empty text."""
        if self.head is not None and index <= self.head:
            return ""
        cell = row[self.column] if self.column < len(row) else None
        return " ".join(cell.split()) if isinstance(cell, str) else ""


def find_place(sheet: Sheet) -> Place | None:
    """Return where the questions stand: under a head that says so, else in the first column of text; None if nowhere."""
    for index, row in enumerate(sheet.rows[:_HEAD_ROWS]):
        column = _head_column(row)
        if column is not None:
            return Place(column, index)
    column = _first_column_of_text(sheet.rows)
    if column is None:
        return None
    first = next((i for i, row in enumerate(sheet.rows) if any(cell is not None for cell in row)), 0)
    return Place(column, None if _is_question(_at(sheet.rows[first], column)) else first)


def questions_of(book: Book) -> tuple[str, ...]:
    """Return every different question of a book, in order. Raises InvalidInput when there is none."""
    found: dict[str, None] = {}
    for sheet in book.sheets:
        place = find_place(sheet)
        if place:
            found.update(
                dict.fromkeys(filter(None, (place.question(i, r) for i, r in enumerate(sheet.rows))))
            )
    if not found:
        raise InvalidInput("IN", "holds no questions; put them in a column with the head Question")
    return tuple(found)


def checked_rows(name: str, rows: Iterable[Row], most: int = MOST_ROWS) -> tuple[Row, ...]:
    """Return rows without the empty ends of each and of all. Raises InvalidInput when there are more than ``most``."""
    kept: list[Row] = []
    for index, row in enumerate(rows):
        width = next((n for n in range(len(row), 0, -1) if row[n - 1] not in (None, "")), 0)
        if width > MOST_COLUMNS:
            raise InvalidInput("IN", f"{name}: a row is wider than the {MOST_COLUMNS} columns allowed")
        if width and index > most:
            raise InvalidInput("IN", f"{name} is longer than the {most} rows allowed")
        if width:
            kept += [()] * (index - len(kept))
            kept.append(tuple(row[:width]))
    return tuple(kept)


def _head_column(row: Row) -> int | None:
    heads = [" ".join(cell.casefold().strip(" :*").split()) if isinstance(cell, str) else "" for cell in row]
    exact = next((n for n, head in enumerate(heads) if head in _HEADS), None)
    if exact is not None:
        return exact
    return next((n for n, head in enumerate(heads) if _names_questions(head)), None)


def _names_questions(head: str) -> bool:
    short = len(head.split()) <= _WORDS_OF_A_QUESTION and not head.endswith("?")
    return short and bool(_HEAD_WORD.search(head)) and not _NOT_THE_TEXT.search(head)


def _first_column_of_text(rows: tuple[Row, ...]) -> int | None:
    width = max((len(row) for row in rows), default=0)
    for column in range(width):
        cells = [cell for row in rows if (cell := _at(row, column)) not in (None, "")]
        if sum(_is_question(cell) for cell in cells) * 2 >= len(cells) > 0:
            return column
    return None


def _is_question(cell: Cell) -> bool:
    """Tell whether a cell reads like a question: it ends like one, or has several words."""
    return isinstance(cell, str) and (
        cell.rstrip().endswith("?") or len(cell.split()) >= _WORDS_OF_A_QUESTION
    )


def _at(row: Row, column: int) -> Cell:
    return row[column] if column < len(row) else None
