"""Similarity: how much a question and the ways to ask for an entry have in common, in both directions."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from assistant.knowledge.matching.collection import Collection, Phrasing, Prepared
from assistant.knowledge.matching.words import Word


def best_similarity(
    words: Sequence[Word], weights: Sequence[float], prepared: Prepared, collection: Collection
) -> float:
    """Return the highest weighted overlap (0 to 1) with any phrasing."""
    terms = {term for word in words for term in word.terms}
    asked = sum(weights)
    return max(
        (_overlap(words, weights, asked, terms, p, collection) for p in prepared.phrasings), default=0.0
    )


def best_spelling(plain: str, prepared: Prepared) -> float:
    """Return the highest likeness (0 to 1) of the letters with any phrasing."""
    return max((fuzz.ratio(plain, p.plain) / 100 for p in prepared.phrasings), default=0.0)


def _overlap(
    words: Sequence[Word],
    weights: Sequence[float],
    asked: float,
    terms: set[str],
    phrasing: Phrasing,
    collection: Collection,
) -> float:
    shared = sum(w for word, w in zip(words, weights, strict=True) if phrasing.terms.intersection(word.terms))
    of_phrasing = [(word, collection.weight(word)) for word in phrasing.words]
    answered = sum(weight for word, weight in of_phrasing if terms.intersection(word.terms))
    total = asked + sum(weight for _, weight in of_phrasing)
    return (shared + answered) / total if total else 0.0
