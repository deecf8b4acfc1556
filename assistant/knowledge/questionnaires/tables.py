"""Tables from files and back: rows of cells, read with the care that strangers' files need, and written so that none becomes a formula."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath

from assistant.domain.errors import InvalidInput
from assistant.knowledge.documents.model import SourceFile
from assistant.knowledge.questionnaires.csv_files import read_csv
from assistant.knowledge.questionnaires.sheets import Book, Cell, Row, Sheet
from assistant.knowledge.questionnaires.xlsx_files import read_xlsx, write_xlsx

_READERS: Mapping[str, Callable[[SourceFile, int], Book]] = {".csv": read_csv, ".xlsx": read_xlsx}


def read_table(name: str, data: bytes, most: int) -> tuple[Row, ...]:
    """Return the rows of a CSV file, or of the first sheet of a workbook, by the ending of its name.

    ``most`` is the number of rows below the heads. Raises InvalidInput for the field ``file``.
    """
    reader = _READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise InvalidInput("file", "must be a file whose name ends in .csv or .xlsx")
    if not data:
        raise InvalidInput("file", "is empty")
    try:
        book = reader(SourceFile(name[:100], data), most)
    except InvalidInput as error:
        raise InvalidInput("file", error.message) from error
    return book.sheets[0].rows if book.sheets else ()


def workbook(title: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as a workbook of one sheet, in which every text is a text."""
    return write_xlsx(Book((Sheet(title, tuple(tuple(row) for row in rows)),)))
