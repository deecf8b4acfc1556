"""The index of words for many entries: BM25 over arrays, which can be read from disk as they are."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

_LENGTH_NORMALISATION = 0.5
_ASKED_COUNTS = 2


class WordIndex:
    """Finds entries by terms; the terms of questions count twice those of answers. ``indexed`` or ``opened`` makes one."""

    def __init__(self, index: bm25s.BM25) -> None:
        self._index = index

    def search(
        self, terms: Sequence[str], limit: int, standing: NDArray[np.bool_] | None = None
    ) -> list[tuple[int, float]]:
        """Return at most so many rows of entries with their scores, best first; of those ``standing``, if that is given."""
        known = [term for term in dict.fromkeys(terms) if term in self._index.vocab_dict]
        if not known:
            return []
        scores = self._index.get_scores(known, standing)
        best = np.argpartition(-scores, min(limit, len(scores) - 1))[:limit]
        ranked = sorted((int(row) for row in best if scores[row] > 0), key=lambda row: (-scores[row], row))
        return [(row, float(scores[row])) for row in ranked]

    def save(self, folder: Path) -> None:
        """Write the index to a folder."""
        self._index.save(folder, show_progress=False)


def indexed(fields: Iterable[Mapping[str, str]]) -> WordIndex:
    """Index entries by the terms of their fields."""
    index = bm25s.BM25(method="lucene", b=_LENGTH_NORMALISATION)
    index.index([_terms(terms) for terms in fields], show_progress=False)
    return WordIndex(index)


def opened(folder: Path) -> WordIndex:
    """Open an index where it lies."""
    return WordIndex(bm25s.BM25.load(folder, mmap=True, show_progress=False))


def _terms(fields: Mapping[str, str]) -> list[str]:
    asked = f"{fields['question']} {fields['alternates']}".split()
    # a text without any term would be taken for no list of terms
    return [*asked * _ASKED_COUNTS, *fields["answer"].split()] or [""]
