"""What changes from one set of entries to another: fields and texts, and which questions lead elsewhere."""

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.domain.entries import AnswerKind, Entry, Gap
from assistant.domain.identifiers import EntryId
from assistant.knowledge.catalogue import flat_content, publication_hash
from assistant.knowledge.editions import Edition
from assistant.knowledge.matching.decision import Match
from assistant.knowledge.matching.semantic.encoders import Encoder


@dataclass(frozen=True)
class FieldChange:
    """A field of an entry with two values, each a text, None or a tuple of texts; ``source.date`` is within the source."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Change:
    """An entry of both sets with other content. ``text`` is a unified diff of its text, empty where that is the same."""

    id: EntryId
    fields: tuple[FieldChange, ...]
    text: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """Where a question leads: the kind of answer and its first entry, None where nothing answers."""

    kind: AnswerKind
    entry: EntryId | None


@dataclass(frozen=True)
class Rerouted:
    """A question that leads elsewhere in the second set."""

    question: str
    old: Outcome
    new: Outcome


def changes(old: Sequence[Entry], new: Sequence[Entry], ids: Iterable[EntryId]) -> tuple[Change, ...]:
    """Return what changed in the entries of these ids, which both sets hold."""
    before, after = {e.id: e for e in old}, {e.id: e for e in new}
    return tuple(_change(before[i], after[i]) for i in ids)


def _change(old: Entry, new: Entry) -> Change:
    before, after = flat_content(old), flat_content(new)
    fields = tuple(FieldChange(n, before[n], after[n]) for n in before if before[n] != after[n])
    text = difflib.unified_diff(old.text.splitlines(), new.text.splitlines(), "old", "new", lineterm="")
    return Change(new.id, fields, tuple(text))


def known_questions(entries: Iterable[Entry], gaps: Iterable[Gap]) -> tuple[str, ...]:
    """Return every different question that entries or gaps hold, headings and alternates, in order."""
    asked = [question for entry in entries for question in (entry.question, *entry.alternates)]
    return tuple(dict.fromkeys([*asked, *(gap.question for gap in gaps)]))


def rerouted(
    questions: Iterable[str], old: Callable[[str], Match], new: Callable[[str], Match]
) -> tuple[Rerouted, ...]:
    """Return the questions whose first entry or kind of answer is another one in the second set."""
    asked = ((question, _outcome(old(question)), _outcome(new(question))) for question in questions)
    return tuple(Rerouted(*row) for row in asked if row[1] != row[2])


def _outcome(match: Match) -> Outcome:
    return Outcome(match.kind, match.chosen[0].entry.id if match.chosen else None)


def edition_of(entries: Sequence[Entry], folder: Path, encoder: Encoder | None = None) -> Edition:
    """Return an edition of a set that need not be in force, with its index in a folder of its own."""
    return Edition(publication_hash(entries), entries, folder, encoder)
