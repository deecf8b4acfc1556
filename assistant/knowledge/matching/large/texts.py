"""Texts in groups, one group for each entry: their vectors, and their words and letters as weighed bags.

All of it is arrays, so that it can lie on disk and only what is near a question is read. Features of bags are numbers made
from their letters; two features of one number are so rare that they do not matter.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.knowledge.matching.likeness import Likeness, letters
from assistant.knowledge.matching.normalising import question_in
from assistant.knowledge.matching.semantic.encoders import Encoder, Vectors
from assistant.knowledge.matching.words import Lexicon

Ends = NDArray[np.int64]
Kept = NDArray[np.float16]
Features = NDArray[np.uint32]
Weights = NDArray[np.float32]

_AT_ONCE = 2000
_Kind = TypeVar("_Kind", bound=np.generic)


@dataclass(frozen=True)
class Bag:
    """The features of one text and what they weigh, side by side."""

    features: Features
    weights: Weights


@dataclass(frozen=True)
class Group:
    """The texts of one entry as they are laid down; the first ``ways`` of them ask for it, the others are what it says."""

    texts: Sequence[str]
    ways: int


@dataclass(frozen=True)
class Texts:
    """Texts of several groups, one after the other.

    ``ends`` and ``ways`` have a figure for each group: how many texts there are up to its end, and how many of its own
    ask. ``bag_ends`` has one for each text. ``vectors`` are as wide as the encoder makes them, 0 without one.
    """

    ends: Ends
    ways: Ends
    vectors: Kept
    bag_ends: Ends
    features: Features
    weights: Weights

    def of(self, group: int) -> range:
        """Return the places of a group's texts."""
        return range(int(self.ends[group - 1]) if group else 0, int(self.ends[group]))

    def bag(self, place: int) -> Bag:
        """Return the bag of a text."""
        part = slice(int(self.bag_ends[place - 1]) if place else 0, int(self.bag_ends[place]))
        return Bag(self.features[part], self.weights[part])

    def counts(self, group: int, said: float) -> list[float]:
        """Return what each text of a group counts: 1 if it asks, ``said`` if it is a sentence of the answer."""
        ways = int(self.ways[group])
        return [1.0] * ways + [said] * (len(self.of(group)) - ways)


def lay_down(groups: Sequence[Group], likeness: Likeness, lexicon: Lexicon, encoder: Encoder | None) -> Texts:
    """Measure the texts of groups."""
    texts = [text for group in groups for text in group.texts]
    bags = [weighed(likeness.weigh(lexicon.terms(text), letters(text))) for text in texts]
    return Texts(
        ends=np.cumsum([len(group.texts) for group in groups], dtype=np.int64),
        ways=np.array([group.ways for group in groups], np.int64),
        vectors=_vectors(texts, encoder),
        bag_ends=np.cumsum([len(bag.features) for bag in bags], dtype=np.int64),
        features=_joined([bag.features for bag in bags], np.uint32),
        weights=_joined([bag.weights for bag in bags], np.float32),
    )


def weighed(bag: Mapping[str, float]) -> Bag:
    """Return a bag of features by name as one of numbers."""
    features = np.fromiter((zlib.crc32(name.encode()) for name in bag), np.uint32, len(bag))
    return Bag(features, np.fromiter(bag.values(), np.float32, len(bag)))


def alike(bags: Sequence[Bag]) -> NDArray[np.float64]:
    """Return the likeness of each bag to each."""
    sizes = [len(bag.features) for bag in bags]
    rows = np.repeat(np.arange(len(bags)), sizes)
    weights = _joined([bag.weights for bag in bags], np.float32)
    _, columns, held = np.unique(
        _joined([bag.features for bag in bags], np.uint32), return_inverse=True, return_counts=True
    )
    # what one bag alone holds makes it like nothing but itself
    shared = held[columns] > 1
    numbers = np.cumsum(held > 1) - 1
    spread = np.zeros((len(bags), int((held > 1).sum())), np.float32)
    spread[rows[shared], numbers[columns[shared]]] = weights[shared]
    found = np.asarray(spread @ spread.T, np.float64)
    np.fill_diagonal(found, np.bincount(rows, weights.astype(np.float64) ** 2, len(bags)))
    return found


def means_of(texts: Texts, said: float) -> Vectors:
    """Return the mean vector of each group, of length one; a sentence counts ``said`` of a way to ask."""
    means = np.zeros((len(texts.ends), texts.vectors.shape[1]), np.float32)
    for group in range(len(means)):
        places = texts.of(group)
        if places and means.shape[1]:
            counts = np.array(texts.counts(group, said), np.float32)
            means[group] = counts @ texts.vectors[places.start : places.stop].astype(np.float32)
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    return np.asarray(means / np.maximum(lengths, 1e-9), np.float32)


def _vectors(texts: Sequence[str], encoder: Encoder | None) -> Kept:
    found = np.zeros((len(texts), encoder.size if encoder else 0), np.float16)
    for start, part in _parts(texts):
        if encoder:
            found[start : start + len(part)] = encoder.encode([question_in(text) for text in part])
    return found


def _parts(texts: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    yield from ((start, texts[start : start + _AT_ONCE]) for start in range(0, len(texts), _AT_ONCE))


def _joined(parts: Sequence[NDArray[_Kind]], kind: type[_Kind]) -> NDArray[_Kind]:
    return np.concatenate([np.zeros(0, kind), *parts])
