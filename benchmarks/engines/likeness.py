"""Search by likeness of vectors alone: every phrasing and the whole entry are encoded, the likest one counts."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.domain.entries import Entry
from benchmarks.engines.shape import SHOWN, Before, Engine, Found, ranked

Encode = Callable[[list[str]], Any]
"""Takes texts and returns their vectors as float32, one a row, each of length 1."""

_FILE = "vectors.npz"
_BATCH = 32


def build_vectors(encode: Encode, entries: Sequence[Entry], folder: Path) -> None:
    """Encode all entries into the folder."""
    texts = [
        (number, text)
        for number, entry in enumerate(entries)
        for text in dict.fromkeys([entry.question, *entry.alternates, f"{entry.question} {entry.text}"])
    ]
    # texts of like length together: a batch is as slow as its longest
    texts.sort(key=lambda pair: len(pair[1]))
    batches = [[text for _, text in texts[at : at + _BATCH]] for at in range(0, len(texts), _BATCH)]
    vectors = np.concatenate([encode(batch) for batch in batches])
    np.savez(folder / _FILE, vectors=vectors, owners=np.array([number for number, _ in texts]))


def search_vectors(encode: Encode, entries: Sequence[Entry], folder: Path) -> Engine:
    """Return an engine on what ``build_vectors`` left."""
    with np.load(folder / _FILE) as stored:
        vectors, owners = stored["vectors"], stored["owners"]
    ids = [str(entry.id) for entry in entries]
    shown = min(SHOWN, len(ids))
    encode(["wake up"])

    def search(question: str, _before: Before) -> Found:
        best = np.full(len(ids), -1.0, dtype=np.float32)
        np.maximum.at(best, owners, vectors @ encode([question])[0])
        places = np.argpartition(-best, shown - 1)[:shown]
        return ranked(sorted(((ids[p], float(best[p])) for p in places), key=lambda pair: -pair[1]))

    return Engine(search)
