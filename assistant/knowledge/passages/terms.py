"""Defined terms: which definition a name belongs to, so that two of them can be shown beside one another."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.domain.entries import Entry, EntryKind
from assistant.knowledge.matching.glossary import ways_to_name
from assistant.knowledge.matching.words import split
from assistant.knowledge.passages.cues import sides_of

_ASKS_NAME = re.compile(
    r"^(?:what (?:is|are|does)|was ist|was heisst|wof(?:ü|u)r steht)\s+(?:(?:the|a|an|der|die|das)\s+)?(.*?\S)"
    r"(?:\s+(?:mean|meaning|stand for|stands for))?\s*\??$|^(.*?\S)\s+(?:stands for|meaning|means|short for)\s*\??$",
    re.IGNORECASE,
)
_CONTINUATION = re.compile(
    r"^\W*(?:and|und|or|oder|what about|how about|was ist mit)\s+(?:(?:what is|was ist|the|a|an|der|die|das)\s+)?(.{1,80}?)\W*$",
    re.IGNORECASE,
)
_MOST_WORDS = 5


@dataclass(frozen=True)
class Comparison:
    """Two defined terms to compare, in the order asked; an entry is None where nothing defines its term.

    ``names`` are the terms in the words of the question.
    """

    names: tuple[str, str]
    entries: tuple[Entry | None, Entry | None]


class Terms:
    """The defined terms of a publication by each of their names."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_name: dict[str, Entry] = {}
        definitions = [e for e in entries if e.kind is EntryKind.DEFINITION]
        # a term's own names come before what others call it
        for entry in definitions:
            for name in ways_to_name(entry.question):
                self._by_name.setdefault(_plain(name), entry)
        for entry in definitions:
            for name in _asked_names(entry):
                self._by_name.setdefault(_plain(name), entry)

    def defined(self, name: str) -> Entry | None:
        """Return the definition of a name, small and great letters and plain marks aside."""
        return self._by_name.get(_plain(name))

    def continued(self, follow_up: str) -> Entry | None:
        """Return the definition of the term that a follow-up consists of ("and TMRM?"), None for anything else."""
        match = _CONTINUATION.match(follow_up)
        return self.defined(match[1]) if match else None

    def compared(self, question: str) -> Comparison | None:
        """Return what a question asks to compare if at least one of the two is a defined term, else None."""
        sides = sides_of(question)
        if sides is None:
            return None
        entries = self.defined(sides[0]), self.defined(sides[1])
        return Comparison(sides, entries) if any(entries) and entries[0] != entries[1] else None


def _asked_names(entry: Entry) -> Iterable[str]:
    for alternate in entry.alternates:
        match = _ASKS_NAME.match(alternate)
        name = (match[1] or match[2]) if match else ""
        if name and len(split(name)) <= _MOST_WORDS:
            yield name


def _plain(name: str) -> str:
    return " ".join(split(name))
