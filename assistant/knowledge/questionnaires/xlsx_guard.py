"""What is checked of a workbook before it is opened: an XLSX file is an archive of XML from a stranger.

The XML reader underneath resolves no external entities. Declared entities could still blow up a text, and no spreadsheet
program writes any, so a document type is refused altogether; a further package for this would only do the same.
"""

import io
import zipfile
import zlib
from xml.parsers import expat

from assistant.domain.errors import InvalidInput

LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 2000
_MOST_TIMES_LARGER = 200
_SMALL = 1024 * 1024
_CHUNK = 1024 * 1024
_XML = (".xml", ".rels", ".vml")


def check_workbook(name: str, data: bytes) -> None:
    """Refuse what is no workbook, has macros, unpacks to too much, or declares a document type. Raises InvalidInput."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_sizes(name, parts)
            _check_macros(name, archive)
            for part in parts:
                if part.filename.lower().endswith(_XML):
                    _check_xml(name, archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError) as error:
        raise InvalidInput("IN", f"{name} is not an XLSX workbook, or is damaged or encrypted") from error


def _check_sizes(name: str, parts: list[zipfile.ZipInfo]) -> None:
    # the archive reader stops at the declared size, so that a false one cannot hide a larger part
    total = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > _SMALL and part.file_size > part.compress_size * _MOST_TIMES_LARGER for part in parts
    )
    if len(parts) > MOST_PARTS or total > LARGEST_UNPACKED or swollen:
        raise InvalidInput(
            "IN", f"{name} unpacks to far more than a questionnaire needs; save its sheet as CSV"
        )


def _check_macros(name: str, archive: zipfile.ZipFile) -> None:
    names = {part.lower() for part in archive.namelist()}
    with archive.open("[Content_Types].xml") as types:
        macros = b"macroenabled" in types.read(_CHUNK).lower()
    if macros or any(part.endswith("vbaproject.bin") for part in names):
        raise InvalidInput("IN", f"{name} has macros; save it as a workbook without macros (.xlsx)")


def _check_xml(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    def refuse(*_: object) -> None:
        raise InvalidInput("IN", f"{name} declares a document type, which no spreadsheet program writes")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk)
            parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by position
    except expat.ExpatError as error:
        raise InvalidInput("IN", f"{name} is damaged: {part.filename[:80]} is not well-formed") from error
