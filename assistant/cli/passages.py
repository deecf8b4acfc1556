"""Passages in a terminal: the parts that answer, under one line for what they are, before the whole text."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from assistant.conversation.wording import Wording


def passage_lines(passages: Sequence[Mapping[str, Any]], wording: Wording) -> Iterator[str]:
    """Return the lines of passages in their wire form and the line that leads to the whole text; none without passages."""
    for pointer, pointed in groupby(passages, lambda passage: _pointer(passage, wording)):
        yield pointer
        yield from (passage["text"] for passage in pointed)
        yield ""
    if passages:
        yield wording.say("terminal.whole")


def _pointer(passage: Mapping[str, Any], wording: Wording) -> str:
    own = f"terminal.part_{passage['kind']}"
    part = wording.say(own if wording.has(own) else "terminal.part")
    heading = passage["heading"]
    return wording.say("terminal.in_section", part=part, heading=heading) if heading else f"{part}:"
