"""Coverage: how much of what a question is about an entry mentions at all, and what it does not."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.knowledge.matching.collection import Collection, Prepared
from assistant.knowledge.matching.words import Word

_IN_ANSWER = 0.8
_BY_MEANING = 0.92
_REPAIRED = 0.95


@dataclass(frozen=True)
class Coverage:
    """``share`` is the weight of the matched words in that of all (0 to 1); ``strength`` also counts where they match.

    ``missing`` are the words that tell entries apart and match nothing here; ``lacking`` is the weight of those among
    them that name an attribute in that of all (0 to 1).
    """

    share: float
    strength: float
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    expanded: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lacking: float = 0.0


def cover(words: Sequence[Word], weights: Sequence[float], prepared: Prepared) -> Coverage:
    """Measure how an entry covers a question's words."""
    total = share = strength = lacking = 0.0
    matched, missing = [], []
    expanded: dict[str, tuple[str, ...]] = {}
    for word, weight in zip(words, weights, strict=True):
        how = _strength(word, prepared)
        # a generic word counts where it matches and is no fault where it does not
        total += weight if how or not word.light else 0.0
        if how:
            share += weight
            strength += weight * how
            matched.append(word.surface)
            if word.terms[0] not in prepared.question_terms | prepared.answer_terms:
                expanded[word.surface] = tuple(t.lstrip("~") for t in word.terms if t.startswith("~"))
        elif not word.light:
            missing.append(word.surface)
            lacking += weight if word.attribute else 0.0
    divisor = total or 1.0
    return Coverage(
        share / divisor, strength / divisor, tuple(matched), tuple(missing), expanded, lacking / divisor
    )


def weigh(words: Sequence[Word], collection: Collection) -> list[float]:
    """Return the weight of each word."""
    return [collection.weight(word) for word in words]


def _strength(word: Word, prepared: Prepared) -> float:
    best = 0.0
    for term in word.terms:
        how = _BY_MEANING if term.startswith("~") and len(word.terms) > 1 else 1.0
        if term in prepared.question_terms:
            best = max(best, how)
        elif term in prepared.answer_terms:
            best = max(best, how * _IN_ANSWER)
    return best * _REPAIRED if word.repaired else best
