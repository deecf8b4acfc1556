"""Words with their places: the one tokeniser of the engine, and the closed word lists the reading of acts uses."""

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"(?:(?<!\w)[+\-\u2212])?\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W\d_]+)?|[?!.;]", re.UNICODE)

QUESTION_WORDS = frozenset(
    """what who whom whose which when where why how is are am was were does do did can could may might must should
    shall will would has have was wer wem wen welche welcher welches wann wo warum wieso weshalb wie ist sind kann
    können koennen darf dürfen duerfen muss müssen muessen gibt hat haben wird werden soll sollen""".split()
)
"""A clause that begins with one of these asks, unless it is a request such as "can you start ..."."""

REQUEST_OPENERS = (
    ("can", "you"),
    ("could", "you"),
    ("would", "you"),
    ("will", "you"),
    ("can", "we"),
    ("could", "we"),
    ("can", "i"),
    ("könnt", "ihr"),
    ("können", "sie"),
    ("kannst", "du"),
)
"""Openers of a polite request; followed by a phrase that starts a flow they command, otherwise they ask."""

FILLER = frozenset(
    """please pls plz thanks thx thank you now just hi hello hey so well ok okay then kindly bitte danke also hallo a an the ein
    eine einen der die das""".split()
)

CORRECTION_CUES = frozenset(
    "sorry actually no instead rather correction wait meant mean oops nein doch stattdessen".split()
)

CHANGES = frozenset("change edit correct wrong fix other another different ändern ändere falsch".split())
"""Words that, with nothing but the name of a slot, ask to change that slot of the open task."""

GENERIC = (
    FILLER
    | QUESTION_WORDS
    | frozenset(
        """customer customers client clients company kunde kunden for of to with in on at by from and or not but my our
    their this that it them seat seats user users licence licences license licenses plan plans trial trials service
    services security needs need wants want add more fewer less total change set make start create new und oder
    nicht für mit von zu im am bei""".split()
    )
)
"""Words that alone never name a customer, however a customer is called."""


@dataclass(frozen=True)
class Word:
    """One word or closing mark of the message: folded text, and its place (characters, end excluded)."""

    text: str
    start: int
    end: int


def words_of(text: str) -> tuple[Word, ...]:
    """Split a message into folded words, without a final 's, and the marks ``? ! . ;``, with their places."""
    return tuple(Word(fold(m.group()).removesuffix("'s"), m.start(), m.end()) for m in _WORD.finditer(text))


def fold(text: str) -> str:
    """Return the text in the form in which words are compared: case-folded, compatibility forms unified."""
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
