"""A question points at the rows, reasons, examples, cases and parts that it is about, and at nothing else."""

import pytest

from assistant.domain.entries import AnswerKind, PassageKind
from assistant.knowledge.passages.selecting import select
from assistant.knowledge.passages.structure import structure_of
from support.passages import (
    LEXICON,
    MOVES,
    RULES,
    STEPS,
    STORES,
    a_question,
    a_reader,
    an_entry,
    texts,
)


def selected(text, question, asked="How do goods move?"):
    return select(structure_of(text), a_question(question), asked, LEXICON)


def test_a_row_answers_what_is_asked_of_its_first_cell():
    (row,) = selected(STORES, "where is the iron pan kept")

    assert (row.kind, row.text) == (PassageKind.ROW, "| Iron pan | Oslo | Jens |")


def test_rows_that_fit_equally_are_all_shown():
    found = selected(STORES, "which store has the blue kettle")

    assert texts(found) == ["| Blue kettle | Lyon | Mira |", "| Blue kettle, large | Lyon | Mira |"]


def test_the_row_that_fits_better_is_shown_alone():
    assert texts(selected(STORES, "the large blue kettle")) == ["| Blue kettle, large | Lyon | Mira |"]


def test_a_row_is_rendered_with_the_head_of_its_table():
    (row,) = selected(STORES, "iron pan")

    assert "<th>Store</th>" in row.html
    assert "<td>Oslo</td>" in row.html
    assert "kettle" not in row.html


def test_two_rows_that_are_compared_are_both_shown():
    found = selected(STORES, "iron pan vs large blue kettle")

    assert texts(found) == ["| Blue kettle, large | Lyon | Mira |", "| Iron pan | Oslo | Jens |"]


def test_what_becomes_of_a_thing_stands_in_the_table_of_states():
    text = STORES + "\n---\n\n" + STEPS

    (row,) = selected(text, "what happens to the iron pan")

    assert (row.text, row.heading, row.part) == ("| Iron pan | new |", "1. Choose", 2)


def test_a_question_of_no_row_points_at_no_row():
    assert selected(STORES, "who may open a store") == ()


@pytest.mark.parametrize("question", ["why is there no discount", "Warum?", "what is the reason"])
def test_a_question_for_the_reason_points_at_the_reason(question):
    found = selected(RULES, question)

    assert found[0].text == "- No, because the chain buys and not the shop."
    assert {p.kind for p in found} == {PassageKind.REASON}


def test_a_question_for_an_example_points_at_the_example_alone():
    (found,) = selected(RULES, "is there an example")

    assert (found.kind, found.text) == (
        PassageKind.EXAMPLE,
        "- For example, a chain of 12 shops pays for 12.",
    )


def test_a_named_case_is_shown_with_what_is_nested_in_it():
    (case,) = selected(MOVES, "how is an on-prem till moved")

    assert (case.kind, case.label) == (PassageKind.BRANCH, "On-premises till")
    assert case.text.endswith("- The old key ends at once.")


def test_a_case_is_named_by_another_word_of_the_same_meaning():
    (case,) = selected(MOVES, "and the SaaS one?")

    assert case.label == "Till in the cloud"


def test_words_of_the_question_that_the_entry_answers_name_no_case():
    assert selected(MOVES, "how is a cloud till moved", asked="How is a cloud till moved?") == ()


def test_what_only_a_note_beside_the_cases_says_points_at_the_note():
    (note,) = selected(MOVES, "what about receipts")

    assert (note.kind, note.text) == (PassageKind.PART, "- **IMPORTANT:** receipts are kept.")


def test_a_row_with_nothing_beside_its_first_cell_says_nothing():
    assert selected(STORES.replace("| Oslo | Jens |", "| | |"), "the iron pan") == ()


def test_one_item_that_says_more_than_the_entrys_question_is_pointed_at():
    text = "- Shops open at nine.\n- Spare keys are handed out by the caretaker.\n- Dogs stay outside."

    (part,) = selected(text, "does the caretaker have spare keys", asked="When do shops open?")

    assert (part.kind, part.text) == (PassageKind.PART, "- Spare keys are handed out by the caretaker.")


def test_a_passage_that_is_the_whole_text_is_not_pointed_at():
    assert selected("No, because the chain buys.", "why") == ()


def test_an_answer_with_cases_is_shown_by_case_unless_the_question_names_one():
    reader, entry = a_reader(), an_entry("moves", MOVES)
    open_question, named = a_question("can goods move"), a_question("can goods move in the cloud")

    assert reader.kind(AnswerKind.CLOSEST, entry, open_question) is AnswerKind.BRANCHES
    assert reader.kind(AnswerKind.CLOSEST, entry, named) is AnswerKind.CLOSEST
    assert reader.kind(AnswerKind.EXACT, entry, open_question) is AnswerKind.EXACT
    assert [p.label for p in reader.passages(AnswerKind.BRANCHES, entry, open_question)] == [
        "On-premises till",
        "Till in the cloud",
    ]


def test_rows_of_the_only_table_are_cases_where_they_differ():
    table = "| Door | Open |\n| --- | --- |\n| Front | yes |\n| Back | {} |"
    reader, question = a_reader(), a_question("which doors are open")

    assert reader.kind(AnswerKind.CLOSEST, an_entry("d", table.format("no")), question) is AnswerKind.BRANCHES
    assert reader.kind(AnswerKind.CLOSEST, an_entry("d", table.format("yes")), question) is AnswerKind.CLOSEST


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("For shops at the sea. They close early.", "For shops in town, we close late."),
        ("Scenario 1: it rains.", "Scenario 2: it does not."),
        ("Für Läden am See, früh.", "Für Läden in der Stadt: spät."),
        ("If it rains, stay.", "If the sun shines, go."),
    ],
)
def test_items_that_open_with_the_case_they_are_for_are_cases(first, second):
    entry = an_entry("cases", f"- {first}\n- {second}\n- For example, today.")

    assert a_reader().kind(AnswerKind.CLOSEST, entry, a_question("opening")) is AnswerKind.BRANCHES
