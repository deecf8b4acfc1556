"""Words of questions and of pieces, compared by stem and by shared meaning; small words count for nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.knowledge.matching.words import Lexicon, Word, split

_REMEMBERED = 5000


@dataclass(frozen=True)
class Said:
    """What a piece of text says: the terms its words are looked up by, and its plain words."""

    terms: frozenset[str]
    plain: frozenset[str]

    def says(self, word: Word) -> bool:
        """Tell whether a word or phrase of a question is said here."""
        return not self.terms.isdisjoint(word.terms) or self.plain.issuperset(split(word.surface))


@lru_cache(maxsize=_REMEMBERED)
def said_in(text: str, lexicon: Lexicon) -> Said:
    """Return what a text says."""
    words = lexicon.read(text)
    return Said(frozenset(term for word in words for term in word.terms), frozenset(split(text)))


def telling(text: str, lexicon: Lexicon, repaired: Mapping[str, str] | None = None) -> tuple[Word, ...]:
    """Return the words of a question that tell something, misspelt ones as they were ``repaired``."""
    meant = " ".join((repaired or {}).get(word, word) for word in split(text))
    return tuple(word for word in lexicon.read(meant) if not word.light)


def told_apart(labels: Sequence[str], words: Iterable[Word], lexicon: Lexicon) -> tuple[int, ...]:
    """Return the places of the labels that the words name: by a word that not every label holds, the best only.

    No word that is in all labels tells any of them apart.
    """
    said = [said_in(label, lexicon) for label in labels]
    apart = [word for word in words if not all(s.says(word) for s in said)]
    scores = [sum(s.says(word) for word in apart) for s in said]
    best = max(scores, default=0)
    return tuple(place for place, score in enumerate(scores) if best and score == best)
