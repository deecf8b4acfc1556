"""Likeness of words and letters: how much two texts share of what is rare, from 0 to 1.

Texts become bags of features, the terms of their words or the pieces of their letters, weighed by how rare they are.
What a text has that no other has counts against it: a question about something unheard of is like nothing here.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.knowledge.matching.words import split

Figures = NDArray[np.float64]

_SHORTEST, _LONGEST = 2, 4
_MOST_PIECES = 600
_LETTERS, _TERMS = 1 / 3, 2 / 3


@lru_cache(maxsize=20_000)
def _pieces_of(word: str) -> tuple[str, ...]:
    framed = f" {word} "
    sizes = range(_SHORTEST, _LONGEST + 1)
    return tuple(framed[i : i + size] for size in sizes for i in range(len(framed) - size + 1))


def letters(text: str) -> list[str]:
    """Return the pieces of two to four letters of a text's words; those of long texts are cut off."""
    return [piece for word in split(text) for piece in _pieces_of(word)][:_MOST_PIECES]


@dataclass(frozen=True)
class Rarity:
    """How rare features are: what each known one weighs, and any ``unknown`` one, which is as rare as can be."""

    weights: Mapping[str, float]
    unknown: float

    def weigh(self, bag: Iterable[str]) -> dict[str, float]:
        """Return the weights of a bag's features, scaled to length one."""
        weights = {
            feature: (1 + math.log(count)) * self.weights.get(feature, self.unknown)
            for feature, count in Counter(bag).items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {feature: weight / length for feature, weight in weights.items()}


def rarity_among(bags: Sequence[Iterable[str]]) -> Rarity:
    """Return how rare features are among some texts."""
    count = len(bags)
    seen = Counter(feature for bag in bags for feature in set(bag))
    weights = {feature: math.log((1 + count) / (1 + held)) + 1 for feature, held in seen.items()}
    return Rarity(weights, math.log(1 + count) + 1)


@dataclass(frozen=True)
class Likeness:
    """The likeness of words and letters among some texts."""

    terms: Rarity
    letters: Rarity

    def weigh(self, terms: Iterable[str], pieces: Iterable[str]) -> dict[str, float]:
        """Return terms and letters as one bag, in which words count twice as much as letters."""
        by_term, by_letter = self.terms.weigh(terms), self.letters.weigh(pieces)
        # a term has a mark in front, so that it is never taken for a piece of letters
        bag = {f"={term}": weight * _TERMS**0.5 for term, weight in by_term.items()}
        return bag | {piece: weight * _LETTERS**0.5 for piece, weight in by_letter.items()}


def likeness_among(bags: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Likeness:
    """Return the likeness among texts of which terms and letters are given."""
    return Likeness(rarity_among([terms for terms, _ in bags]), rarity_among([pieces for _, pieces in bags]))


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
        held = [(self._held[feature], weight) for feature, weight in bag.items() if feature in self._held]
        if not held:
            return np.zeros(self._count)
        numbers = np.concatenate([numbers for (numbers, _), _ in held])
        products = np.concatenate([weight * weights for (_, weights), weight in held])
        return np.bincount(numbers, products, self._count).astype(np.float64)

    def among(self, weighed: Sequence[Mapping[str, float]]) -> Figures:
        """Return the likeness of each of some bags to each text."""
        return np.array([self.likeness(bag) for bag in weighed]).reshape(len(weighed), self._count)
