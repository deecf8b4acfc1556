"""From the bytes of a file to lines of text, within bounds."""

import re
import unicodedata
from pathlib import Path

from charset_normalizer import from_bytes

from assistant.domain.errors import InvalidInput
from assistant.knowledge.documents.model import Report, SourceFile

LARGEST_FILE = 5 * 1024 * 1024
MOST_LINES = 50_000
"""More than any document has: a short line takes many times the memory of its letters."""
ACCEPTED = (".md", ".markdown", ".txt")
_SAMPLE = 100_000
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_MOST_CONTROLS = 0.002


def load(path: Path) -> SourceFile:
    """Read a file from disk. Raises InvalidInput for one that is missing, too large or of another type."""
    _check_type(path.name)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _too_large(path.name)
        return SourceFile(path.name, path.read_bytes())
    except OSError as error:
        raise InvalidInput(path.name, f"cannot be read: {error.strerror}") from error


def read_lines(file: SourceFile, report: Report) -> list[str]:
    """Decode a file and split it into lines without trailing line ends; the text is in NFC.

    UTF-8 is expected; another encoding is guessed, with a warning. Stray control characters are removed, with a
    warning; a file with many of them is taken for binary. Raises InvalidInput.
    """
    _check_type(file.name)
    if len(file.data) > LARGEST_FILE:
        raise _too_large(file.name)
    text = _without_controls(decode(file, report), file, report)
    if not text.strip():
        raise InvalidInput(file.name, "is empty")
    text = _LINE_ENDS.sub("\n", text).replace("\xa0", " ").replace("\ufeff", "").replace("\u200b", "")
    if text.count("\n") >= MOST_LINES:
        raise InvalidInput(file.name, f"has too many lines; at most {MOST_LINES:,} are accepted")
    return unicodedata.normalize("NFC", text).split("\n")


def _check_type(name: str) -> None:
    if not name.lower().endswith(ACCEPTED):
        raise InvalidInput(name, "is of a type that cannot be imported; accepted are " + ", ".join(ACCEPTED))


def _too_large(name: str) -> InvalidInput:
    return InvalidInput(name, f"is too large; at most {LARGEST_FILE // 1024 // 1024} MB are accepted")


def decode(file: SourceFile, report: Report) -> str:
    """Return the bytes of a file as text: UTF-8, else a guess, which is warned of. Raises InvalidInput."""
    try:
        return file.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding = _guess(file)
        report.warn(1, f"is not UTF-8; read as {encoding}")
        return file.data.decode(encoding, errors="replace")


def _guess(file: SourceFile) -> str:
    if file.data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    best = None if b"\0" in file.data else from_bytes(file.data[:_SAMPLE]).best()
    if best is None:
        raise InvalidInput(file.name, "is not text in a known encoding; save it as UTF-8")
    return best.encoding


def _without_controls(text: str, file: SourceFile, report: Report) -> str:
    found = len(_CONTROLS.findall(text))
    if found > max(1, len(text) * _MOST_CONTROLS):
        raise InvalidInput(file.name, "is not text: it contains many control characters")
    if found:
        report.warn(1, f"{found} control character(s) removed")
    return _CONTROLS.sub("", text)
