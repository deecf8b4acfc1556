"""The shortlist: the few entries that may answer a question, with everything measured of them side by side."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.knowledge.matching.collection import Collection, Prepared
from assistant.knowledge.matching.coverage import Coverage, cover, weigh
from assistant.knowledge.matching.intent import asks_meaning, names
from assistant.knowledge.matching.signals import Signals
from assistant.knowledge.matching.words import Word

Figures = NDArray[np.float64]

LENGTH = 12
"""Entries on a shortlist, beside those that the index puts on it."""

_FIRST_SIGHT = 0.6
_HELD_BACK = 0.3
_NAMED = 1.0
_MOSTLY = 0.6
_HALF = 0.5
_SECOND = 0.2
_LACKING = 0.2


@dataclass(frozen=True)
class Mix:
    """What words and coverage count for beside meaning; without a model words take the place of meaning."""

    words: float
    coverage: float


@dataclass(frozen=True)
class Shortlist:
    """Entries (by their place) and their figures.

    ``meaning`` and ``words`` are those of the signals, ``adjusted`` is added for entries that are named or held back,
    ``coverages`` tell which words were found, ``leaning`` is that of the question.
    """

    places: tuple[int, ...]
    meaning: Figures | None
    words: Figures
    adjusted: Figures
    coverages: tuple[Coverage, ...]
    leaning: float = 0.0

    def scores(self, mix: Mix) -> Figures:
        """Return one fused figure for each entry, by which they are ranked."""
        strength = np.array([coverage.strength for coverage in self.coverages])
        return self.evidence(mix) + mix.coverage * strength

    def evidence(self, mix: Mix) -> Figures:
        """Return the figure without coverage, which tells best whether an entry is the answer at all."""
        base = self.words if self.meaning is None else self.meaning + mix.words * self.words
        return base + self.adjusted

    def background(self, mix: Mix, best: int) -> float:
        """Return what speaks for an answer beside the evidence for the best entry: that for a second, and the leaning.

        Against it speaks an attribute of which the best entry has no trace, the more the more of the question it is.
        """
        others = np.delete(self.evidence(mix), best)
        lacking = min(1.0, self.coverages[best].lacking / _HALF)
        return self.leaning + _SECOND * float(others.max(initial=0.0)) - _LACKING * lacking

    def heard(self) -> Figures:
        """Return 1 for each entry, or less where nothing but words can tell and it has not half of what they weigh."""
        if self.meaning is not None:
            return np.ones(len(self.places))
        return np.array([min(1.0, coverage.share / _HALF) for coverage in self.coverages])

    def favouring(self, places: Sequence[int], bonus: float) -> "Shortlist":
        """Return the same shortlist with a bonus for some entries."""
        favoured = np.array([bonus if place in places else 0.0 for place in self.places])
        return dataclasses.replace(self, adjusted=self.adjusted + favoured)


@dataclass(frozen=True)
class Read:
    """A question's words with their weights, and whether it asks what something means."""

    words: Sequence[Word]
    weights: Sequence[float]
    meaning: bool

    @property
    def telling(self) -> list[Word]:
        """Return the words that say something."""
        return [word for word in self.words if not word.light]


def read_words(text: str, words: Sequence[Word], collection: Collection) -> Read:
    """Weigh the words of a question."""
    return Read(words, weigh(words, collection), asks_meaning(text))


def shortlist(
    signals: Signals, question: Read, entry_at: Callable[[int], Prepared], also: Sequence[int] = ()
) -> Shortlist:
    """Return the entries that are best at first sight, and ``also`` some others, with all that is measured."""
    sight = signals.words if signals.meaning is None else signals.meaning + _FIRST_SIGHT * signals.words
    best = np.argsort(-sight, kind="stable")[:LENGTH]
    where = {int(place): row for row, place in enumerate(signals.places)}
    rows = list(
        dict.fromkeys([*(int(row) for row in best), *(where[place] for place in also if place in where)])
    )
    chosen = [entry_at(int(signals.places[row])) for row in rows]
    coverages = tuple(cover(question.words, question.weights, prepared) for prepared in chosen)
    return Shortlist(
        tuple(int(signals.places[row]) for row in rows),
        None if signals.meaning is None else signals.meaning[rows],
        signals.words[rows],
        np.array([_adjusted(question, p, c) for p, c in zip(chosen, coverages, strict=True)]),
        coverages,
        signals.leaning,
    )


def _adjusted(question: Read, prepared: Prepared, coverage: Coverage) -> float:
    """Hold definitions back, which draw every question that has their term, unless the term is asked for.

    A question without the term asks what it is that is so and so, and has no other word for it.
    """
    if not prepared.definition:
        return 0.0
    if any(names(question.telling, p.terms) and _same(question.words, p.words) for p in prepared.named):
        return _NAMED
    if not any(_shares(question.words, p.words) for p in prepared.named):
        return 0.0
    whole = coverage.share >= 1.0 and len(question.telling) > 1
    asked = question.meaning and coverage.share >= _MOSTLY
    return 0.0 if whole or asked else -_HELD_BACK


def _shares(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Tell whether both have a thing in common, generic words aside."""
    terms = {term for word in one for term in word.terms}
    return any(terms.intersection(word.terms) for word in other if not word.light)


def _same(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Tell whether both say the same things, whatever their order and generic words."""
    terms = {term for word in one if not word.light for term in word.terms}
    return all(terms.intersection(word.terms) for word in other if not word.light)
