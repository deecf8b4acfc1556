"""Passages in a terminal: the parts that answer, under one line for what they are, before the whole text."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

_POINTERS = {"reason": "The reason in the text", "example": "The example in the text"}


def passage_lines(passages: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Return the lines of passages in their wire form and the line that leads to the whole text; none without passages."""
    for pointer, pointed in groupby(passages, _pointer):
        yield pointer
        yield from (passage["text"] for passage in pointed)
        yield ""
    if passages:
        yield "The whole text:"


def _pointer(passage: Mapping[str, Any]) -> str:
    pointer = _POINTERS.get(passage["kind"], "The part that answers")
    return f'{pointer} (section "{passage["heading"]}"):' if passage["heading"] else f"{pointer}:"
