from assistant.knowledge.matching.calibration import Calibration
from assistant.knowledge.matching.learnt import learnt
from assistant.knowledge.matching.shortlist import Mix

LEARNT = Calibration(Mix(0.6, 0.3), -3.25, 7.5, 120)


def never():
    raise AssertionError


def test_what_was_learnt_once_is_read_by_the_next_process(tmp_path):
    assert learnt(tmp_path, "ab12", "model", lambda: LEARNT) == LEARNT
    assert learnt(tmp_path, "ab12", "model", never) == LEARNT


def test_another_publication_or_model_is_learnt_for_itself(tmp_path):
    learnt(tmp_path, "ab12", "model", lambda: LEARNT)
    other = Calibration(Mix(0.0, 0.0), -1.0, 2.0, 3)
    assert learnt(tmp_path, "cd34", "model", lambda: other) == other
    assert learnt(tmp_path, "ab12", None, lambda: other) == other


def test_a_file_that_is_not_what_was_kept_is_made_again(tmp_path):
    learnt(tmp_path, "ab12", None, lambda: LEARNT)
    (file,) = tmp_path.iterdir()
    for broken in ("", "[]", '{"mix": 1}', '{"mix": {"words": "x", "coverage": 0}}', "\xff"):
        file.write_text(broken, encoding="latin-1")
        assert learnt(tmp_path, "ab12", None, lambda: LEARNT) == LEARNT
    assert learnt(tmp_path, "ab12", None, never) == LEARNT


def test_without_a_folder_or_where_it_cannot_be_written_it_is_learnt_each_time(tmp_path):
    assert learnt(None, "ab12", None, lambda: LEARNT) == LEARNT
    (tmp_path / "file").write_text("in the way")
    assert learnt(tmp_path / "file", "ab12", None, lambda: LEARNT) == LEARNT
