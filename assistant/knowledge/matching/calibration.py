"""Calibration: what the figures are worth in one publication, learnt from its own material.

Every way to ask is asked with itself left out (its entry has to be found) and with its whole entry left out (nothing may
be found), and so is what no entry answers. From these trials come the mix of the signals and the curve from a figure to a
probability. Both start from values measured on other collections and leave them as far as there are trials to say so.
"""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.knowledge.matching.collection import Collection, Prepared
from assistant.knowledge.matching.shortlist import Mix, Shortlist, read_words, shortlist
from assistant.knowledge.matching.signals import Signalling, Signals

Figures = NDArray[np.float64]

MIXES = (Mix(0.0, 0.0), Mix(0.6, 0.0), Mix(0.6, 0.3), Mix(1.0, 0.5))
_AHEAD = (0.0, 3.0, 3.25, 3.5)
"""Trials that each mix is ahead before the first: people type rougher than the ways to ask that authors write."""

_START = np.array([-3.4, 5.6])
_START_BY_WORDS = np.array([-2.3, 8.4])
"""The curve before any trial: a constant, and the slope over the evidence; with a model, and by words alone."""


_PULL = np.diag([0.5, 0.5])
_STEPS = 30
_ENOUGH = 20


@dataclass(frozen=True)
class Trial:
    """A shortlist whose right entry is known; ``right`` is its place, None where nothing may be found."""

    found: Shortlist
    right: int | None

    def is_right(self, mix: Mix) -> bool:
        """Tell whether the best entry is the right one."""
        scores = self.found.scores(mix)
        return bool(len(scores)) and self.found.places[int(np.argmax(scores))] == self.right


@dataclass(frozen=True)
class Calibration:
    """The mix of a publication and its curve; ``trials`` is how many it was learnt from."""

    mix: Mix
    level: float
    slope: float
    trials: int = 0

    def probability(self, evidence: float) -> float:
        """Return how likely so much evidence is for the right answer, 0 to 1."""
        return float(_logistic(np.array(self.level + self.slope * evidence)))


def evidence(found: Shortlist, mix: Mix) -> float:
    """Return the evidence for the best entry, with what else speaks for an answer."""
    scores = found.scores(mix)
    if not len(scores):
        return found.leaning
    best = int(np.argmax(scores))
    return float(found.evidence(mix)[best]) + found.background(mix, best)


def calibrate(trials: Sequence[Trial]) -> Calibration:
    """Learn mix and curve from trials; without any, return what was measured elsewhere."""
    inside = [trial for trial in trials if trial.right is not None]
    counts = [sum(trial.is_right(mix) for trial in inside) for mix in MIXES]
    mix = MIXES[int(np.argmax(np.array(counts) + np.array(_AHEAD)))]
    level, slope = _fitted(trials, mix)
    return Calibration(mix, level, slope, len(trials))


def trials_of(signals: Signalling, collection: Collection) -> list[Trial]:
    """Ask a publication its own ways to ask, and what it does not answer."""
    ways, unanswered = collection.ways(), signals.unanswered()
    most_found, most_unanswered = signals.most_trials
    trials = [_tried(signals, collection, *ways[place]) for place in _spread(len(ways), most_found)]
    for place in _spread(len(ways), most_unanswered):
        owner, way = ways[place]
        text = collection.prepared[owner].phrasings[way].text
        alone = _apart(signals.lacking(owner, way, whole=True), owner)
        trials.append(Trial(_found(alone, text, collection), None))
    for number in _spread(len(unanswered), most_unanswered):
        found = _found(signals.lacking_unanswered(number), unanswered[number], collection)
        trials.append(Trial(found, None))
    return trials


def _tried(signals: Signalling, collection: Collection, owner: int, way: int) -> Trial:
    """Ask for an entry in one of its ways as if it had not that way."""
    prepared = collection.prepared[owner]
    lacking = _lacking(prepared, way)
    found = _found(
        signals.lacking(owner, way, whole=False),
        prepared.phrasings[way].text,
        collection,
        lambda place: lacking if place == owner else collection.prepared[place],
    )
    return Trial(found, owner)


def _found(
    signals: Signals, text: str, collection: Collection, entry_at: Callable[[int], Prepared] | None = None
) -> Shortlist:
    question = read_words(text, collection.read(text), collection)
    return shortlist(signals, question, entry_at or collection.prepared.__getitem__)


def _lacking(prepared: Prepared, way: int) -> Prepared:
    rest = prepared.phrasings[:way] + prepared.phrasings[way + 1 :]
    terms = " ".join(term for phrasing in rest for term in phrasing.terms)
    indexed = {**prepared.indexed, "question": terms, "alternates": ""}
    return dataclasses.replace(prepared, phrasings=rest, named=(), indexed=indexed)


def _apart(signals: Signals, owner: int) -> Signals:
    return signals.at([row for row, place in enumerate(signals.places) if place != owner])


def _spread(count: int, most: int) -> range:
    """Return at most so many places, taken evenly."""
    return range(0, count, max(1, -(-count // most)))


def _fitted(trials: Sequence[Trial], mix: Mix) -> tuple[float, float]:
    """Fit a logistic curve by Newton's method, drawn to where it starts; both answers weigh the same in all."""
    by_words = any(trial.found.meaning is None for trial in trials)
    start = _START_BY_WORDS if by_words else _START
    if not trials:
        return float(start[0]), float(start[1])
    rows = np.array([[1.0, evidence(trial.found, mix)] for trial in trials])
    right = np.array([trial.is_right(mix) for trial in trials], np.float64)
    share = right.mean()
    counts = np.where(right > 0, 0.5 / max(share, 0.05), 0.5 / max(1 - share, 0.05))
    # where hardly any trial ends one way, the others may not draw the curve away alone
    counts *= min(1.0, right.sum() / _ENOUGH, (1 - right).sum() / _ENOUGH)
    curve = start.copy()
    for _ in range(_STEPS):
        likely = _logistic(rows @ curve)
        slope = rows.T @ (counts * (likely - right)) + _PULL @ (curve - start)
        bend = (rows * (counts * likely * (1 - likely))[:, None]).T @ rows + _PULL
        curve -= np.clip(np.linalg.solve(bend, slope), -2.0, 2.0)
    return float(curve[0]), float(curve[1])


def _logistic(value: Figures) -> Figures:
    result: Figures = 1.0 / (1.0 + np.exp(-np.clip(value, -30.0, 30.0)))
    return result
