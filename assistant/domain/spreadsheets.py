"""Cells that a spreadsheet program would take for formulas: they come from strangers and must stay text."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence

_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{1,30})?")
_UNSEEN = re.compile(r"^[\s\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f]+")


def is_risky(text: str) -> bool:
    """Tell whether a text begins, as written or behind blanks, with a sign that starts a formula, full-width ones too.

    A plain number with a sign does not.
    """
    if _NUMBER.fullmatch(text):
        return False
    seen = unicodedata.normalize("NFKC", _UNSEEN.sub("", text[:1000]))
    return text.startswith(_STARTS) or seen.startswith(_STARTS)


def defused(text: str) -> str:
    """Return a text for CSV: one that could become a formula gets an apostrophe in front, others are unchanged."""
    return f"'{text}" if is_risky(text) else text


def csv_text(rows: Iterable[Sequence[str | int | None]]) -> str:
    """Write rows as CSV: commas, lines ended as in RFC 4180, None as an empty cell, and no text that becomes a formula."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerows([defused(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return "".join(lines)


class _Lines(list[str]):
    """Takes what is written, line by line."""

    write = list.append
