"""Misspelt words, taken for known ones only where that is safe."""

from collections.abc import Callable, Collection, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.knowledge.matching.words import Lexicon, Word

_SHORTEST = 4
_TWO_ERRORS_FROM = 8


def repair(
    words: Sequence[Word], lexicon: Lexicon, vocabulary: Collection[str], knows: Callable[[Word], bool]
) -> list[Word]:
    """Replace words that no entry and no list knows by the one closest word of a vocabulary, if there is exactly one.

    One error (a letter wrong, missing, too many, or two swapped) is repaired from four letters on, two from eight.
    The first letter must be right: ``uninstalled`` is not ``installed``. Words with digits are never repaired.
    """
    return [
        word if _unfit(word.surface, lexicon) or knows(word) else _repaired(word, lexicon, vocabulary)
        for word in words
    ]


def is_slip(surface: str, small: Collection[str]) -> bool:
    """Tell whether a word is one of the small words with a letter missing or two swapped ("wich", "whcih").

    A letter too many or a wrong one is not enough: ``theme`` is not ``them``, and ``wall`` is not ``will``.
    """
    if len(surface) < _SHORTEST or not surface.isalpha():
        return False
    found = process.extract(surface, small, scorer=OSA.distance, score_cutoff=1, limit=10)
    return any(
        word[0] == surface[0] and (len(word) > len(surface) or sorted(word) == sorted(surface))
        for word, _, _ in found
    )


def _unfit(surface: str, lexicon: Lexicon) -> bool:
    return len(surface) < _SHORTEST or not surface.isalpha() or surface in lexicon.known


def _repaired(word: Word, lexicon: Lexicon, vocabulary: Collection[str]) -> Word:
    known = _closest(word.surface, lexicon, vocabulary)
    if known is None:
        return word
    meant = lexicon.word(known)
    return Word(word.surface, meant.terms, meant.light, meant.attribute, known)


def _closest(surface: str, lexicon: Lexicon, vocabulary: Collection[str]) -> str | None:
    allowed = 2 if len(surface) >= _TWO_ERRORS_FROM else 1
    found = process.extract(surface, vocabulary, scorer=OSA.distance, score_cutoff=allowed, limit=10)
    fit = [
        (distance, word) for word, distance, _ in found if word[0] == surface[0] and len(word) >= _SHORTEST
    ]
    if not fit:
        return None
    nearest = min(distance for distance, _ in fit)
    best = {lexicon.word(word).terms: word for distance, word in sorted(fit) if distance == nearest}
    return next(iter(best.values())) if len(best) == 1 else None
