"""Signals for many entries: the same regression, solved for each question over the entries near it.

The index proposes entries by words, the mean vectors of entries propose others by meaning, and what no entry answers is
proposed in the same way. Only their texts are held against the question.
"""

from collections.abc import Collection as Container
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.knowledge.matching.collection import Collection
from assistant.knowledge.matching.index import Index
from assistant.knowledge.matching.likeness import between, letters
from assistant.knowledge.matching.material import (
    Material,
    elsewhere,
    material_of,
    shipped_elsewhere,
    together,
)
from assistant.knowledge.matching.normalising import question_in
from assistant.knowledge.matching.regression import NOBODY, Regression
from assistant.knowledge.matching.semantic.encoders import Encoder, Vectors
from assistant.knowledge.matching.signals import Asked, Likeness, Signals, cosines

_BY_MEANING = 12
_BY_WORDS = 6
_TEXTS_OF_AN_ENTRY = 7
_ELSEWHERE = 16
_SENTENCES_UP_TO = 20_000
_SAMPLE = 5000
_AT_ONCE = 500


class NearbySignals:
    """Holds a question against the texts of the entries near it."""

    most_trials = (120, 80)

    def __init__(self, collection: Collection, encoder: Encoder | None, index: Index) -> None:
        prepared = collection.prepared
        self.own = material_of(prepared, said=len(prepared) <= _SENTENCES_UP_TO)
        self.material = together(self.own, elsewhere(shipped_elsewhere(), len(prepared)))
        self._lexicon = collection.lexicon
        self._index = index
        self._encoder = encoder
        self._place = {str(p.entry.id): place for place, p in enumerate(prepared)}
        self._of_entry = _grouped(self.own)
        step = max(1, len(self.own.texts) // _SAMPLE)
        sample = [*self.own.texts[::step], *shipped_elsewhere()]
        self._likeness = Likeness([(self._lexicon.terms(text), letters(text)) for text in sample])
        self._weighed = lru_cache(maxsize=20_000)(self._weigh)
        self._means = self._outside = None
        if encoder:
            self._means = _means(self.own, self._of_entry, encoder)
            self._outside = encoder.encode([question_in(text) for text in shipped_elsewhere()])

    def signals(self, asked: Asked) -> Signals:
        """Return the signals of a question for the entries near it."""
        return self._near(asked, frozenset())

    def without(self, left_out: Sequence[int], asked: int) -> Signals:
        """Return the signals of one of the texts, had some texts (itself among them) not been there."""
        text = self.material.texts[asked]
        readings = self._encoder.encode([question_in(text)]) if self._encoder else None
        return self._near(Asked(readings, self._lexicon.terms(text), letters(text)), frozenset(left_out))

    @property
    def outside(self) -> range:
        """Return the places of the texts that no entry answers."""
        return range(len(self.own.texts), len(self.material.texts))

    def _near(self, asked: Asked, left_out: Container[int]) -> Signals:
        entries = self._proposed(asked)
        chosen, closest, vectors = self._texts(entries, asked, left_out)
        local = self.material.at(chosen)
        rows = {entry: row for row, entry in enumerate(entries)}
        owners = np.array([rows.get(int(owner), NOBODY) for owner in local.points.owners], np.intp)
        points = local.points.owned_by(owners, len(entries))
        bags = [self._weighed(text) for text in local.texts]
        bag = self._likeness.weigh(asked.terms, asked.letters)
        words = Regression(between(bags, bags), points).estimate(between([bag], bags)[0])
        meaning = None
        if vectors is not None:
            meaning = Regression(cosines(vectors, vectors), points).estimate(closest)
        return Signals(np.array(entries, np.intp), words, meaning)

    def _texts(
        self, entries: Sequence[int], asked: Asked, left_out: Container[int]
    ) -> tuple[list[int], NDArray[np.float64], Vectors | None]:
        """Return the places of the texts to hold a question against, how close their meaning is, and their vectors."""
        groups = [[place for place in self._of_entry[entry] if place not in left_out] for entry in entries]
        groups.append([place for place in self._elsewhere(asked) if place not in left_out])
        places = [place for group in groups for place in group]
        if self._encoder is None or asked.readings is None:
            cut = [place for group in groups for place in group[:_TEXTS_OF_AN_ENTRY]]
            return cut, np.zeros(len(cut)), None
        vectors = self._encoder.encode([question_in(self.material.texts[place]) for place in places])
        closest = cosines(vectors, asked.readings).max(axis=1, initial=0.0)
        kept: list[int] = []
        start = 0
        for group in groups:
            order = np.argsort(-closest[start : start + len(group)], kind="stable")
            most = _ELSEWHERE if group is groups[-1] else _TEXTS_OF_AN_ENTRY
            kept += sorted(start + int(place) for place in order[:most])
            start += len(group)
        return [places[place] for place in kept], closest[kept], vectors[kept]

    def _proposed(self, asked: Asked) -> list[int]:
        by_words = [self._place[found] for found in self._index.search(asked.terms, _BY_WORDS)]
        by_meaning = _best(self._means, asked.readings, _BY_MEANING)
        return list(dict.fromkeys([*by_meaning, *by_words]))

    def _elsewhere(self, asked: Asked) -> list[int]:
        return [len(self.own.texts) + place for place in _best(self._outside, asked.readings, _ELSEWHERE)]

    def _weigh(self, text: str) -> dict[str, float]:
        return self._likeness.weigh(self._lexicon.terms(text), letters(text))


def _best(vectors: Vectors | None, readings: Vectors | None, count: int) -> list[int]:
    if vectors is None or readings is None or not len(vectors):
        return []
    closest = (vectors @ readings.T).max(axis=1)
    best = np.argpartition(-closest, min(count, len(closest) - 1))[:count]
    return [int(place) for place in sorted(best, key=lambda place: (-closest[place], place))]


def _grouped(own: Material) -> list[list[int]]:
    groups: list[list[int]] = [[] for _ in range(own.points.entries)]
    for place, owner in enumerate(own.points.owners):
        groups[owner].append(place)
    return groups


def _means(own: Material, of_entry: Sequence[Sequence[int]], encoder: Encoder) -> NDArray[np.float32]:
    means = np.zeros((len(of_entry), encoder.size), np.float32)
    for first, groups in _parts(of_entry):
        places = [place for group in groups for place in group]
        vectors = encoder.encode([question_in(own.texts[place]) for place in places])
        counts = own.points.counts[places].astype(np.float32)
        ends = np.cumsum([len(group) for group in groups])
        for row, (start, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True)):
            means[first + row] = counts[start:end] @ vectors[start:end]
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    return np.asarray(means / np.maximum(lengths, 1e-9), np.float32)


def _parts(groups: Sequence[Sequence[int]]) -> Iterator[tuple[int, Sequence[Sequence[int]]]]:
    yield from ((first, groups[first : first + _AT_ONCE]) for first in range(0, len(groups), _AT_ONCE))
