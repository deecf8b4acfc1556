"""Misspelt words, taken for known ones only where that is safe."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.knowledge.matching.collection import Collection
from assistant.knowledge.matching.words import Word

_SHORTEST = 4
_TWO_ERRORS_FROM = 8


def repair(words: list[Word], collection: Collection) -> list[Word]:
    """Replace words that no entry and no list knows by the one closest known word, if there is exactly one.

    One error (a letter wrong, missing, too many, or two swapped) is repaired from four letters on, two from eight.
    The first letter must be right: ``uninstalled`` is not ``installed``. Words with digits are never repaired.
    """
    return [_repaired(word, collection) for word in words]


def _repaired(word: Word, collection: Collection) -> Word:
    surface = word.surface
    unfit = len(surface) < _SHORTEST or not surface.isalpha() or surface in collection.lexicon.known
    if unfit or collection.knows(word):
        return word
    known = _closest(surface, collection)
    if known is None:
        return word
    meant = collection.lexicon.word(known)
    return Word(surface, meant.terms, meant.light, repaired=known)


def _closest(surface: str, collection: Collection) -> str | None:
    allowed = 2 if len(surface) >= _TWO_ERRORS_FROM else 1
    found = process.extract(
        surface, collection.vocabulary, scorer=OSA.distance, score_cutoff=allowed, limit=10
    )
    fit = [
        (distance, word) for word, distance, _ in found if word[0] == surface[0] and len(word) >= _SHORTEST
    ]
    if not fit:
        return None
    nearest = min(distance for distance, _ in fit)
    best = {
        collection.lexicon.word(word).terms: word for distance, word in sorted(fit) if distance == nearest
    }
    return next(iter(best.values())) if len(best) == 1 else None
