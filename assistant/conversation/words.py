"""Words with their places: the one tokeniser of the engine, and the word lists that several parts of the reading use."""

import re
from dataclasses import dataclass

from assistant.conversation import vocabulary
from assistant.conversation.folding import fold

_MONTH = "|".join(sorted(vocabulary.numbered("calendar.month")))
_WORD = re.compile(
    r"(?<![\w.,])\d{1,2}\.\d{1,2}\.(?!\d)|(?:(?<!\w)[+\-\u2212])?\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W\d_]+)?|[?!.;]"
)
_DAY_STOP = re.compile(rf"(?i)(?<![\w.,])\d{{1,2}}(\.)(?=\s?(?:{_MONTH}|märz|jänner)\b)")
"""The stop behind a day that a month follows ("31. Mai") ends no sentence."""

QUESTION_WORDS = vocabulary.words("question.words")
"""A clause that begins with one of these asks, unless it is a request such as "can you start ..."."""

REQUEST_OPENERS = frozenset(vocabulary.sequences("question.request"))
"""Openers of a polite request; followed by a phrase that starts a flow they command, otherwise they ask."""

ADDRESSED = vocabulary.words("question.addressed")
"""Who is spoken to, so that a request is a command."""

FILLER = vocabulary.words("polite.filler")

CORRECTION_CUES = vocabulary.words("correction.cues")

CHANGES = vocabulary.words("correction.changes")
"""Words that, with nothing but the name of a slot, ask to change that slot of the open task."""

GENERIC = FILLER | QUESTION_WORDS | vocabulary.words("generic.words")
"""Words that alone never name a customer, however a customer is called."""


@dataclass(frozen=True)
class Word:
    """One word or closing mark of the message: folded text, and its place (characters, end excluded)."""

    text: str
    start: int
    end: int


def words_of(text: str) -> tuple[Word, ...]:
    """Split a message into folded words, without a final 's, and the marks ``? ! . ;``, with their places."""
    passed_over = {found.start(1) for found in _DAY_STOP.finditer(text)}
    return tuple(
        Word(fold(m.group()).removesuffix("'s"), m.start(), m.end())
        for m in _WORD.finditer(text)
        if m.start() not in passed_over
    )
