"""Likeness of words and letters: how much two texts share of what is rare, from 0 to 1.

Texts become bags of features, the terms of their words or the pieces of their letters, weighed by how rare they are.
What a text has that no other has counts against it: a question about something unheard of is like nothing here.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.knowledge.matching.words import split

Figures = NDArray[np.float64]

_SHORTEST, _LONGEST = 2, 4
_MOST_PIECES = 600


@lru_cache(maxsize=20_000)
def _pieces_of(word: str) -> tuple[str, ...]:
    framed = f" {word} "
    sizes = range(_SHORTEST, _LONGEST + 1)
    return tuple(framed[i : i + size] for size in sizes for i in range(len(framed) - size + 1))


def letters(text: str) -> list[str]:
    """Return the pieces of two to four letters of a text's words; those of long texts are cut off."""
    return [piece for word in split(text) for piece in _pieces_of(word)][:_MOST_PIECES]


class Rarity:
    """How rare features are among some texts; an unknown feature is as rare as can be."""

    def __init__(self, bags: Sequence[Iterable[str]]) -> None:
        count = len(bags)
        seen = Counter(feature for bag in bags for feature in set(bag))
        self._weights = {f: math.log((1 + count) / (1 + held)) + 1 for f, held in seen.items()}
        self._unknown = math.log(1 + count) + 1

    def weigh(self, bag: Iterable[str]) -> dict[str, float]:
        """Return the weights of a bag's features, scaled to length one."""
        weights = {
            feature: (1 + math.log(count)) * self._weights.get(feature, self._unknown)
            for feature, count in Counter(bag).items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {feature: weight / length for feature, weight in weights.items()}


class Bags:
    """The weighed bags of some texts, turned round: for each feature, which texts hold it and how much."""

    def __init__(self, weighed: Sequence[Mapping[str, float]]) -> None:
        self._count = len(weighed)
        held: dict[str, tuple[list[int], list[float]]] = {}
        for number, bag in enumerate(weighed):
            for feature, weight in bag.items():
                numbers, weights = held.setdefault(feature, ([], []))
                numbers.append(number)
                weights.append(weight)
        self._held = {f: (np.array(n, np.intp), np.array(w)) for f, (n, w) in held.items()}

    def likeness(self, bag: Mapping[str, float]) -> Figures:
        """Return the likeness of a weighed bag to each text."""
        found = np.zeros(self._count)
        for feature, weight in bag.items():
            held = self._held.get(feature)
            if held:
                # each text is named once for a feature, so plain indexing adds up rightly
                found[held[0]] += weight * held[1]
        return found


def between(one: Sequence[Mapping[str, float]], other: Sequence[Mapping[str, float]]) -> Figures:
    """Return the likeness of each of some texts to each of others; quick for a few dozen texts."""
    columns: dict[str, int] = {}
    for bag in other:
        for feature in bag:
            columns.setdefault(feature, len(columns))
    return _spread_out(one, columns) @ _spread_out(other, columns).T


def _spread_out(weighed: Sequence[Mapping[str, float]], columns: Mapping[str, int]) -> Figures:
    spread = np.zeros((len(weighed), len(columns)))
    for row, bag in enumerate(weighed):
        known = [(columns[feature], weight) for feature, weight in bag.items() if feature in columns]
        if known:
            places, weights = zip(*known, strict=True)
            spread[row, list(places)] = weights
    return spread


def among(weighed: Sequence[Mapping[str, float]]) -> Figures:
    """Return the likeness of each text to each."""
    bags = Bags(weighed)
    return np.array([bags.likeness(bag) for bag in weighed]).reshape(len(weighed), len(weighed))
