"""Counting changed answers: only answered questions are reworded, evenly, and a silence counts as a change."""

from types import SimpleNamespace

import pytest

from assistant.domain.entries import AnswerKind
from assistant.domain.identifiers import EntryId
from assistant.knowledge.evaluation import Question
from benchmarks.invariance import misspelt_throughout, reworded


def match_of(kind, name=None):
    """Return as much of a match as is looked at: its kind and the first entry."""
    chosen = (SimpleNamespace(entry=SimpleNamespace(id=name)),) if name else ()
    return SimpleNamespace(kind=kind, chosen=chosen)


def only_lower_case(text):
    """Answer lower case alone, as a matcher would that minds how a question is typed."""
    if "weather" in text.lower():
        return match_of(AnswerKind.NONE)
    return match_of(AnswerKind.CLOSEST, "tills") if text.islower() else match_of(AnswerKind.NONE)


def always(text):
    return match_of(AnswerKind.EXACT, "tills")


def asked(query, context=None):
    return Question(query, (EntryId("tills"),), "natural", context)


def test_an_answer_that_is_lost_has_changed():
    compared = reworded(only_lower_case, [asked("how many tills may there be")], 100, 1)
    changed = {r.name for r in compared if r.changed}

    assert {"upper case", "title case"} <= changed
    assert "three question marks" not in changed
    assert {(r.before, r.after) for r in compared if r.changed} == {("tills", None)}


def test_a_matcher_that_minds_nothing_changes_nothing():
    assert not any(r.changed for r in reworded(always, [asked("How many tills?")], 100, 1))


@pytest.mark.parametrize(
    "question",
    [
        asked("what is the weather"),
        asked("and tills?", "how many printers?"),
        Question("what do tills weigh", (), "oos_near"),
    ],
)
def test_questions_that_get_or_deserve_no_answer_or_lean_on_another_are_not_reworded(question):
    assert reworded(only_lower_case, [question], 100, 1) == []


def test_every_kind_of_variant_gets_the_same_share():
    questions = [asked(f"How many licences, number {number}?") for number in range(30)]
    compared = reworded(always, questions, 90, 1)
    names = [r.name.split(":")[0] for r in compared]

    assert len(compared) == 90
    assert {names.count(name) for name in names} == {9}


def test_the_same_seed_draws_the_same_variants():
    questions = [asked(f"How many licences, number {number}?") for number in range(30)]

    assert reworded(always, questions, 50, 1) == reworded(always, questions, 50, 1)
    assert reworded(always, questions, 50, 1) != reworded(always, questions, 50, 2)


def test_a_question_without_a_long_word_is_not_misspelt_throughout():
    compared = misspelt_throughout(always, [asked("how many tills"), asked("2FA")], 1)

    assert [r.question for r in compared] == ["how many tills"]
