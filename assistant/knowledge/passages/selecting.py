"""Which passages of an entry a question is about: rows, a reason, an example, cases, or one part that says it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.entries import Passage, PassageKind
from assistant.knowledge.matching.words import Lexicon, Word
from assistant.knowledge.passages.branching import Branch, branches_of
from assistant.knowledge.passages.cues import gives_example, gives_reason, leads_on, sides_of
from assistant.knowledge.passages.pointing import passage
from assistant.knowledge.passages.structure import Piece, Shape, Structure
from assistant.knowledge.passages.vocabulary import said_in, telling, told_apart

MOST = 4
"""Passages shown of one entry; where more fit, the question is about the whole."""

_CLEARLY = 2
_WHY = re.compile(
    r"^\W*(?:(?:and|but|so|und|aber) )?(?:why|how come|warum|wieso|weshalb)\b|\b(?:reason|grund)\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"\b(?:example|examples|beispiel|beispiele)\b", re.IGNORECASE)
_OUTCOME = re.compile(r"\b(?:happens?|becomes?|status|state|passiert|geschieht|wird aus)\b", re.IGNORECASE)
_OUTCOME_HEAD = re.compile(r"licen[cs]e|status|state|lizenz", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """A question as passages are sought for it: its text, and its words that tell something."""

    text: str
    words: tuple[Word, ...]


def select(structure: Structure, question: Question, asked: str, lexicon: Lexicon) -> tuple[Passage, ...]:
    """Return the passages of a text that the question is about, in order; none means the whole.

    ``asked`` is the question that the entry answers: words that stand in it point at no part of the answer.
    """
    found = (
        _by_intent(structure, question.text)
        or rows_for(structure, question, lexicon)
        or cases(structure, _named_but_not_all(structure, question, asked, lexicon))
        or _beside_cases(structure, question, asked, lexicon)
        or _part(structure, question, asked, lexicon)
    )
    whole = structure.text.strip()
    return tuple(p for p in found if p.text and p.text != whole)


def reasons(structure: Structure) -> tuple[Passage, ...]:
    """Return the pieces that give a reason; where one draws on the piece before it, that one too."""
    pieces = structure.pieces
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        own = structure.own(piece)
        if not gives_reason(own):
            continue
        if leads_on(own) and place and found[-1:] != [pieces[place - 1]]:
            found.append(pieces[place - 1])
        found.append(piece)
    # an item that only announces what is nested in it gives no reason itself
    said = [p for p in found if p.end == p.own_end or not structure.own(p).rstrip().endswith(":")]
    return tuple(passage(structure, p, PassageKind.REASON, own=True) for p in said[:MOST])


def examples(structure: Structure) -> tuple[Passage, ...]:
    """Return the pieces that give an example."""
    found = [p for p in structure.pieces if p.shape is not Shape.ROW and gives_example(structure.own(p))]
    return tuple(passage(structure, p, PassageKind.EXAMPLE, own=True) for p in found[:MOST])


def cases(structure: Structure, branches: Sequence[Branch]) -> tuple[Passage, ...]:
    """Return cases as passages."""
    return tuple(passage(structure, b.piece, PassageKind.BRANCH, label=b.label) for b in branches)


def named_cases(
    structure: Structure, words: Sequence[Word], asked: str, lexicon: Lexicon
) -> tuple[Branch, ...]:
    """Return the cases that these words name; words of the question ``asked`` hold for all of them."""
    branches, title = branches_of(structure), said_in(asked, lexicon)
    apart = [word for word in words if not title.says(word)]
    return tuple(branches[place] for place in told_apart([b.label for b in branches], apart, lexicon))


def rows_for(
    structure: Structure, question: Question, lexicon: Lexicon, last: Question | None = None
) -> tuple[Passage, ...]:
    """Return the rows whose first cell the question names more than others, of the tables it asks about.

    A follow-up asks about the tables of the ``last`` question. Of two things compared, the rows of each are returned; a row
    with nothing beside its first cell says nothing.
    """
    rows = [row for row in structure.rows() if row.cells and row.cells[0] and any(row.cells[1:])]
    sides = sides_of(question.text)
    if sides:
        both = [_named_rows(rows, telling(side, lexicon), lexicon) for side in sides]
        chosen = (
            [row for row in rows if any(row in side for side in both)]
            if all(both) and both[0] != both[1]
            else []
        )
    else:
        whole = Question(f"{last.text} {question.text}", (*last.words, *question.words)) if last else question
        chosen = _in_tables_asked(_named_rows(rows, question.words, lexicon), whole, lexicon)
    return tuple(passage(structure, row, PassageKind.ROW) for row in chosen) if len(chosen) <= MOST else ()


def _by_intent(structure: Structure, text: str) -> tuple[Passage, ...]:
    if _WHY.search(text):
        return reasons(structure)
    return examples(structure) if _EXAMPLE.search(text) else ()


def _named_rows(rows: Sequence[Piece], words: Sequence[Word], lexicon: Lexicon) -> list[Piece]:
    return [rows[place] for place in told_apart([row.cells[0] for row in rows], words, lexicon)]


def _in_tables_asked(rows: list[Piece], question: Question, lexicon: Lexicon) -> list[Piece]:
    """Keep the rows of the tables whose head or heading the question names best."""
    if _OUTCOME.search(question.text):
        rows = [r for r in rows if any(_OUTCOME_HEAD.search(h) for h in r.header[1:])] or rows
    heads = [" ".join([*row.header[1:], row.heading or ""]) for row in rows]
    best = told_apart(heads, question.words, lexicon)
    return [rows[place] for place in best] or rows


def _named_but_not_all(
    structure: Structure, question: Question, asked: str, lexicon: Lexicon
) -> tuple[Branch, ...]:
    named = named_cases(structure, question.words, asked, lexicon)
    return named if len(named) < len(branches_of(structure)) else ()


def _beside_cases(
    structure: Structure, question: Question, asked: str, lexicon: Lexicon
) -> tuple[Passage, ...]:
    """Return the one piece beside the cases that says a word of the question which no case says."""
    branches = branches_of(structure)
    title, within = said_in(asked, lexicon), [(b.piece.start, b.piece.end) for b in branches]
    inside = [said_in(structure.text[start:end], lexicon) for start, end in within]
    words = [w for w in question.words if not title.says(w) and not any(s.says(w) for s in inside)]
    beside = [p for p in structure.pieces if not any(start <= p.start < end for start, end in within)]
    said = [p for p in beside if any(said_in(structure.own(p), lexicon).says(word) for word in words)]
    if not branches or len(said) != 1:
        return ()
    return (passage(structure, said[0], PassageKind.PART, own=True),)


def _part(structure: Structure, question: Question, asked: str, lexicon: Lexicon) -> tuple[Passage, ...]:
    """Return the one item that holds at least two words the entry's own question lacks, and that no other one rivals."""
    title = said_in(asked, lexicon)
    words = [word for word in question.words if not title.says(word)]
    items = [p for p in structure.pieces if p.shape is Shape.ITEM and p.depth == 1]
    scores = [sum(s.says(w) for w in words) for s in (said_in(structure.whole(p), lexicon) for p in items)]
    ranked = sorted(range(len(items)), key=lambda place: -scores[place])
    if len(items) <= 1 or scores[ranked[0]] < _CLEARLY or scores[ranked[1]] * _CLEARLY > scores[ranked[0]]:
        return ()
    return (passage(structure, items[ranked[0]], PassageKind.PART),)
