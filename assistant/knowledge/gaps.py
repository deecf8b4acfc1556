"""Gaps by meaning: which recorded questions ask for the same, and how many people wait for its answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import OSA

from assistant.domain.gaps import AskedGap, GapCluster
from assistant.knowledge.matching.collection import LIGHT_WEIGHT
from assistant.knowledge.matching.words import Lexicon, Word

Likeness = Callable[[str, str], float]
"""How much two questions ask for the same, from 0 to 1; the order of the two does not matter."""

Encode = Callable[[Sequence[str]], Sequence[Any]]
"""Turns texts into vectors of length one, whose product by ``@`` is their cosine."""

ALIKE = 0.8
"""From here on two questions count as the same. Set so that none is lost in a cluster of another meaning."""

_ALIKE_COSINE = 0.91
_SHORTEST_MISSPELT = 5
_ROUNDING = 1e-9
_MOST_COMPARED = 1_000


def cluster(asked: Sequence[AskedGap], likeness: Likeness) -> tuple[GapCluster, ...]:
    """Put gaps of one meaning together, most asked first; the order they come in does not matter.

    Every gap joins the leading gap it is most like. It is never compared with those that follow one, or a chain of
    small differences would lead from one meaning to another. Of very many gaps the rarely asked stay by themselves.
    """
    ordered = sorted(asked, key=lambda a: (-a.gap.count, a.gap.id))
    led: list[list[AskedGap]] = []
    for found in ordered[:_MOST_COMPARED]:
        likes = [likeness(found.gap.question, group[0].gap.question) for group in led]
        best = max(range(len(led)), key=likes.__getitem__, default=None)
        if best is None or likes[best] < ALIKE:
            led.append([found])
        else:
            led[best].append(found)
    led += [[found] for found in ordered[_MOST_COMPARED:]]
    return tuple(sorted((_summed(group) for group in led), key=lambda c: (-c.count, -c.askers, c.id)))


def _summed(group: Sequence[AskedGap]) -> GapCluster:
    gaps = tuple(found.gap for found in group)
    return GapCluster(
        gaps,
        count=sum(gap.count for gap in gaps),
        askers=len(frozenset().union(*(found.askers for found in group))),
        missing=tuple(dict.fromkeys(word for gap in gaps for word in gap.missing)),
        last=max(gap.last for gap in gaps),
    )


@dataclass(frozen=True)
class _Read:
    """A question's words with what each weighs, and all their terms."""

    words: tuple[tuple[Word, frozenset[str], float], ...]
    terms: frozenset[str]
    weight: float
    initials: frozenset[str]

    def surely_unlike(self, other: "_Read") -> bool:
        """Tell cheaply that the other lacks too much of this, even if every word that may be misspelt there were meant."""
        lacking = sum(
            weight
            for word, terms, weight in self.words
            if terms.isdisjoint(other.terms)
            and not (_can_be_misspelt(word) and word.surface[0] in other.initials)
        )
        return lacking > (1.0 - ALIKE) * self.weight + _ROUNDING


class Words:
    """Likeness by shared words: the share of that question which the other covers less; 0 where that is far from alike.

    So a question that asks for more than the other is another question.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[str, _Read] = {}

    def __call__(self, one: str, other: str) -> float:
        """Return the likeness of two questions."""
        first, second = self._read(one), self._read(other)
        if first.terms.isdisjoint(second.terms):
            return 0.0
        if first.surely_unlike(second) or second.surely_unlike(first):
            return 0.0
        lacking, missed = _lacking(first, second)
        return min(_share(first, lacking), _share(second, missed))

    def contrast(self, one: str, other: str) -> bool:
        """Tell whether each question says something that the other does not: 30 days and 60 days."""
        lacking, missed = _lacking(self._read(one), self._read(other))
        return _telling(lacking) and _telling(missed)

    def _read(self, text: str) -> _Read:
        if text not in self._known:
            words = self._lexicon.read(text)
            weighed = tuple((w, frozenset(w.terms), LIGHT_WEIGHT if w.light else 1.0) for w in words)
            terms = frozenset(term for word in words for term in word.terms)
            initials = frozenset(w.surface[0] for w in words if len(w.surface) >= _SHORTEST_MISSPELT)
            self._known[text] = _Read(weighed, terms, sum(weight for _, _, weight in weighed), initials)
        return self._known[text]


def by_meaning(words: Words, encode: Encode, texts: Sequence[str]) -> Likeness:
    """Return likeness by words or by meaning, between any of these texts; each is encoded once, all together.

    Models hardly tell a contrast from a rewording, so where words contrast, only words count.
    """
    different = sorted(set(texts))
    vectors = dict(zip(different, encode(different), strict=True)) if different else {}

    def likeness(one: str, other: str) -> float:
        alike = words(one, other)
        if alike >= ALIKE or words.contrast(one, other):
            return alike
        cosine = float(vectors[one] @ vectors[other])
        return max(alike, min(1.0, cosine * ALIKE / _ALIKE_COSINE))

    return likeness


def _lacking(one: _Read, other: _Read) -> tuple[list[Word], list[Word]]:
    """Return the words of each that the other lacks, in any spelling."""
    lacking = [word for word, terms, _ in one.words if terms.isdisjoint(other.terms)]
    missed = [word for word, terms, _ in other.words if terms.isdisjoint(one.terms)]
    if not lacking or not missed:
        return lacking, missed
    return (
        [word for word in lacking if not any(_misspelt(word, m) for m in missed)],
        [word for word in missed if not any(_misspelt(word, w) for w in lacking)],
    )


def _share(read: _Read, lacking: Sequence[Word]) -> float:
    left = sum(LIGHT_WEIGHT if word.light else 1.0 for word in lacking)
    return 1.0 - left / (read.weight or 1.0)


def _telling(words: Sequence[Word]) -> bool:
    return any(not word.light for word in words)


def _can_be_misspelt(word: Word) -> bool:
    return len(word.surface) >= _SHORTEST_MISSPELT and word.surface.isalpha()


def _misspelt(word: Word, other: Word) -> bool:
    one, two = word.surface, other.surface
    fit = min(len(one), len(two)) >= _SHORTEST_MISSPELT and one[0] == two[0] and one.isalpha()
    return fit and OSA.distance(one, two, score_cutoff=1) <= 1
