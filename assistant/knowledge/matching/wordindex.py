"""The index of words for many entries: the same proposals as the full-text index, from arrays in memory.

Built anew when a publication is opened; nothing of it is kept on disk.
"""

from collections.abc import Sequence

import bm25s
import numpy as np

from assistant.knowledge.matching.collection import Prepared

_LENGTH_NORMALISATION = 0.5
_ASKED_COUNTS = 2


class WordIndex:
    """Finds entries by terms with BM25; the terms of questions count twice those of answers."""

    def __init__(self, prepared: Sequence[Prepared]) -> None:
        self._ids = [str(p.entry.id) for p in prepared]
        texts = [_terms(p) for p in prepared]
        self._index = bm25s.BM25(method="lucene", b=_LENGTH_NORMALISATION)
        self._index.index(texts, show_progress=False)

    def search(self, terms: Sequence[str], limit: int) -> dict[str, float]:
        """Return entry ids with their scores, best first."""
        known = [term for term in dict.fromkeys(terms) if term in self._index.vocab_dict]
        if not known:
            return {}
        scores = self._index.get_scores(known)
        best = np.argpartition(-scores, min(limit, len(scores) - 1))[:limit]
        ranked = sorted((int(place) for place in best if scores[place] > 0), key=lambda p: (-scores[p], p))
        return {self._ids[place]: float(scores[place]) for place in ranked}


def _terms(prepared: Prepared) -> list[str]:
    fields = prepared.indexed
    asked = f"{fields['question']} {fields['alternates']}".split()
    # a text without any term would be taken for no list of terms
    return [*asked * _ASKED_COUNTS, *fields["answer"].split()] or [""]
