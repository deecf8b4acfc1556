"""Whoosh as its manual shows it: stemming, BM25F, the question three times as heavy as the answer."""

from collections.abc import Sequence
from pathlib import Path

from whoosh import index
from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.query import Or, Term
from whoosh.scoring import BM25F

from assistant.domain.entries import Entry
from benchmarks.engines.shape import SHOWN, Before, Engine, Found, asked, ranked

_BOOSTS = {"question": 3.0, "answer": 1.0}


def build(entries: Sequence[Entry], folder: Path) -> None:
    """Write the index."""
    analyser = StemmingAnalyzer()
    schema = Schema(id=ID(stored=True), question=TEXT(analyzer=analyser), answer=TEXT(analyzer=analyser))
    writer = index.create_in(str(folder), schema).writer(limitmb=256)
    for entry in entries:
        writer.add_document(id=str(entry.id), question=asked(entry), answer=entry.text)
    writer.commit()


def start(_entries: Sequence[Entry], folder: Path) -> Engine:
    """Open the index with one searcher for all questions."""
    opened = index.open_dir(str(folder), readonly=True)
    analyser = StemmingAnalyzer()
    searcher = opened.searcher(weighting=BM25F())

    def search(question: str, _before: Before) -> Found:
        terms = dict.fromkeys(token.text for token in analyser(question))
        query = Or([Term(field, term, boost=boost) for term in terms for field, boost in _BOOSTS.items()])
        return ranked([(hit["id"], float(hit.score)) for hit in searcher.search(query, limit=SHOWN)])

    return Engine(search)
