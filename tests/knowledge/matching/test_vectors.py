import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.knowledge.matching.semantic.vectors import KeptVectors
from support.matching import WordEncoder

TEXTS = ["may tills be moved", "who opens the door", "may tills be moved", ""]
TESTS = Path(__file__).parents[2]


def _encoded(folder, texts=TEXTS, **options):
    encoder = WordEncoder(**options)
    return KeptVectors(encoder, folder).encode(texts), encoder.asked


def _file(folder):
    (found,) = folder.glob("vectors-*.sqlite3")
    return found


def test_each_text_is_encoded_once_and_then_never_again(tmp_path):
    first, asked = _encoded(tmp_path)
    again, asked_again = _encoded(tmp_path)
    assert (asked, asked_again) == (["may tills be moved", "who opens the door", ""], [])
    assert np.array_equal(first, again)


def test_only_new_texts_are_encoded(tmp_path):
    _encoded(tmp_path)
    _, asked = _encoded(tmp_path, ["who opens the door", "who closes it"])
    assert asked == ["who closes it"]


def test_another_process_finds_what_one_has_kept(tmp_path):
    program = (
        "import sys; from pathlib import Path; from support.matching import WordEncoder;"
        "from assistant.knowledge.matching.semantic.vectors import KeptVectors;"
        "KeptVectors(WordEncoder(), Path(sys.argv[1])).encode(sys.argv[2:])"
    )
    paths = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    subprocess.run([sys.executable, "-c", program, tmp_path, *TEXTS], check=True, env={"PYTHONPATH": paths})
    _, asked = _encoded(tmp_path)
    assert asked == []


def test_a_vector_is_the_same_whether_it_was_kept_or_not(tmp_path):
    fresh, _ = _encoded(None)
    made, _ = _encoded(tmp_path)
    kept, _ = _encoded(tmp_path)
    assert fresh.dtype == np.float32
    assert np.array_equal(fresh, made)
    assert np.array_equal(fresh, kept)


def test_vectors_are_as_the_model_says_but_for_their_exactness(tmp_path):
    kept, _ = _encoded(tmp_path)
    assert kept == pytest.approx(WordEncoder().encode(TEXTS), abs=1e-3)


def test_vectors_of_another_model_are_kept_apart(tmp_path):
    _encoded(tmp_path)
    _, asked = _encoded(tmp_path, name="others")
    assert len(asked) == 3
    assert len(list(tmp_path.glob("vectors-*.sqlite3"))) == 2


def test_vectors_of_another_size_under_the_same_name_are_made_again(tmp_path):
    _encoded(tmp_path)
    vectors, asked = _encoded(tmp_path, size=16)
    assert len(asked) == 3
    assert vectors.shape == (4, 16)


def test_without_a_folder_nothing_is_kept():
    _, asked = _encoded(None)
    _, asked_again = _encoded(None)
    assert asked == asked_again == ["may tills be moved", "who opens the door", ""]


def test_no_texts_are_no_rows(tmp_path):
    vectors, asked = _encoded(tmp_path, [])
    assert (vectors.shape, asked) == ((0, 96), [])


def test_a_broken_file_costs_encoding_once_again_and_a_warning(tmp_path, caplog):
    right, _ = _encoded(tmp_path)
    _file(tmp_path).write_bytes(b"no database " * 1000)
    again, asked = _encoded(tmp_path)
    assert len(asked) == 3
    assert np.array_equal(right, again)
    assert "made anew" in caplog.text
    assert _encoded(tmp_path)[1] == []


def test_a_file_of_another_make_costs_encoding_again(tmp_path, caplog):
    _encoded(tmp_path)
    with closing(sqlite3.connect(_file(tmp_path))) as connection:
        connection.execute("ALTER TABLE vectors RENAME COLUMN text TO words")
    _, asked = _encoded(tmp_path)
    assert len(asked) == 3
    assert "cannot be read" in caplog.text


def test_a_folder_that_cannot_be_made_costs_a_warning(tmp_path, caplog):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    vectors, _ = _encoded(tmp_path / "file" / "index")
    assert vectors.shape == (4, 96)
    assert "cannot be kept" in caplog.text


def test_a_file_that_cannot_be_written_is_still_read(tmp_path, caplog):
    _encoded(tmp_path)
    # a folder without write permission would stop anybody but root, and tests may run as root
    with closing(sqlite3.connect(_file(tmp_path))) as connection:
        connection.execute(
            "CREATE TRIGGER refused BEFORE INSERT ON vectors BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    _, asked = _encoded(tmp_path, ["may tills be moved", "who closes it"])
    assert asked == ["who closes it"]
    assert "cannot be kept" in caplog.text


def test_two_that_write_at_once_both_answer_and_both_keep(tmp_path):
    groups = [[f"till {name} {number}" for number in range(200)] for name in "abcd"]
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda texts: _encoded(tmp_path, texts)[0], groups))
    for texts, found in zip(groups, rows, strict=True):
        again, asked = _encoded(tmp_path, texts)
        assert asked == []
        assert np.array_equal(found, again)


def test_half_a_surrogate_pair_is_a_text_like_any_other(tmp_path):
    vectors, _ = _encoded(tmp_path, ["tills \ud800", "tills"])
    assert vectors.shape == (2, 96)
