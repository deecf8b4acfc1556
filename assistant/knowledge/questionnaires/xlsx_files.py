"""Questionnaires in XLSX: values in, a fresh workbook out, every text as text."""

import io
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from assistant.domain.errors import InvalidInput
from assistant.domain.spreadsheets import is_risky
from assistant.knowledge.documents.model import SourceFile
from assistant.knowledge.questionnaires.answering import HEADS
from assistant.knowledge.questionnaires.sheets import (
    MOST_ROWS,
    MOST_SHEETS,
    Book,
    Cell,
    Row,
    Sheet,
    checked_rows,
)
from assistant.knowledge.questionnaires.xlsx_guard import check_workbook

_LONGEST_CELL = 32_767
_TOO_LONG = "The text is longer than a cell can hold; read it under its entry id."
_WIDTH = 40
_NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]\x00-\x1f]")


def read_xlsx(file: SourceFile, most: int = MOST_ROWS) -> Book:
    """Read the values of all sheets; a formula counts as its last result. Raises InvalidInput."""
    check_workbook(file.name, file.data)
    try:
        workbook = load_workbook(io.BytesIO(file.data), read_only=True, data_only=True, keep_links=False)
        return Book(_sheets(workbook, file.name, most))
    except InvalidInput:
        raise
    except Exception as error:
        raise InvalidInput(
            "IN", f"{file.name} cannot be read as a workbook; open and save it again"
        ) from error


def _sheets(workbook: Any, name: str, most: int) -> tuple[Sheet, ...]:
    worksheets = workbook.worksheets
    if len(worksheets) > MOST_SHEETS:
        raise InvalidInput("IN", f"{name} has more than the {MOST_SHEETS} sheets allowed")
    sheets = []
    for worksheet in worksheets:
        # the stated extent of a sheet may be anything; the cells are what counts
        worksheet.reset_dimensions()
        rows = (tuple(map(_read, row)) for row in worksheet.iter_rows(values_only=True))
        sheets.append(Sheet(worksheet.title, checked_rows(worksheet.title, rows, most)))
    return tuple(sheets)


def _read(value: Any) -> Cell:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else None


def write_xlsx(book: Book) -> bytes:
    """Return the book as a workbook in which every text is a text, whatever it begins with."""
    workbook = Workbook(write_only=True)
    for number, sheet in enumerate(book.sheets, start=1):
        worksheet = workbook.create_sheet(_title(sheet.name, number))
        for column in range(1, max((len(row) for row in sheet.rows), default=0) + 1):
            worksheet.column_dimensions[get_column_letter(column)].width = _WIDTH
        for row in sheet.rows:
            worksheet.append(
                [_cell(worksheet, cell, head=row[-len(HEADS) :] == HEADS) for cell in _fitting(row)]
            )
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def _title(name: str, number: int) -> str:
    """Return a name that a sheet may have; a CSV file's has an ending and may be longer."""
    return _NOT_IN_TITLES.sub(" ", name)[:31].strip(" '") or f"Sheet {number}"


def _fitting(row: Row) -> Row:
    """Return a row whose stored text fits a cell, which cannot hold a longer one: then a note stands for it."""
    place = len(row) - len(HEADS)
    text = row[place] if place >= 0 else None
    if not isinstance(text, str) or len(text) <= _LONGEST_CELL:
        return row
    note = place + HEADS.index("Note")
    return (*row[:place], None, *row[place + 1 : note], _TOO_LONG, *row[note + 1 :])


def _cell(worksheet: Any, value: Cell, *, head: bool) -> WriteOnlyCell:
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL] if isinstance(value, str) else value
    cell = WriteOnlyCell(worksheet, text)
    if isinstance(text, str):
        cell.data_type = "s"
        cell.quotePrefix = is_risky(text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if head:
        cell.font = Font(bold=True)
    return cell
