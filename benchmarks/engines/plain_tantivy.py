"""tantivy with English stemming, the question three times as heavy as the answer."""

import re
from collections.abc import Sequence
from pathlib import Path

import tantivy

from assistant.domain.entries import Entry
from benchmarks.engines.shape import SHOWN, Before, Engine, Found, asked, ranked

_WRITER_BYTES = 64_000_000


def build(entries: Sequence[Entry], folder: Path) -> None:
    """Write the index."""
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw")
    schema.add_text_field("question", tokenizer_name="en_stem")
    schema.add_text_field("answer", tokenizer_name="en_stem")
    writer = tantivy.Index(schema.build(), path=str(folder)).writer(heap_size=_WRITER_BYTES, num_threads=1)
    for entry in entries:
        writer.add_document(
            tantivy.Document(id=str(entry.id), question=asked(entry), answer=entry.text or " ")
        )
    writer.commit()
    writer.wait_merging_threads()


def start(_entries: Sequence[Entry], folder: Path) -> Engine:
    """Open the index with one searcher for all questions."""
    opened = tantivy.Index.open(str(folder))
    searcher = opened.searcher()

    def search(question: str, _before: Before) -> Found:
        # lower case: the query language writes its operators in capitals
        words = " ".join(re.findall(r"\w+", question.lower()))
        if not words:
            return ranked([])
        query = opened.parse_query(words, ["question", "answer"], field_boosts={"question": 3.0})
        hits = searcher.search(query, SHOWN).hits
        return ranked([(searcher.doc(address)["id"][0], float(score)) for score, address in hits])

    return Engine(search)
