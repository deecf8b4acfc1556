"""The matcher: reads a question, collects the signals for every entry and lets ``decision`` decide."""

import dataclasses
from collections.abc import Sequence

from assistant.domain.entries import AnswerKind, Audience, Entry, Why
from assistant.domain.identifiers import EntryId
from assistant.knowledge.matching.collection import Collection, Prepared
from assistant.knowledge.matching.coverage import Coverage, cover, weigh
from assistant.knowledge.matching.decision import ENOUGH_FOLLOW_UP, Match, Scored, decide
from assistant.knowledge.matching.fulltext import FullTextIndex
from assistant.knowledge.matching.intent import asks_meaning, names, points_back
from assistant.knowledge.matching.similarity import best_similarity, best_spelling
from assistant.knowledge.matching.spelling import repair
from assistant.knowledge.matching.words import Word, split

LONGEST_QUESTION = 500
"""Characters of a question that are looked at."""

_MOST_WORDS = 80
_CANDIDATES = 30
_WEIGHTS = {"coverage": 0.48, "similarity": 0.32, "fulltext": 0.12, "spelling": 0.08}
_FULLTEXT_FULL = 4.0
_HELD_BACK = 0.3
_NEAR_BONUS = 0.03
_CLEARLY_BETTER = 0.25


@dataclasses.dataclass(frozen=True)
class _Question:
    plain: str
    words: list[Word]
    weights: list[float]
    meaning: bool
    near: frozenset[EntryId]


class Matcher:
    """Matches questions against one publication. Safe to share between threads; without an index it still works."""

    def __init__(self, collection: Collection, fulltext: FullTextIndex | None) -> None:
        self._collection = collection
        self._fulltext = fulltext

    def match(self, text: str, audience: Audience | None = None, near: Sequence[EntryId] = ()) -> Match:
        """Decide on a question; ``near`` are the entries that a follow-up is tried within first."""
        text = text[:LONGEST_QUESTION]
        exact = self._named(text, audience)
        if exact:
            return Match(AnswerKind.EXACT, (exact,), (exact,))
        question = self._read(text, near)
        if not any(not word.light for word in question.words):
            return Match(AnswerKind.NONE, (), ())
        ranking = self._rank(question, audience)
        follow_up = self._follow_up(text, question, ranking)
        if follow_up:
            others = [s for s in ranking if s.entry.id != follow_up.entry.id]
            return Match(AnswerKind.CLOSEST, (follow_up,), (follow_up, *others))
        return decide(ranking, self._unknown(question))

    def _named(self, text: str, audience: Audience | None) -> Scored | None:
        """Return the entry whose id, question or alternate this is, word for word."""
        plain = " ".join(split(text))
        found = self._collection.by_plain.get(plain) or self._collection.by_id.get(EntryId(text.strip()))
        if found is None or not _for(found.entry, audience):
            return None
        return Scored(found.entry, 1.0, 1.0, 1.0, (), Why(matched=tuple(plain.split())))

    def _read(self, text: str, near: Sequence[EntryId]) -> _Question:
        words = repair(self._collection.lexicon.read(text)[:_MOST_WORDS], self._collection)
        weights = weigh(words, self._collection)
        return _Question(" ".join(split(text)), words, weights, asks_meaning(text), frozenset(near))

    def _rank(self, question: _Question, audience: Audience | None) -> list[Scored]:
        terms = [term for word in question.words for term in word.terms]
        found = self._fulltext.search(terms, _CANDIDATES) if self._fulltext else {}
        covered = [
            (prepared, cover(question.words, question.weights, prepared))
            for prepared in self._collection.prepared
            if _for(prepared.entry, audience)
        ]
        covered.sort(key=lambda pair: -pair[1].strength)
        candidates = [
            (prepared, coverage)
            for place, (prepared, coverage) in enumerate(covered)
            if coverage.share and (place < _CANDIDATES or prepared.entry.id in found)
        ]
        scored = [self._score(question, p, c, found.get(p.entry.id, 0.0)) for p, c in candidates]
        return sorted(scored, key=lambda s: (-s.score, s.entry.id))

    def _score(self, question: _Question, prepared: Prepared, coverage: Coverage, fulltext: float) -> Scored:
        similarity = best_similarity(question.words, question.weights, prepared, self._collection)
        score = (
            _WEIGHTS["coverage"] * coverage.strength
            + _WEIGHTS["similarity"] * similarity
            + _WEIGHTS["fulltext"] * min(1.0, fulltext / (_FULLTEXT_FULL * sum(question.weights) or 1.0))
            + _WEIGHTS["spelling"] * best_spelling(question.plain, prepared)
        )
        score += _NEAR_BONUS if prepared.entry.id in question.near else 0.0
        if prepared.definition:
            score, similarity = self._held_back(question, prepared, coverage, (score, similarity))
        why = Why(
            coverage.matched,
            coverage.expanded,
            {word.surface: word.repaired for word in question.words if word.repaired},
        )
        return Scored(prepared.entry, score, coverage.share, similarity, coverage.missing, why)

    def _held_back(
        self, question: _Question, prepared: Prepared, coverage: Coverage, measured: tuple[float, float]
    ) -> tuple[float, float]:
        """Hold short definitions back, which draw every question that has their term, unless the term is asked for."""
        if any(names(question.words, p.terms) and _same(question.words, p.words) for p in prepared.phrasings):
            return 1.0, 1.0
        telling = sum(1 for word in question.words if not word.light)
        whole = coverage.share >= 1.0 and telling > 1
        held = 0.0 if whole or question.meaning else _HELD_BACK
        score, similarity = measured
        return max(0.0, score - held), similarity

    def _follow_up(self, text: str, question: _Question, ranking: list[Scored]) -> Scored | None:
        if not question.near or not points_back(text):
            return None
        best = next((s for s in ranking if s.entry.id in question.near), None)
        if best is None or best.share < ENOUGH_FOLLOW_UP:
            return None
        clearly_better = any(s.share - best.share > _CLEARLY_BETTER for s in ranking)
        return None if clearly_better else best

    def _unknown(self, question: _Question) -> tuple[str, ...]:
        known = self._collection.knows
        return tuple(dict.fromkeys(w.surface for w in question.words if not w.light and not known(w)))


def _for(entry: Entry, audience: Audience | None) -> bool:
    return audience is None or audience in entry.audience


def _same(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Tell whether both say the same things, whatever their order and generic words."""
    terms = {term for word in one if not word.light for term in word.terms}
    return all(terms.intersection(word.terms) for word in other if not word.light)
