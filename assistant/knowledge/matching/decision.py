"""From scores to a decision: the answer, a choice, or none. The thresholds of matching stand here and nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.entries import AnswerKind, Entry, Why

SURE_SIMILARITY = 0.85
SURE_SHARE = 0.97
ENOUGH_SHARE = 0.7
ENOUGH_SCORE = 0.36
ENOUGH_FOLLOW_UP = 0.6
CLOSE = 0.035
MOST_CHOICES = 4
NEAREST = 3


@dataclass(frozen=True)
class Scored:
    """An entry with what was measured: ``score`` ranks, ``share`` decides whether it may answer at all."""

    entry: Entry
    score: float
    share: float
    similarity: float
    missing: tuple[str, ...]
    why: Why


@dataclass(frozen=True)
class Match:
    """The decision on one question: what answers it, and the whole ranking it was made from."""

    kind: AnswerKind
    chosen: tuple[Scored, ...]
    ranking: tuple[Scored, ...]
    missing: tuple[str, ...] = ()
    ambiguous: bool = False

    @property
    def nearest(self) -> tuple[Entry, ...]:
        """Entries to offer as topics when nothing answers."""
        return tuple(s.entry for s in self.ranking[:NEAREST] if s.share > 0) if not self.chosen else ()

    @property
    def confidence(self) -> float:
        """A figure from 0 to 1 that is higher the more an answer is to be trusted."""
        best = max(self.ranking, key=lambda s: s.score * s.share, default=None)
        return best.score * best.share if best else 0.0


def decide(ranking: Sequence[Scored], unknown: tuple[str, ...]) -> Match:
    """Decide by the best entry that no missing word vetoes; ``unknown`` are words that no entry holds."""
    fit = [s for s in ranking if s.share >= ENOUGH_SHARE and s.score >= ENOUGH_SCORE]
    if not fit:
        missing = unknown or (ranking[0].missing if ranking else ())
        return Match(AnswerKind.NONE, (), tuple(ranking), missing)
    best = fit[0]
    if best.similarity >= SURE_SIMILARITY and best.share >= SURE_SHARE:
        return Match(AnswerKind.EXACT, (best,), tuple(ranking))
    close = [s for s in fit[:MOST_CHOICES] if best.score - s.score <= CLOSE]
    if len(close) > 1:
        return Match(AnswerKind.CHOOSE, tuple(close), tuple(ranking), ambiguous=True)
    return Match(AnswerKind.CLOSEST, (best,), tuple(ranking))
