import pytest

from assistant.domain.errors import InvalidInput
from assistant.knowledge.editions import Edition
from assistant.knowledge.evaluation import evaluate, read_entries, read_questions

ENTRIES = """
{"id": "refund", "question": "How do I get a refund?", "answer": "By mail.", "alternates": ["money back"]}
{"id": "opening", "question": "When are you open?", "answer": "Daily until noon."}
"""
QUESTIONS = """
{"query": "refund", "expect": ["refund"], "kind": "keyword"}
{"query": "money back", "expect": ["refund"], "kind": "synonym"}
{"query": "elephants by the river", "expect": ["opening"], "kind": "keyword"}
{"query": "purple submarine", "expect": [], "kind": "oos_far"}
{"query": "refund", "expect": [], "kind": "oos_far"}
{"query": "and until noon?", "expect": ["opening"], "kind": "followup", "context": "When are you open?"}
"""


def figures():
    edition = Edition("evaluation", read_entries(ENTRIES, "e"), None)
    ticks = iter(range(1000))
    return evaluate(edition, read_questions(QUESTIONS, "q"), lambda: next(ticks) / 1000)


def test_every_figure_of_the_contract_is_there_and_counted():
    found = figures()
    kinds = found.pop("by_kind")
    assert found == {
        "questions": 6,
        "hit1": 0.75,
        "hit3": 1.0,
        "mrr": 0.875,
        "answered": 3,
        "answered_right": 3,
        "false_answers": 1,
        "false_answers_far": 1,
        "auroc": found["auroc"],
        "p50_ms": 1.0,
        "p95_ms": 1.0,
    }
    assert 0.5 < found["auroc"] < 1
    assert list(kinds) == ["followup", "keyword", "oos_far", "synonym"]
    assert (kinds["keyword"]["questions"], kinds["keyword"]["hit1"], kinds["oos_far"]["hit1"]) == (
        2,
        0.5,
        None,
    )


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"query": 1}', '{"query": "a", "expect": "b"}', '{"query": "a", "expect": [1]}']
)
def test_a_wrong_line_is_refused_with_its_number(line):
    with pytest.raises(InvalidInput) as refused:
        read_questions(f"\n{line}\n", "file")
    assert refused.value.field == "file:2"


@pytest.mark.parametrize("line", ['{"id": "a"}', '{"id": "a", "question": "b", "alternates": "c"}'])
def test_a_wrong_entry_is_refused_with_its_number(line):
    with pytest.raises(InvalidInput, match="must be"):
        read_entries(line, "file")
