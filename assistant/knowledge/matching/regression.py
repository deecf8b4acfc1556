"""Kernel ridge regression: from the likeness of a question to known texts, how much each entry is what it asks for.

Every known text (a way to ask, a sentence of an answer) is a point that belongs to an entry; texts that no entry answers
are points that belong to none. The regression gives a figure for each entry, near one where a question is like the points
of that entry alone. What it would say of its own points had they not been there follows in closed form, which makes
leaving out free.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Figures = NDArray[np.float64]
Places = NDArray[np.intp]

NOBODY = -1
"""The owner of a point that belongs to no entry."""

RIDGE = 0.1
"""How far a figure may be from what its points say: the more, the less a single one of them counts."""


@dataclass(frozen=True)
class Points:
    """Who owns each point (a place among the entries, or NOBODY), and how much it counts (1: a way to ask)."""

    owners: Places
    counts: Figures
    entries: int

    def owned_by(self, owners: Places, entries: int) -> "Points":
        """Return the same points with owners among other entries."""
        return Points(owners, self.counts, entries)

    def at(self, places: Places) -> "Points":
        """Return some of the points."""
        return Points(self.owners[places], self.counts[places], self.entries)


class Regression:
    """A solved regression over some points."""

    def __init__(self, likeness: Figures, points: Points, ridge: float = RIDGE) -> None:
        self.points = points
        self._targets = _targets(points)
        self._inverse = np.linalg.inv(_kernel(likeness) + np.diag(ridge / _weights(points)))
        self._solution = self._inverse @ self._targets

    def estimate(self, likeness: Figures) -> Figures:
        """Return a figure for each entry from a question's likeness to each point."""
        return _kernel(likeness) @ self._solution

    def without(self, left_out: Sequence[int], asked: int) -> Figures:
        """Return the figures for one of the points, had some (itself among them) not been there."""
        places = np.array(left_out, np.intp)
        block = np.linalg.inv(self._inverse[np.ix_(places, places)])
        figures: Figures = (
            self._targets[asked] - (block @ self._solution[places])[list(left_out).index(asked)]
        )
        return figures


def _kernel(likeness: Figures) -> Figures:
    """Square the likeness: what is much alike counts, what is a little alike adds up to little."""
    kernel: Figures = np.maximum(likeness, 0.0) ** 2
    return kernel


def _targets(points: Points) -> Figures:
    owned = points.owners != NOBODY
    targets = np.zeros((len(points.owners), points.entries))
    targets[owned, points.owners[owned]] = 1.0
    return targets


def _weights(points: Points) -> Figures:
    """Let an entry with many points weigh more than one with few, but not as much more as it has points."""
    owned = points.owners != NOBODY
    totals = np.bincount(points.owners[owned], weights=points.counts[owned], minlength=points.entries)
    weights = points.counts.copy()
    weights[owned] /= np.sqrt(totals[points.owners[owned]])
    return weights
