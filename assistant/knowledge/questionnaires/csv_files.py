"""Questionnaires in CSV: delimiter and encoding are found out, and cells are written so that none becomes a formula."""

import csv
import io
from collections import Counter

from assistant.domain.errors import InvalidInput
from assistant.domain.spreadsheets import defused
from assistant.knowledge.documents.model import Report, SourceFile
from assistant.knowledge.documents.reading import decode
from assistant.knowledge.questionnaires.sheets import MOST_ROWS, Book, Cell, Sheet, checked_rows

_MARK = b"\xef\xbb\xbf"
_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 30
_REGULAR = 0.8
_NONE = "\x1f"


def read_csv(file: SourceFile, most: int = MOST_ROWS) -> Book:
    """Read the rows of a CSV file; one of a single column needs no delimiter. Raises InvalidInput."""
    if b"\0" in file.data and not file.data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InvalidInput("IN", f"{file.name} is not text; save it as CSV in UTF-8")
    report = Report(file.name)
    text = decode(file, report)
    try:
        delimiter = _delimiter(text)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _NONE)
        checked = checked_rows(file.name, (tuple(row) for row in rows), most)
    except csv.Error as error:
        raise InvalidInput("IN", f"{file.name} cannot be read as CSV: {error}") from error
    marked = file.data.startswith(_MARK) or bool(report.warnings)
    return Book((Sheet(file.name, checked),), delimiter or ",", marked)


def write_csv(book: Book) -> bytes:
    """Return the first sheet as CSV in UTF-8, with a byte order mark where the book has one."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=book.delimiter, lineterminator="\r\n")
    for row in book.sheets[0].rows:
        writer.writerow([_written(cell) for cell in row])
    return (_MARK if book.marked else b"") + written.getvalue().encode("utf-8", "replace")


def _written(cell: Cell) -> Cell:
    return defused(cell) if isinstance(cell, str) else cell


def _delimiter(text: str) -> str | None:
    """Return the delimiter that divides the first rows most evenly, or None for a single column."""
    evenness = {delimiter: _evenness(text, delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda delimiter: evenness[delimiter])
    return best if evenness[best][0] >= _REGULAR else None


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    """Return which share of the rows has as many cells as is usual, and how many cells that is."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    widths = [len(row) for row, _ in zip(rows, range(_SAMPLE_ROWS), strict=False) if row]
    if not widths or widths[0] == 1:
        return 0.0, 0
    width, count = Counter(widths).most_common(1)[0]
    return (count / len(widths), width) if width > 1 else (0.0, 0)
