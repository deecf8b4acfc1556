"""Signals: what the models and the words say of a question, for every entry that may answer it.

Up to a measured number of texts everything is held against everything (``WholeSignals``). Beyond it the index proposes
entries by words and the vectors propose entries by meaning, and the same regression is solved over the texts of those
alone (``NearbySignals``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.knowledge.matching.collection import Collection
from assistant.knowledge.matching.likeness import Bags, letters, likeness_among
from assistant.knowledge.matching.material import (
    Material,
    elsewhere,
    material_of,
    shipped_elsewhere,
    terms_of,
    together,
)
from assistant.knowledge.matching.normalising import question_in
from assistant.knowledge.matching.regression import NOBODY, Regression
from assistant.knowledge.matching.semantic.encoders import Encoder, Vectors

TOO_CLOSE = 0.8
RIDGE_BY_MEANING = 0.07
"""Less than by words: a vector says more of a text than its letters do."""

_MOST_ELSEWHERE = 700
_LEAST_ELSEWHERE = 100
_ELSEWHERE_FOR_EACH = 3


@dataclass(frozen=True)
class Asked:
    """A question as the signals see it: its readings as vectors (none without a model), its terms and letters."""

    readings: Vectors | None
    terms: Sequence[str]
    letters: Sequence[str]


@dataclass(frozen=True)
class Signals:
    """Figures for the entries at ``places``: by meaning (absent without a model) and by words.

    ``leaning`` is above 0 where the closest text of all belongs to an entry, below where none answers it.
    """

    places: NDArray[np.intp]
    words: NDArray[np.float64]
    meaning: NDArray[np.float64] | None
    leaning: float = 0.0

    def at(self, rows: Sequence[int]) -> "Signals":
        """Return the signals of some of the entries."""
        chosen = list(rows)
        meaning = None if self.meaning is None else self.meaning[chosen]
        return Signals(self.places[chosen], self.words[chosen], meaning, self.leaning)


class Signalling(Protocol):
    """Gives the signals of questions, and of its own texts as if they had not been there.

    ``most_trials`` is how many of its own ways to ask, and how many others, a publication is tried with.
    """

    most_trials: tuple[int, int]

    def signals(self, asked: Asked) -> Signals:
        """Return the signals of a question."""

    def lacking(self, owner: int, way: int, *, whole: bool) -> Signals:
        """Return the signals of one of an entry's ways to ask, had it, or the ``whole`` entry, not been there."""

    def unanswered(self) -> Sequence[str]:
        """Return the texts that no entry answers."""

    def lacking_unanswered(self, number: int) -> Signals:
        """Return the signals of one of these texts, had it not been there."""


class WholeSignals:
    """Holds a question against every text."""

    most_trials = (1500, 300)

    def __init__(self, collection: Collection, encoder: Encoder | None) -> None:
        own = material_of(collection.prepared)
        self._own = len(own.texts)
        self._places = np.arange(len(collection.prepared))
        other = elsewhere(shipped_elsewhere(), len(collection.prepared))
        bags = [(terms_of(text, collection), letters(text)) for text in own.texts]
        bags += [(collection.lexicon.terms(text), letters(text)) for text in other.texts]
        self._likeness = likeness_among(bags)
        texts = [question_in(text) for text in (*own.texts, *other.texts)]
        vectors = encoder.encode(texts) if encoder else None
        kept = _kept(self._closeness(bags, vectors, own), self._own)
        self.material = together(own, other).at(kept)
        self._owners = self.material.points.owners
        self._weighed = [self._likeness.weigh(*bags[place]) for place in kept]
        self._bags = Bags(self._weighed)
        self._words = Regression(self._bags.among(self._weighed), self.material.points)
        self._vectors = None if vectors is None else vectors[kept]
        self._meaning = None
        if self._vectors is not None:
            known = cosines(self._vectors, self._vectors)
            self._meaning = Regression(known, self.material.points, RIDGE_BY_MEANING)

    def signals(self, asked: Asked) -> Signals:
        """Return the signals of a question for all entries."""
        likeness = self._bags.likeness(self._likeness.weigh(asked.terms, asked.letters))
        words, towards = self._words.estimate(likeness), BY_WORDS.leaning(likeness, self._owners)
        if self._meaning is None or self._vectors is None or asked.readings is None:
            return Signals(self._places, words, None, towards)
        closest = cosines(self._vectors, asked.readings).max(axis=1)
        towards += BY_MEANING.leaning(closest, self._owners)
        return Signals(self._places, words, self._meaning.estimate(closest), towards)

    def lacking(self, owner: int, way: int, *, whole: bool) -> Signals:
        """Return the signals of one of an entry's ways to ask, had it, or the ``whole`` entry, not been there."""
        places = self.material.of(owner)
        return self._without(places if whole else [places[way]], places[way])

    def unanswered(self) -> Sequence[str]:
        """Return the texts that no entry answers."""
        return self.material.texts[self._own :]

    def lacking_unanswered(self, number: int) -> Signals:
        """Return the signals of one of these texts, had it not been there."""
        return self._without([self._own + number], self._own + number)

    def _closeness(
        self, bags: Sequence[tuple[list[str], list[str]]], vectors: Vectors | None, own: Material
    ) -> NDArray[np.float64]:
        """Return how close each text that no entry answers is to the closest way to ask."""
        if vectors is not None:
            asked = vectors[: self._own][own.points.counts == 1.0]
            closest: NDArray[np.float64] = cosines(vectors[self._own :], asked).max(axis=1, initial=0.0)
            return closest
        weighed = [self._likeness.weigh(terms, pieces) for terms, pieces in bags]
        said = Bags(weighed[: self._own])
        return np.array([said.likeness(bag).max(initial=0.0) for bag in weighed[self._own :]])

    def _without(self, left_out: Sequence[int], asked: int) -> Signals:
        there = np.ones(len(self._owners))
        there[list(left_out)] = 0.0
        words = self._words.without(left_out, asked)
        towards = BY_WORDS.leaning(there * self._bags.likeness(self._weighed[asked]), self._owners)
        if self._meaning is None or self._vectors is None:
            return Signals(self._places, words, None, towards)
        towards += BY_MEANING.leaning(there * cosines(self._vectors, self._vectors[asked]), self._owners)
        return Signals(self._places, words, self._meaning.without(left_out, asked), towards)


@dataclass(frozen=True)
class Pull:
    """What the closest text of an entry, and the closest one that no entry answers, count for a question's leaning."""

    known: float
    unanswered: float

    def leaning(self, closest: NDArray[np.float64], owners: NDArray[np.intp]) -> float:
        """Return the leaning of a question by how close it is to each text and whose they are."""
        owned = owners != NOBODY
        known, unanswered = closest[owned].max(initial=0.0), closest[~owned].max(initial=0.0)
        return float(self.known * known - self.unanswered * unanswered)


BY_MEANING, BY_WORDS = Pull(0.4, 0.2), Pull(0.2, 0.2)


def _kept(closeness: NDArray[np.float64], count: int) -> list[int]:
    """Return the places of all own texts, and of those texts elsewhere that are near them and might be mistaken.

    What is so close to a way to ask that this publication does answer it is left out.
    """
    near = [int(place) for place in np.argsort(-closeness, kind="stable") if closeness[place] < TOO_CLOSE]
    most = min(_MOST_ELSEWHERE, _LEAST_ELSEWHERE + _ELSEWHERE_FOR_EACH * count)
    return [*range(count), *(count + place for place in near[:most])]


def cosines(one: Vectors, other: Vectors) -> NDArray[np.float64]:
    """Return the cosine of each vector to each other one."""
    return np.asarray(one @ other.T, np.float64)
