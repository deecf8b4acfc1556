"""A large publication as two shelves: the base that lies on disk, and what changed since it was filled."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from assistant.domain.entries import Entry
from assistant.domain.identifiers import EntryId
from assistant.knowledge.matching.collection import Census, Collection, Prepared, prepare
from assistant.knowledge.matching.large.shelf import Base, Shelf, digest_of, fill
from assistant.knowledge.matching.large.texts import Texts
from assistant.knowledge.matching.semantic.encoders import Encoder, Vectors
from assistant.knowledge.matching.words import Lexicon

_PREPARED_AT_ONCE = 4000

_Known = Mapping[str, tuple[EntryId, ...]]


def changed_since(base: Base, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that a base does not hold as they are."""
    known = base.shelf.digests
    return [entry for entry in entries if known.get(entry.id) != digest_of(entry)]


class Shelves:
    """Where each entry of a publication stands, and what is proposed by words and by meaning from both shelves.

    Entries are named by their place in the publication; ``changed`` are those that the base does not hold as they are.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        lexicon: Lexicon,
        base: Base,
        changed: Sequence[Entry],
        encoder: Encoder | None,
    ) -> None:
        self.base = base
        self._shelves = [base.shelf, *([fill(changed, lexicon, base, encoder)] if changed else [])]
        self._stands = _stands(entries, changed, base.shelf)
        self._places = [np.full(len(shelf.digests), -1, np.intp) for shelf in self._shelves]
        for place, (number, row) in enumerate(self._stands):
            self._places[number][row] = place
        census = _census(self._shelves, np.flatnonzero(self._places[0] < 0).tolist())
        self.collection = Collection(entries, lexicon, _Preparing(self, entries, lexicon), census)

    def fields(self, place: int) -> Mapping[str, str]:
        """Return the terms of an entry by field."""
        number, row = self._stands[place]
        return self._shelves[number].fields[row]

    def texts(self, place: int) -> tuple[Texts, int]:
        """Return the texts among which those of an entry are, and the number of their group."""
        number, row = self._stands[place]
        return self._shelves[number].texts, row

    def search(self, terms: Sequence[str], limit: int) -> dict[str, float]:
        """Return the ids of at most so many entries of each shelf with their scores, best first."""
        entries = self.collection.prepared
        return {str(entries[place].entry.id): score for place, score in self.by_words(terms, limit)}

    def by_words(self, terms: Sequence[str], limit: int) -> list[tuple[int, float]]:
        """Return at most so many entries of each shelf with their scores, best first."""
        found = [
            (int(places[row]), score)
            for shelf, places in zip(self._shelves, self._places, strict=True)
            for row, score in shelf.words.search(terms, limit, places >= 0)
        ]
        return sorted(found, key=lambda one: (-one[1], one[0]))

    def by_meaning(self, readings: Vectors, limit: int) -> list[int]:
        """Return at most so many entries of each shelf whose mean is nearest to one of a question's readings."""
        found = [
            (int(places[row]), closeness)
            for shelf, places in zip(self._shelves, self._places, strict=True)
            for row, closeness in nearest(shelf.means, readings, limit, places >= 0)
        ]
        return [place for place, _ in sorted(found, key=lambda one: (-one[1], one[0]))[:limit]]


class _Preparing(Sequence[Prepared]):
    """Entries that are prepared when they are first looked at."""

    def __init__(self, shelves: Shelves, entries: Sequence[Entry], lexicon: Lexicon) -> None:
        self._count = len(entries)
        self._at = lru_cache(_PREPARED_AT_ONCE)(
            lambda place: prepare(entries[place], lexicon, shelves.fields(place))
        )

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: Any) -> Any:
        return self._at(place)


def nearest(
    vectors: Vectors, readings: Vectors, limit: int, standing: np.ndarray[Any, Any] | None = None
) -> list[tuple[int, float]]:
    """Return at most so many rows that are nearest to any of the readings, nearest first, and how near they are."""
    if not len(vectors):
        return []
    closest = (vectors @ readings.T).max(axis=1)
    if standing is not None:
        closest[~standing] = -1.0
    best = np.argpartition(-closest, min(limit, len(closest) - 1))[:limit]
    kept = [int(row) for row in best if standing is None or standing[row]]
    return [(row, float(closest[row])) for row in sorted(kept, key=lambda row: (-closest[row], row))]


def _stands(entries: Sequence[Entry], changed: Sequence[Entry], base: Shelf) -> list[tuple[int, int]]:
    rows = {entry_id: (0, row) for row, entry_id in enumerate(base.digests)}
    rows |= {entry.id: (1, row) for row, entry in enumerate(changed)}
    return [rows[entry.id] for entry in entries]


def _census(shelves: Sequence[Shelf], gone: Sequence[int]) -> Census:
    """Return what all shelves hold, without what stands no more; its words may still be taken for misspelt ones."""
    base, *others = shelves
    frequency = Counter(base.census.frequency)
    for row in gone:
        frequency.subtract({term for terms in base.fields[row].values() for term in terms.split()})
    ids = list(base.digests)
    left = {ids[row] for row in gone}
    words, named, asked = (
        base.census.words,
        _without(base.census.named, left),
        _without(base.census.asked, left),
    )
    for shelf in others:
        frequency.update(shelf.census.frequency)
        words |= shelf.census.words
        named, asked = _joined(named, shelf.census.named), _joined(asked, shelf.census.asked)
    return Census(+frequency, words, named, asked)


def _without(known: _Known, left: set[EntryId]) -> _Known:
    rest = dict(known)
    for plain, ids in known.items() if left else ():
        if not left.isdisjoint(ids):
            rest[plain] = tuple(entry_id for entry_id in ids if entry_id not in left)
    return rest


def _joined(one: _Known, other: _Known) -> _Known:
    return {**one, **{plain: (*one.get(plain, ()), *ids) for plain, ids in other.items()}}
