"""What differs between two texts, word by word: lines first, then the words of the lines that differ."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.domain.editing import FieldDiff, Piece, Words
from assistant.domain.entries import Entry
from assistant.knowledge.catalogue import flat_content

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_COMPARED = 1_000_000
"""Beyond so many pairs two texts count as wholly different: comparing them would take longer than reading both."""


def word_diff(old: str, new: str) -> tuple[Words, ...]:
    """Return the pieces of both texts in order; neighbours of one kind are one piece."""
    return tuple(_joined(_by_line(old.splitlines(keepends=True), new.splitlines(keepends=True))))


def field_diffs(old: Entry | None, new: Entry | None) -> tuple[FieldDiff, ...]:
    """Return every field that differs between two versions, text first; None stands for no entry at all."""
    before, after = _fields(old), _fields(new)
    names = sorted(before.keys() | after.keys(), key=lambda name: (name != "question", name != "text", name))
    differing = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return tuple(FieldDiff(name, word_diff(one, other)) for name, one, other in differing if one != other)


def _fields(entry: Entry | None) -> dict[str, str]:
    content = flat_content(entry) if entry else {}
    return {name: _text(value) for name, value in content.items() if name != "id"}


def _text(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)


def _by_line(old: Sequence[str], new: Sequence[str]) -> Iterator[Words]:
    if len(old) * len(new) > _MOST_COMPARED:
        yield from _whole(old, new)
        return
    for tag, start, end, new_start, new_end in _opcodes(old, new):
        if tag == "equal":
            yield Words(Piece.SAME, "".join(old[start:end]))
        else:
            yield from _by_word("".join(old[start:end]), "".join(new[new_start:new_end]))


def _by_word(old: str, new: str) -> Iterator[Words]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) * len(after) > _MOST_COMPARED:
        yield from _whole(before, after)
        return
    for tag, start, end, new_start, new_end in _opcodes(before, after):
        if tag == "equal":
            yield Words(Piece.SAME, "".join(before[start:end]))
        else:
            yield from _whole(before[start:end], after[new_start:new_end])


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _whole(old: Sequence[str], new: Sequence[str]) -> Iterator[Words]:
    yield Words(Piece.REMOVED, "".join(old))
    yield Words(Piece.ADDED, "".join(new))


def _joined(pieces: Iterator[Words]) -> Iterator[Words]:
    held: Words | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if held and held.piece is piece.piece:
            held = Words(held.piece, held.text + piece.text)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held
