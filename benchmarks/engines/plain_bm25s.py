"""bm25s as its manual shows it: one text for each entry, English stop words, Lucene's BM25."""

from collections.abc import Sequence
from pathlib import Path

import bm25s

from assistant.domain.entries import Entry
from benchmarks.engines.shape import SHOWN, Before, Engine, Found, asked, ranked


def build(entries: Sequence[Entry], folder: Path) -> None:
    """Write the matrix of scores."""
    texts = [f"{asked(entry)}\n{entry.text}" for entry in entries]
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(texts, stopwords="en", show_progress=False), show_progress=False)
    retriever.save(str(folder))


def start(entries: Sequence[Entry], folder: Path) -> Engine:
    """Read the matrix of scores."""
    retriever = bm25s.BM25.load(str(folder), load_corpus=False)
    ids = [str(entry.id) for entry in entries]
    shown = min(SHOWN, len(ids))

    def search(question: str, _before: Before) -> Found:
        words = bm25s.tokenize([question], stopwords="en", return_ids=False, show_progress=False)
        places, scores = retriever.retrieve(words, k=shown, show_progress=False)
        return ranked([(ids[p], float(s)) for p, s in zip(places[0], scores[0], strict=True) if s > 0])

    return Engine(search)
