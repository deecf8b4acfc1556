"""From files of questions and back: types by ending, bounds, and never a half-written or overwritten file."""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from assistant.domain.errors import InvalidInput
from assistant.knowledge.documents.model import SourceFile
from assistant.knowledge.questionnaires.csv_files import read_csv, write_csv
from assistant.knowledge.questionnaires.sheets import LARGEST_FILE, Book, find_place
from assistant.knowledge.questionnaires.xlsx_files import read_xlsx, write_xlsx

_READERS: Mapping[str, Callable[[SourceFile], Book]] = {".csv": read_csv, ".xlsx": read_xlsx}
_WRITERS: Mapping[str, Callable[[Book], bytes]] = {".csv": write_csv, ".xlsx": write_xlsx}


def read_questionnaire(path: Path) -> Book:
    """Read a CSV or XLSX file by its ending, at most 20 MB. Raises InvalidInput."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise InvalidInput("IN", f"{path.name} must end in .csv or .xlsx")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InvalidInput("IN", f"{path.name} is larger than {LARGEST_FILE // 1024 // 1024} MB")
        data = path.read_bytes()
    except OSError as error:
        raise InvalidInput("IN", f"{path.name} cannot be read: {error.strerror}") from error
    if not data:
        raise InvalidInput("IN", f"{path.name} is empty")
    return reader(SourceFile(path.name, data))


def check_target(path: Path, *, force: bool) -> None:
    """Refuse a file that cannot or must not be written. Raises InvalidInput."""
    if path.suffix.lower() not in _WRITERS:
        raise InvalidInput("OUT", f"{path.name} must end in .csv or .xlsx")
    if path.exists() and not (force and path.is_file()):
        raise _exists(path)


def write_questionnaire(book: Book, path: Path, *, force: bool) -> None:
    """Write a book by the ending of its file: aside first, then in place at once.

    A CSV file holds one sheet: that with the questions. Raises InvalidInput when there are several, when the file
    exists and is not to be overwritten, or cannot be written.
    """
    check_target(path, force=force)
    writer = _WRITERS[path.suffix.lower()]
    data = writer(_one_sheet(book) if writer is write_csv else book)
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:100]}-", delete=False) as aside:
            aside.write(data)
        _put_in_place(Path(aside.name), path, force=force)
    except OSError as error:
        raise InvalidInput("OUT", f"{path.name} cannot be written: {error.strerror}") from error


def _put_in_place(aside: Path, path: Path, *, force: bool) -> None:
    try:
        # an empty file takes the name first, which fails where another one came to be in the meantime
        path.touch(exist_ok=force)
        aside.replace(path)
    except FileExistsError as error:
        raise _exists(path) from error
    finally:
        aside.unlink(missing_ok=True)


def _exists(path: Path) -> InvalidInput:
    return InvalidInput("OUT", f"{path.name} exists already; name another file, or overwrite it with --force")


def _one_sheet(book: Book) -> Book:
    asked = tuple(sheet for sheet in book.sheets if find_place(sheet))
    if len(asked) > 1:
        raise InvalidInput(
            "OUT", f"a CSV file holds one sheet, and {len(asked)} sheets have questions; write to .xlsx"
        )
    return Book(asked[:1], book.delimiter, book.marked)
