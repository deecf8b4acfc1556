"""The figures of one engine on one set of questions; pure, so that they can be checked by hand."""

import math
import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.knowledge.evaluation import Question

_TOP = 3
_PERCENT_95 = 0.95


@dataclass(frozen=True)
class Outcome:
    """What an engine found for one question; ``milliseconds`` is None where the same text was asked before."""

    question: Question
    ids: tuple[str, ...]
    confidence: float
    milliseconds: float | None

    @property
    def rank(self) -> int | None:
        """The place of the first right entry, from 1."""
        return next((place for place, found in enumerate(self.ids, 1) if found in self.question.expect), None)


@dataclass(frozen=True)
class Figures:
    """Shares are from 0 to 1; a figure is None where there are no questions to make it from.

    ``right_at_95``: the share of questions with an answer whose right entry comes first with more confidence than 95 %
    of those without an answer.
    """

    hit1: float | None
    hit3: float | None
    mrr: float | None
    auroc: float | None
    right_at_95: float | None
    p50_ms: float | None
    p95_ms: float | None


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Return the figures of an engine's outcomes."""
    inside = [o for o in outcomes if o.question.expect]
    outside = [o.confidence for o in outcomes if not o.question.expect]
    times = [o.milliseconds for o in outcomes if o.milliseconds is not None]
    limit = quantile(outside, _PERCENT_95)
    sure = (o.rank == 1 and limit is not None and o.confidence > limit for o in inside)
    return Figures(
        hit1=_mean(o.rank == 1 for o in inside),
        hit3=_mean(o.rank is not None and o.rank <= _TOP for o in inside),
        mrr=_mean(1 / o.rank if o.rank else 0.0 for o in inside),
        auroc=auroc([o.confidence for o in inside], outside),
        right_at_95=None if limit is None else _mean(sure),
        p50_ms=quantile(times, 0.5),
        p95_ms=quantile(times, _PERCENT_95),
    )


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    """Return how often a figure of ``inside`` is above one of ``outside``, equal ones counting half."""
    if not inside or not outside:
        return None
    ordered = sorted(outside)
    won = sum(bisect_left(ordered, one) + bisect_right(ordered, one) for one in inside)
    return won / (2 * len(inside) * len(outside))


def quantile(values: Sequence[float], share: float) -> float | None:
    """Return the smallest value that at least this share of the values does not exceed; None without values."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(len(values) * share) - 1)]


def _mean(values: Iterable[float]) -> float | None:
    listed = [float(value) for value in values]
    return statistics.fmean(listed) if listed else None
