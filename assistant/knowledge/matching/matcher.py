"""The matcher: reads a question, collects what is measured for the entries that may answer it, and lets ``decision`` decide."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.domain.entries import AnswerKind, Audience, Entry, Why
from assistant.domain.identifiers import EntryId
from assistant.knowledge.matching.calibration import Calibration
from assistant.knowledge.matching.collection import Collection, Prepared
from assistant.knowledge.matching.coverage import cover, weigh
from assistant.knowledge.matching.decision import (
    MOST_CHOICES,
    Match,
    Scored,
    again,
    as_follow_up,
    decide,
    narrows,
    word_for_word,
)
from assistant.knowledge.matching.index import Index
from assistant.knowledge.matching.intent import is_short, points_back
from assistant.knowledge.matching.likeness import letters
from assistant.knowledge.matching.normalising import question_in
from assistant.knowledge.matching.semantic.encoders import Encoder, Vectors
from assistant.knowledge.matching.shortlist import Read, Shortlist, read_words, shortlist
from assistant.knowledge.matching.signals import Asked, Signalling
from assistant.knowledge.matching.similarity import best_similarity
from assistant.knowledge.matching.words import Word, split

LONGEST_QUESTION = 500
"""Characters of a question that are looked at."""

_PROPOSED = 6
_PROPOSED_BY = 6
_LONG, _VERY_LONG = 70, 120
_NEAR_BONUS = 0.15
_RELATED_BONUS = 0.1
_SURE_ALONE = 0.8
_LIKELY = 3
_HALF = 0.5
_SOME = 0.1


class Matcher:
    """Matches questions against one publication. Safe to share between threads."""

    def __init__(
        self,
        collection: Collection,
        signals: Signalling,
        calibration: Calibration,
        encoder: Encoder | None,
        index: Index | None,
    ) -> None:
        self._collection = collection
        self._signals = signals
        self._calibration = calibration
        self._encoder = encoder
        self._index = index

    def match(
        self,
        text: str,
        audience: Audience | None = None,
        near: Sequence[EntryId] = (),
        previous: str | None = None,
    ) -> Match:
        """Decide on a question; a follow-up is read together with the ``previous`` question, ``near`` its entries."""
        near = [entry_id for entry_id in near if entry_id in self._collection.place]
        typed = text[:LONGEST_QUESTION]
        text = question_in(typed)
        exact = self._named(typed, audience) or self._named(text, audience)
        if exact and not (near and points_back(text)):
            return word_for_word(exact)
        words = self._collection.read(text)
        if not split(text) or (self._encoder is None and all(word.light for word in words) and not near):
            return Match(AnswerKind.NONE, (), ())
        question, related = read_words(text, words, self._collection), self._related(near)
        found = self._found(text, question, audience, related)
        alone, pointing = self._decided(question, found), points_back(text)
        if not near or not (pointing or (is_short(text) and alone.confidence < _SURE_ALONE)):
            return alone
        joined = f"{question_in((previous or '')[:LONGEST_QUESTION])} {text}".strip()
        together = self._together(joined, audience, near, related)
        if pointing and all(word.light for word in words):
            return again(together, near)
        better = pointing or narrows(together, alone)
        if better and self._continues(words, together, alone):
            return as_follow_up(together)
        return self._decided(question, found.favouring(related, _RELATED_BONUS)) if pointing else alone

    def _continues(self, words: Sequence[Word], together: Match, alone: Match) -> bool:
        """Tell whether what a follow-up adds has to do with the entry that both questions together find.

        The previous question finds its entry by itself, so the follow-up has to be held against it too.
        """
        telling = [word for word in words if not word.light]
        if not together.ranking:
            return False
        best = together.ranking[0].entry.id
        covered = cover(telling, weigh(telling, self._collection), self._entry(best))
        likely = [s.entry.id for s in alone.ranking[:_LIKELY] if s.evidence >= _SOME]
        return covered.share >= _HALF or (self._encoder is not None and best in likely)

    def _named(self, text: str, audience: Audience | None) -> list[Scored]:
        """Return the entries whose id, question or alternate this is, word for word."""
        plain = " ".join(split(text))
        found = self._collection.asked_for(plain) or self._of_id(text.strip())
        why = Why(matched=tuple(plain.split()))
        return [Scored(p.entry, 1.0, (), why, same=True) for p in found if _for(p.entry, audience)]

    def _of_id(self, text: str) -> list[Prepared]:
        place = self._collection.place.get(EntryId(text))
        return [] if place is None else [self._collection.prepared[place]]

    def _entry(self, entry_id: EntryId) -> Prepared:
        return self._collection.prepared[self._collection.place[entry_id]]

    def _together(
        self, text: str, audience: Audience | None, near: Sequence[EntryId], related: Sequence[int]
    ) -> Match:
        """Decide on a question and the one before it, read as one."""
        question = read_words(text, self._collection.read(text), self._collection)
        last = [self._collection.place[entry_id] for entry_id in near]
        found = self._found(text, question, audience, [*last, *related])
        return self._decided(question, found.favouring(last, _NEAR_BONUS).favouring(related, _RELATED_BONUS))

    def _decided(self, question: Read, found: Shortlist) -> Match:
        background, probability = self._background(found), self._calibration.probability
        return decide(
            self._ranking(question, found),
            lambda evidence: probability(evidence + background),
            self._unknown(question),
            vague=len(question.telling) <= 1,
        )

    def _found(self, text: str, question: Read, audience: Audience | None, also: Sequence[int]) -> Shortlist:
        terms = [word.terms[-1] for word in question.words]
        signals = self._signals.signals(Asked(self._readings(text, question.words), terms, letters(text)))
        kept = [
            row
            for row, place in enumerate(signals.places)
            if _for(self._collection.prepared[int(place)].entry, audience)
        ]
        proposed = [self._collection.place[entry_id] for entry_id in self._proposed(question)]
        return shortlist(
            signals.at(kept), question, self._collection.prepared.__getitem__, [*proposed, *also]
        )

    def _related(self, near: Sequence[EntryId]) -> list[int]:
        """Return the places of the entries that those of the last answer name as related."""
        names = (name for entry_id in near for name in self._entry(entry_id).entry.related)
        return [self._collection.place[name] for name in names if name in self._collection.place]

    def _readings(self, text: str, words: Sequence[Word]) -> Vectors | None:
        """Return the vectors of the question as typed and, where words were repaired, as meant.

        A long one is read once, as meant, and a very long one as typed: one word of many hardly changes it, and two
        readings take twice as long.
        """
        if not self._encoder:
            return None
        repaired = {word.surface: word.repaired for word in words if word.repaired}
        if not repaired or len(text) > _VERY_LONG:
            return self._encoder.encode([text])
        meant = " ".join(repaired.get(surface) or surface for surface in split(text))
        return self._encoder.encode([meant] if len(text) > _LONG else [text, meant])

    def _proposed(self, question: Read) -> list[EntryId]:
        """Return what the index proposes for the words that tell most."""
        if not self._index:
            return []
        weighed = sorted(zip(question.weights, question.words, strict=True), key=lambda one: -one[0])
        # whatever has a stem has the name of its meaning too, so that the name finds the same
        terms = [term for _, word in weighed[:_PROPOSED_BY] for term in word.terms[1:] or word.terms]
        return [EntryId(found) for found in self._index.search(terms, _PROPOSED)]

    def _background(self, found: Shortlist) -> float:
        scores = found.scores(self._calibration.mix)
        return found.background(self._calibration.mix, int(np.argmax(scores))) if len(scores) else 0.0

    def _ranking(self, question: Read, found: Shortlist) -> list[Scored]:
        mix = self._calibration.mix
        scores, evidence = found.scores(mix), found.heard() * found.evidence(mix)
        repaired = {word.surface: word.repaired for word in question.words if word.repaired}
        ranking = []
        for row, place in enumerate(found.places):
            entry, coverage = self._collection.prepared[place].entry, found.coverages[row]
            why = Why(coverage.matched, coverage.expanded, repaired)
            figures = float(scores[row]), float(evidence[row])
            ranking.append(Scored(entry, figures[0], coverage.missing, why, evidence=figures[1]))
        ranking.sort(key=lambda s: (-s.score, s.entry.id))
        if ranking and self._is_same(question, ranking[0]):
            first = ranking[:MOST_CHOICES]
            ranking[:MOST_CHOICES] = [replace(s, same=self._is_same(question, s)) for s in first]
        return ranking

    def _is_same(self, question: Read, best: Scored) -> bool:
        """Tell whether a question says the same as a way to ask for the entry, in other order or other small words."""
        prepared = self._entry(best.entry.id)
        alike = best_similarity(question.words, question.weights, prepared, self._collection)
        return alike >= 1.0 and not best.missing

    def _unknown(self, question: Read) -> tuple[str, ...]:
        known = self._collection.knows
        return tuple(dict.fromkeys(w.surface for w in question.words if not w.light and not known(w)))


def _for(entry: Entry, audience: Audience | None) -> bool:
    return audience is None or audience in entry.audience
