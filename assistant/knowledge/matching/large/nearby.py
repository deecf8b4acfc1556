"""Signals for many entries: the same regression, solved for each question over the entries near it.

The index proposes entries by words, the mean vectors of entries propose others by meaning, and what no entry answers is
proposed in the same way. Only their texts are held against the question.
"""

from collections.abc import Collection as Container
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.knowledge.matching.large.shelves import Shelves, nearest
from assistant.knowledge.matching.large.texts import Bag, Texts, alike, weighed
from assistant.knowledge.matching.likeness import letters
from assistant.knowledge.matching.material import SENTENCE_COUNTS, shipped_elsewhere
from assistant.knowledge.matching.normalising import question_in
from assistant.knowledge.matching.regression import NOBODY, Points, Regression
from assistant.knowledge.matching.semantic.encoders import Encoder, Vectors
from assistant.knowledge.matching.signals import (
    BY_MEANING,
    BY_WORDS,
    RIDGE_BY_MEANING,
    TOO_CLOSE,
    Asked,
    Signals,
    cosines,
)

_BY_MEANING = 12
_BY_WORDS = 6
_TEXTS_OF_AN_ENTRY = 7
_ELSEWHERE = 16


@dataclass(frozen=True)
class _LeftOut:
    """Texts that are taken as not there: some numbers of an entry's texts, or of what no entry answers."""

    owner: int
    numbers: Container[int]

    def of(self, owner: int) -> Container[int]:
        return self.numbers if owner == self.owner else ()


_NOTHING = _LeftOut(NOBODY, ())


@dataclass(frozen=True)
class _Near:
    """Texts near a question, side by side: the row of their entry or NOBODY, what they count, bags and vectors."""

    owners: list[int]
    counts: list[float]
    bags: list[Bag]
    vectors: list[Vectors]

    def add(self, owner: int, texts: Texts, places: Sequence[int], counts: Sequence[float]) -> None:
        self.owners.extend([owner] * len(places))
        self.counts.extend(counts)
        self.bags.extend(texts.bag(place) for place in places)
        self.vectors.append(texts.vectors[places].astype(np.float32))


class NearbySignals:
    """Holds a question against the texts of the entries near it."""

    most_trials = (120, 80)

    def __init__(self, shelves: Shelves, encoder: Encoder | None) -> None:
        self._shelves = shelves
        self._encoder = encoder
        self._likeness = shelves.base.likeness
        self._lexicon = shelves.collection.lexicon
        self._elsewhere = shelves.base.elsewhere
        self._outside = self._elsewhere.vectors.astype(np.float32)

    def signals(self, asked: Asked) -> Signals:
        """Return the signals of a question for the entries near it."""
        return self._near(asked, _NOTHING)

    def lacking(self, owner: int, way: int, *, whole: bool) -> Signals:
        """Return the signals of one of an entry's ways to ask, had it, or the ``whole`` entry, not been there."""
        texts, group = self._shelves.texts(owner)
        left_out = range(len(texts.of(group))) if whole else [way]
        return self._near(
            self._asked(self._shelves.collection.prepared[owner].phrasings[way].text),
            _LeftOut(owner, left_out),
        )

    def unanswered(self) -> Sequence[str]:
        """Return the texts that no entry answers."""
        return shipped_elsewhere()

    def lacking_unanswered(self, number: int) -> Signals:
        """Return the signals of one of these texts, had it not been there."""
        return self._near(self._asked(shipped_elsewhere()[number]), _LeftOut(NOBODY, [number]))

    def _asked(self, text: str) -> Asked:
        readings = self._encoder.encode([question_in(text)]) if self._encoder else None
        return Asked(readings, self._lexicon.terms(text), letters(text))

    def _near(self, asked: Asked, left_out: _LeftOut) -> Signals:
        entries = self._proposed(asked)
        near = _Near([], [], [], [])
        for row, place in enumerate(entries):
            self._add_entry(near, row, place, asked.readings, left_out.of(place))
        self._add_elsewhere(near, asked.readings, left_out.of(NOBODY))
        points = Points(np.array(near.owners, np.intp), np.array(near.counts), len(entries))
        bag = weighed(self._likeness.weigh(asked.terms, asked.letters))
        likeness = alike([*near.bags, bag])
        words = Regression(likeness[:-1, :-1], points).estimate(likeness[-1, :-1])
        places, towards = np.array(entries, np.intp), BY_WORDS.leaning(likeness[-1, :-1], points.owners)
        if asked.readings is None:
            return Signals(places, words, None, towards)
        vectors = np.concatenate([np.zeros((0, asked.readings.shape[1]), np.float32), *near.vectors])
        closest = cosines(vectors, asked.readings).max(axis=1, initial=0.0)
        towards += BY_MEANING.leaning(closest, points.owners)
        meaning = Regression(cosines(vectors, vectors), points, RIDGE_BY_MEANING).estimate(closest)
        return Signals(places, words, meaning, towards)

    def _add_entry(
        self, near: _Near, row: int, place: int, readings: Vectors | None, left_out: Container[int]
    ) -> None:
        """Add the texts of an entry that are nearest to the question, or the first ones where there is no model."""
        texts, group = self._shelves.texts(place)
        numbers = [number for number in range(len(texts.of(group))) if number not in left_out]
        start = texts.of(group).start
        if readings is not None and len(numbers) > _TEXTS_OF_AN_ENTRY:
            closest = _closest(texts.vectors[[start + number for number in numbers]], readings)
            order = np.argsort(-closest, kind="stable")[:_TEXTS_OF_AN_ENTRY]
            numbers = sorted(numbers[best] for best in order)
        numbers = numbers[:_TEXTS_OF_AN_ENTRY]
        counts = texts.counts(group, SENTENCE_COUNTS)
        near.add(row, texts, [start + number for number in numbers], [counts[number] for number in numbers])

    def _add_elsewhere(self, near: _Near, readings: Vectors | None, left_out: Container[int]) -> None:
        """Add what no entry answers and is near the question, unless an entry near it asks for nearly that."""
        if readings is None:
            return
        rows = [row for row, _ in nearest(self._outside, readings, _ELSEWHERE) if row not in left_out]
        ways = [vectors for vectors in near.vectors if len(vectors)]
        if ways and rows:
            asked = np.concatenate(ways)[np.array(near.counts) == 1.0]
            closeness = cosines(self._outside[rows], asked).max(axis=1, initial=0.0)
            rows = [row for row, close in zip(rows, closeness, strict=True) if close < TOO_CLOSE]
        near.add(NOBODY, self._elsewhere, rows, [1.0] * len(rows))

    def _proposed(self, asked: Asked) -> list[int]:
        by_words = [place for place, _ in self._shelves.by_words(asked.terms, _BY_WORDS)]
        readings = asked.readings
        by_meaning = [] if readings is None else self._shelves.by_meaning(readings, _BY_MEANING)
        return list(dict.fromkeys([*by_meaning, *by_words]))


def _closest(vectors: NDArray[np.float16], readings: Vectors) -> NDArray[np.float64]:
    closest: NDArray[np.float64] = cosines(vectors.astype(np.float32), readings).max(axis=1)
    return closest
