"""The texts that questions are held against: ways to ask, sentences of answers, and what no entry answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from assistant.knowledge.matching.collection import Collection, Prepared
from assistant.knowledge.matching.regression import NOBODY, Points

_MARKS = re.compile(r"[*_`#>|]+")
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")
_SHORTEST = 4
SENTENCE_COUNTS = 0.5
_MOST_SENTENCES = 40


@dataclass(frozen=True)
class Material:
    """Texts and their points, side by side. Ways to ask come before sentences, and both by entry."""

    texts: tuple[str, ...]
    points: Points

    def at(self, places: Sequence[int]) -> "Material":
        """Return some of the texts."""
        chosen = np.array(places, np.intp)
        return Material(tuple(self.texts[place] for place in places), self.points.at(chosen))

    def of(self, entry: int) -> list[int]:
        """Return the places of an entry's texts."""
        return [int(place) for place in np.flatnonzero(self.points.owners == entry)]


def sentences(text: str) -> list[str]:
    """Return the sentences, lines and table rows of a Markdown text without its marks."""
    found = (part.strip(" -") for part in _SENTENCE.split(_MARKS.sub(" ", text)))
    return [part for part in found if len(part) >= _SHORTEST][:_MOST_SENTENCES]


def material_of(prepared: Sequence[Prepared], *, said: bool = True) -> Material:
    """Return what entries can be recognised by: ways to ask and, if wanted, what is said, a sentence for half a way."""
    asked = [(p.text, owner, 1.0) for owner, entry in enumerate(prepared) for p in entry.phrasings]
    sentenced = [
        (text, owner, SENTENCE_COUNTS)
        for owner, entry in enumerate(prepared if said else ())
        for text in sentences(entry.entry.text)
    ]
    return _material([*asked, *sentenced], len(prepared))


def elsewhere(texts: Sequence[str], entries: int) -> Material:
    """Return texts that no entry answers."""
    return _material([(text, NOBODY, 1.0) for text in texts], entries)


def together(one: Material, other: Material) -> Material:
    """Return two materials as one."""
    points = Points(
        np.concatenate([one.points.owners, other.points.owners]),
        np.concatenate([one.points.counts, other.points.counts]),
        one.points.entries,
    )
    return Material(one.texts + other.texts, points)


def terms_of(text: str, collection: Collection) -> list[str]:
    """Return the terms of a text's words: the name of a word's meaning, or its stem where it has none."""
    return [word.terms[-1] for word in collection.read(text)]


@cache
def shipped_elsewhere() -> tuple[str, ...]:
    """Return the questions that belong to this version of the program as those a licensing policy does not answer."""
    text = resources.files("assistant.knowledge.content").joinpath("elsewhere.txt").read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def _material(items: Sequence[tuple[str, int, float]], entries: int) -> Material:
    return Material(
        tuple(text for text, _, _ in items),
        Points(
            np.array([owner for _, owner, _ in items], np.intp),
            np.array([count for _, _, count in items], np.float64),
            entries,
        ),
    )
