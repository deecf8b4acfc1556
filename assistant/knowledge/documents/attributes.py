"""What a file may say about an entry beside its text: attributes in a comment that no Markdown viewer shows.

The syntax is described in ``docs/knowledge-format.md``.
"""

import re
from collections.abc import Mapping

from assistant.domain.entries import Audience, EntryKind
from assistant.domain.errors import InvalidInput
from assistant.knowledge.documents.model import Attribute, Line, Report

LISTS: frozenset[str] = frozenset({"aliases", "alternates", "audience", "related"})
SINGLE = frozenset(
    {"id", "kind", "topic", "workflow", "reviewed", "source-document", "source-date", "source-heading"}
)
CARRIED: tuple[Attribute, ...] = (
    "aliases",
    "alternates",
    "audience",
    "topic",
    "related",
    "workflow",
    "reviewed",
)
"""Attributes that an entry keeps from its version before when a file does not state them."""

_OPENING = "<!-- knowledge"
_PAIR = re.compile(r"([a-z-]{1,40}):(?:[ ]+(.*))?$")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUGS = frozenset({"id", "aliases", "related"})
_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?")
_FRONT_MATTER = frozenset({"document", "date", "source-document"})
_MOST_ITEMS = 200
_LONGEST = 500

Attributes = Mapping[str, tuple[str, ...]]
"""Stated attributes; a single value is a tuple of one, a value left empty is an empty tuple."""


def front_matter(lines: list[str]) -> tuple[dict[str, str], int]:
    """Return the pairs between two ``---`` lines at the head of a file, and how many lines they take."""
    if not lines or lines[0].strip() != "---":
        return {}, 0
    pairs: dict[str, str] = {}
    for index, line in enumerate(lines[1:20], start=1):
        if line.strip() == "---":
            return pairs, index + 1
        match = _PAIR.match(line.strip())
        if not match or match[1] not in _FRONT_MATTER:
            return {}, 0
        pairs[match[1]] = (match[2] or "").strip()
    return {}, 0


def take_blocks(
    lines: list[Line], code: list[bool], report: Report
) -> tuple[list[Line], dict[int, Attributes]]:
    """Take attribute blocks and comments out of the lines; return the rest and the blocks by their first line."""
    kept: list[Line] = []
    blocks: dict[int, Attributes] = {}
    last_end = max((i for i, (_, text) in enumerate(lines) if "-->" in text), default=-1)
    index = 0
    while index < len(lines):
        number, text = lines[index]
        start = -1 if code[index] else text.find("<!--")
        if start < 0 or last_end < index:
            kept.append((number, text))
            index += 1
            continue
        end = next(i for i in range(index, last_end + 1) if "-->" in lines[i][1])
        if end == index and text.find("-->", start) < 0:
            kept.append((number, text.replace("<!--", "")))
            index += 1
            continue
        if text.startswith(_OPENING):
            blocks[number] = _read_block(lines[index : end + 1], report)
            kept.append((number, ""))
        else:
            report.warn(number, "a comment was removed")
            kept.append((number, text[:start] + lines[end][1].split("-->", 1)[1]))
        index = end + 1
    return kept, blocks


def _read_block(lines: list[Line], report: Report) -> Attributes:
    stated: dict[str, tuple[str, ...]] = {}
    current = ""
    for number, raw in lines:
        text = raw.removeprefix(_OPENING).split("-->", 1)[0].strip()
        match = _PAIR.match(text)
        if text.startswith("- ") and current in LISTS:
            stated[current] += _valid(current, (text[2:].strip(),), number, report)
        elif match and match[1] in LISTS | SINGLE:
            current = match[1]
            stated[current] = _valid(current, _values(current, match[2] or ""), number, report)
        elif text:
            report.warn(number, f"is not an attribute and was ignored: {text[:80]}")
    return stated


def _values(name: str, text: str) -> tuple[str, ...]:
    if name in LISTS and name != "alternates":
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return (text.strip(),) if text.strip() else ()


def _valid(name: str, values: tuple[str, ...], number: int, report: Report) -> tuple[str, ...]:
    good = tuple(" ".join(v.split()) for v in values if v and len(v) <= _LONGEST and _fits(name, v))
    if len(good) < len(values):
        report.warn(number, f"{name}: a value that is not allowed was ignored")
    return good[:_MOST_ITEMS]


def _fits(name: str, value: str) -> bool:
    if name in _SLUGS:
        return _SLUG.fullmatch(value) is not None
    if name == "audience":
        return value in {a.value for a in Audience}
    if name == "kind":
        return value in {k.value for k in EntryKind}
    if name in {"reviewed", "source-date"}:
        return _DATE.fullmatch(value) is not None
    return True


def check_date(field: str, value: str) -> str:
    """Return a document date as ``YYYY-MM``. Raises InvalidInput."""
    if not _DATE.fullmatch(value) or len(value) != len("YYYY-MM"):
        raise InvalidInput(field, f"must be a month as YYYY-MM, not {value[:40]!r}")
    return value
