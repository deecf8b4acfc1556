"""Our own questions: all kinds in the numbers their page names, none twice, and every entry asked for often enough."""

import re
from collections import Counter
from pathlib import Path

import pytest

from assistant.knowledge.evaluation import read_questions
from benchmarks.bases import default_knowledge, questions_from

DATA = Path(__file__).parents[2] / "benchmarks" / "data"
FILE = DATA / "questions.jsonl"


@pytest.fixture(scope="module")
def questions():
    return read_questions(FILE.read_text("utf-8"), FILE.name)


def test_the_page_says_how_many_questions_there_are_of_each_kind(questions):
    page = re.findall(r"^\| `(\w+)` \| (\d+) \|", (DATA / "README.md").read_text("utf-8"), re.MULTILINE)

    assert Counter(q.kind for q in questions) == {kind: int(count) for kind, count in page}


def test_no_question_stands_there_twice(questions):
    assert len({(q.query.casefold(), q.context) for q in questions}) == len(questions)


def test_only_questions_from_outside_expect_nothing(questions):
    assert [q.query for q in questions if bool(q.expect) == q.kind.startswith("oos")] == []


def test_only_follow_ups_come_after_another_question(questions):
    assert [q.query for q in questions if bool(q.context) != (q.kind == "followup")] == []


def test_every_entry_of_the_default_knowledge_is_expected_at_least_six_times():
    entries = default_knowledge()
    expected = Counter(e for q in questions_from(FILE, entries) for e in q.expect)

    assert set(expected) == {e.id for e in entries}
    assert min(expected.values()) >= 6


def test_stories_are_stories_and_keywords_are_few(questions):
    lengths = {
        kind: [len(q.query.split()) for q in questions if q.kind == kind] for kind in ("rambling", "keyword")
    }

    assert 25 <= min(lengths["rambling"]) <= max(lengths["rambling"]) <= 60
    assert max(lengths["keyword"]) <= 4
