"""From a message to acts: its sentences, what they ask and what they start. What they fill is read in ``filling``."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from assistant.conversation import vocabulary
from assistant.conversation.dates import means_the_month
from assistant.conversation.flow import Flow, SlotValue
from assistant.conversation.names import Option
from assistant.conversation.phrases import starts_with_phrase
from assistant.conversation.words import CORRECTION_CUES, QUESTION_WORDS, REQUEST_OPENERS, Word, words_of

_MARKS = frozenset("?!.;")
_PAUSE = re.compile(r"[,(]|\s[-\u2013\u2014]+\s")
_POLITE_STARTS = vocabulary.words("polite.starts")
_JOINING = vocabulary.words("what_if.leading")


@dataclass(frozen=True)
class Clause:
    """One sentence of the message, or the question hanging on to one; ``asks`` tells a question from a statement."""

    text: str
    words: tuple[Word, ...]
    asks: bool


@dataclass(frozen=True)
class Fill:
    """A value for a slot; ``place`` is the claimed span, None for one that came from a form.

    ``total`` tells that a number was said to be the total, not a difference; ``pointed`` that a pronoun was read ("for them").
    """

    slot: str
    value: SlotValue
    place: tuple[int, int] | None = None
    total: bool = False
    pointed: bool = False


@dataclass(frozen=True)
class Unclear:
    """A name that can mean several options of a slot."""

    slot: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Invalid:
    """A raw value from a form or an answer to the open prompt that the slot cannot take."""

    slot: str
    raw: str


@dataclass(frozen=True)
class Direction:
    """More or fewer was asked for without saying how many; ``sign`` is 1 or -1."""

    slot: str
    sign: int


SlotAct = Fill | Unclear | Invalid | Direction


def clauses_of(text: str) -> tuple[Clause, ...]:
    """Split a message into clauses: at closing marks, and where ", and what ..." hangs a question on."""
    clauses: list[Clause] = []
    current: list[Word] = []
    words = words_of(text)
    for at, word in enumerate(words):
        if word.text in _MARKS:
            _close(clauses, current, text, marked=word.text == "?")
            current = []
            continue
        if current and _hangs_on(word, current, text) and not _is_may(words, at):
            _close(clauses, current, text, marked=False)
            current = []
        current.append(word)
    _close(clauses, current, text, marked=False)
    return tuple(clauses)


def start_of(clauses: Iterable[Clause], flows: Iterable[Flow]) -> tuple[Flow, ...]:
    """Return the flows that the statements of the message start; several mean that the message is ambiguous."""
    spoken = [c for c in clauses if not c.asks]
    scored = [(max((starts_with_phrase(f.phrases, c.words) for c in spoken), default=0), f) for f in flows]
    best = max((score for score, _ in scored), default=0)
    return tuple(flow for score, flow in scored if best and score == best)


def requests(clause: Clause, flows: Iterable[Flow]) -> bool:
    """Tell whether a clause in the form of a question commands a flow ("can you start a trial for ...")."""
    texts = [w.text for w in _opening(clause.words)]
    return tuple(texts[:2]) in REQUEST_OPENERS and any(
        starts_with_phrase(f.phrases, clause.words) for f in flows
    )


def has_correction_cue(words: Iterable[Word]) -> bool:
    """Tell whether the message says that it corrects something."""
    return any(w.text in CORRECTION_CUES for w in words)


def _close(clauses: list[Clause], words: list[Word], text: str, *, marked: bool) -> None:
    if words:
        span = text[words[0].start : words[-1].end]
        opening = _opening(words)
        asks = marked or (bool(opening) and opening[0].text in QUESTION_WORDS and not _is_may(opening, 0))
        clauses.append(Clause(span, tuple(words), asks))


def _opening(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words from the first that is more than politeness."""
    return tuple(dropwhile(lambda word: word.text in _POLITE_STARTS, words))


def _is_may(words: Sequence[Word], at: int) -> bool:
    """Tell whether the word at this place is the month of May."""
    return words[at].text == "may" and means_the_month(tuple(words), at)


def _hangs_on(word: Word, before: list[Word], text: str) -> bool:
    """Tell whether a question begins here, after a comma, dash or bracket and perhaps "and" ("10 for Lucerne, and what is NFR")."""
    if word.text not in QUESTION_WORDS:
        return False
    previous = before[-1]
    anchor = before[-2] if previous.text in _JOINING and len(before) > 1 else previous
    return _PAUSE.search(text[anchor.end : word.start]) is not None
