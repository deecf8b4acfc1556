"""Follow-ups answered within the entries of the last answer: their reasons, examples, cases and numbered parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.entries import Entry, Passage, PassageKind
from assistant.domain.follow_ups import Aspect, FollowUp
from assistant.knowledge.matching.words import Lexicon, Word
from assistant.knowledge.passages.branching import branches_of
from assistant.knowledge.passages.pointing import passage
from assistant.knowledge.passages.selecting import (
    MOST,
    Question,
    cases,
    examples,
    named_cases,
    reasons,
    rows_for,
    select,
)
from assistant.knowledge.passages.structure import Piece, Shape, Structure, structure_of
from assistant.knowledge.passages.vocabulary import said_in, told_apart


@dataclass(frozen=True)
class Pointed:
    """An entry of the last answer and the passages of it that a follow-up is about; none means the whole."""

    entry: Entry
    passages: tuple[Passage, ...] = ()


def within(
    follow_up: FollowUp, question: Question, entries: Sequence[Entry], last: Question | None, lexicon: Lexicon
) -> tuple[Pointed, ...]:
    """Return what a follow-up is about within ``entries``, which answered the ``last`` question; nothing if it is not there."""
    match follow_up.aspect:
        case Aspect.REASON:
            return _those_with([Pointed(e, reasons(structure_of(e.text))) for e in entries])
        case Aspect.EXAMPLE:
            return _those_with([Pointed(e, examples(structure_of(e.text))) for e in entries])
        case Aspect.SOURCE:
            return tuple(Pointed(entry) for entry in entries)
        case Aspect.PLACE:
            return _at(follow_up.place or 0, entries, last, lexicon)
        case Aspect.CASE:
            return _case(question, entries, last, lexicon, connected=follow_up.connected)


def _those_with(pointed: Sequence[Pointed]) -> tuple[Pointed, ...]:
    return tuple(p for p in pointed if p.passages)


def _at(place: int, entries: Sequence[Entry], last: Question | None, lexicon: Lexicon) -> tuple[Pointed, ...]:
    """Return the entry, or the passage of the only entry, at a place of what the last answer showed."""
    if len(entries) > 1:
        return (Pointed(entries[place]),) if -len(entries) <= place < len(entries) else ()
    parts = [p for entry in entries for p in _parts(entry, last, lexicon)]
    if not -len(parts) <= place < len(parts):
        return ()
    return (Pointed(entries[0], (parts[place],)),)


def _parts(entry: Entry, last: Question | None, lexicon: Lexicon) -> Sequence[Passage]:
    """Return what can be counted in an entry: the passages shown, else its cases, sections, rows, or items."""
    structure = structure_of(entry.text)
    shown = select(structure, last, entry.question, lexicon) if last else ()
    if len(shown) > 1:
        return shown
    branches = branches_of(structure)
    if branches:
        return cases(structure, branches)
    sections = _sections(structure)
    if len(sections) > 1:
        return sections
    for shape in (Shape.ROW, Shape.ITEM, Shape.PARAGRAPH):
        pieces = [p for p in structure.pieces if p.shape is shape and p.depth <= 1]
        if len(pieces) > 1:
            return [passage(structure, p, _KINDS.get(shape, PassageKind.PART)) for p in pieces]
    return ()


_KINDS = {Shape.ROW: PassageKind.ROW}


def _sections(structure: Structure) -> list[Passage]:
    """Return the sections under headings or between dividing lines, each from its first piece to its last."""
    found: dict[tuple[int | None, str | None], list[Piece]] = {}
    for piece in structure.pieces:
        if piece.heading or piece.part:
            found.setdefault((piece.part, piece.heading), []).append(piece)
    return [_joined(structure, pieces) for pieces in found.values()]


def _joined(structure: Structure, pieces: Sequence[Piece]) -> Passage:
    first = pieces[0]
    end = max(p.end for p in pieces)
    # what belongs to a section stands together, so the whole stretch is still a part of the text
    stretch = Piece(
        Shape.PARAGRAPH, first.start, end, end, first.group, heading=first.heading, part=first.part
    )
    return passage(structure, stretch, PassageKind.PART)


def _case(
    question: Question, entries: Sequence[Entry], last: Question | None, lexicon: Lexicon, *, connected: bool
) -> tuple[Pointed, ...]:
    if not question.words:
        return ()
    if len(entries) > 1:
        named = told_apart([f"{e.question} {e.text}" for e in entries], question.words, lexicon)
        if len(named) == 1 and _says_all(
            f"{entries[named[0]].question} {entries[named[0]].text}", question.words, lexicon
        ):
            return (Pointed(entries[named[0]]),)
    found = [Pointed(e, _named_in(e, question, last, lexicon, connected=connected)) for e in entries]
    return _those_with(found)


def _named_in(
    entry: Entry, question: Question, last: Question | None, lexicon: Lexicon, *, connected: bool
) -> tuple[Passage, ...]:
    """Return the cases or rows that every word of the question names; after "and ..." also the one item that does."""
    structure = structure_of(entry.text)
    branches = named_cases(structure, question.words, "", lexicon)
    if len(branches) == 1 and _says_all(structure.own(branches[0].piece), question.words, lexicon):
        return cases(structure, branches)
    rows = rows_for(structure, question, lexicon, last)
    if rows and all(_says_all(row.text, question.words, lexicon) for row in rows):
        return rows
    if not connected:
        return ()
    items = [
        p
        for p in structure.pieces
        if p.shape is Shape.ITEM and _says_all(structure.own(p), question.words, lexicon)
    ]
    return (passage(structure, items[0], PassageKind.PART, own=True),) if 0 < len(items) <= MOST // 2 else ()


def _says_all(text: str, words: Sequence[Word], lexicon: Lexicon) -> bool:
    said = said_in(text, lexicon)
    return all(said.says(word) for word in words)
