"""Answers and files of questions for questionnaires."""

import csv
import io
import zipfile

from openpyxl import Workbook, load_workbook

from assistant.domain.entries import Answer, AnsweredEntry, AnswerKind, Why
from assistant.knowledge.documents.model import SourceFile
from assistant.knowledge.questionnaires.answering import answered
from assistant.knowledge.questionnaires.csv_files import read_csv, write_csv
from assistant.knowledge.questionnaires.sheets import Book, Sheet, questions_of
from support.knowledge import entries_of

TEXT = "- Tills may be moved.\n  - Not on Sundays."


def entry(text=TEXT, question="May tills be moved?"):
    """Return an entry with this text."""
    (made,) = entries_of(f"## {question}\n\n{text}\n", date="2025-03").values()
    return made


def answer(*entries, kind=AnswerKind.EXACT, aged=False, why=None, **fields):
    """Return an answer of these entries."""
    shown = tuple(AnsweredEntry(e, "", aged, why or Why()) for e in entries)
    return Answer(kind, None, shown, **fields)


def sheet(*rows, name="Sheet"):
    """Return a sheet of rows."""
    return Sheet(name, tuple(tuple(row) for row in rows))


def filled(*rows, with_answer=None):
    """Return the rows of a sheet after every question got the same answer."""
    book = Book((sheet(*rows),))
    given = dict.fromkeys(questions_of(book), with_answer or answer(entry()))
    return answered(book, given).sheets[0].rows


def csv_rows(data, delimiter=","):
    """Return the rows of a written CSV file."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def csv_book(text, name="q.csv"):
    """Read a CSV text or bytes."""
    return read_csv(SourceFile(name, text.encode() if isinstance(text, str) else text))


def csv_round(text):
    """Return what is written for a CSV text that is only copied."""
    return write_csv(csv_book(text))


def workbook(**sheets):
    """Return the bytes of a workbook with these sheets of rows."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        worksheet = made.create_sheet(name)
        for row in rows:
            worksheet.append(row)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def opened(data):
    """Open a written workbook."""
    return load_workbook(io.BytesIO(data))


def with_part(data, name, content):
    """Return an archive with one part replaced or added."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return written.getvalue()
