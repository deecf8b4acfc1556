"""From figures to a decision: the answer, a choice, or none. The thresholds of matching stand here and nowhere else."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.domain.entries import AnswerKind, Entry, Why
from assistant.domain.identifiers import EntryId

ANSWERS = 0.5
"""How likely an entry has to be right for it to be the answer, or several together for them to be offered."""

OFFERS = 0.17
"""How likely the best of several has to be for them to be offered."""

CLOSE = 0.08
"""How near in score another entry has to be for a choice instead of an answer."""

CLOSE_IF_VAGUE = 0.3
"""The same for a question of one telling word, which can mean many things."""

FAR = 0.6
"""How far behind the best an entry may be and still be offered."""

LEAST = 0.08
"""The evidence an entry needs to be offered among others."""

MOST_CHOICES = 4
NEAREST = 3


@dataclass(frozen=True)
class Scored:
    """An entry with its fused score, by which it is ranked, and its evidence, which tells whether it answers at all.

    ``missing`` are the telling words it does not hold; ``same`` tells whether it is asked for in its own words.
    """

    entry: Entry
    score: float
    missing: tuple[str, ...]
    why: Why
    same: bool = False
    evidence: float = 1.0


@dataclass(frozen=True)
class Match:
    """The decision on one question: what answers it, and the whole ranking it was made from.

    ``confidence`` is how likely the first of the ranking is right, 0 to 1.
    """

    kind: AnswerKind
    chosen: tuple[Scored, ...]
    ranking: tuple[Scored, ...]
    missing: tuple[str, ...] = ()
    ambiguous: bool = False
    confidence: float = 0.0

    @property
    def nearest(self) -> tuple[Entry, ...]:
        """Entries to offer as topics when nothing answers."""
        return tuple(s.entry for s in self.ranking[:NEAREST]) if not self.chosen else ()


def decide(
    ranking: Sequence[Scored],
    probability: Callable[[float], float],
    unknown: tuple[str, ...],
    *,
    vague: bool = False,
) -> Match:
    """Decide by how likely the best entry is right, or the best ones together.

    ``unknown`` are words that no entry holds; ``vague`` says that the question has one telling word or none.
    """
    ranked = tuple(ranking)
    if not ranked:
        return Match(AnswerKind.NONE, (), (), unknown)
    best = ranked[0]
    likely = probability(best.evidence)
    same = tuple(scored for scored in ranked if best.same and scored.same)
    if same and probability(sum(scored.evidence for scored in same)) >= ANSWERS:
        return _in_their_own_words(same, ranked, likely)
    within = FAR if likely < ANSWERS else CLOSE_IF_VAGUE if vague else CLOSE
    close = tuple(s for s in ranked[:MOST_CHOICES] if best.score - s.score <= within and s.evidence >= LEAST)
    if len(close) > 1 and likely >= OFFERS and probability(sum(s.evidence for s in close)) >= ANSWERS:
        return Match(AnswerKind.CHOOSE, close, ranked, ambiguous=True, confidence=likely)
    if likely >= ANSWERS:
        return Match(AnswerKind.CLOSEST, (best,), ranked, confidence=likely)
    return Match(AnswerKind.NONE, (), ranked, unknown or best.missing, confidence=likely)


def _in_their_own_words(same: tuple[Scored, ...], ranked: tuple[Scored, ...], likely: float) -> Match:
    if len(same) == 1:
        return Match(AnswerKind.EXACT, same, ranked, confidence=likely)
    return Match(AnswerKind.CHOOSE, same[:MOST_CHOICES], ranked, ambiguous=True, confidence=likely)


def word_for_word(asked_for: Sequence[Scored]) -> Match:
    """Return the entry that is asked for in its very words, or several of the same words as a choice."""
    ranked = tuple(asked_for)
    if len(ranked) == 1:
        return Match(AnswerKind.EXACT, ranked, ranked, confidence=1.0)
    return Match(AnswerKind.CHOOSE, ranked[:MOST_CHOICES], ranked, ambiguous=True, confidence=1.0)


def as_follow_up(match: Match) -> Match:
    """Return what two questions together found: never exact, as nobody asked it in one."""
    kind = AnswerKind.CLOSEST if match.kind is AnswerKind.EXACT else match.kind
    return dataclasses.replace(match, kind=kind)


def again(match: Match, near: Sequence[EntryId]) -> Match:
    """Return the entry of the answer before for a question that only points back at it ("and then?")."""
    last = next((scored for scored in match.ranking if scored.entry.id in near), None)
    if last is None:
        return match
    rest = tuple(scored for scored in match.ranking if scored is not last)
    return Match(AnswerKind.CLOSEST, (last,), (last, *rest), confidence=ANSWERS)


def narrows(together: Match, alone: Match) -> bool:
    """Tell whether two questions together answer what the second left open: nothing found, or a choice it was among.

    A short question that stands alone is a new topic, however much the one before it would add.
    """
    if not together.ranking or together.confidence <= alone.confidence:
        return False
    offered = [scored.entry.id for scored in alone.chosen]
    return not offered or (alone.ambiguous and together.ranking[0].entry.id in offered)
