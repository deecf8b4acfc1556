"""Where the questions of a sheet stand, and what is added beside them."""

import pytest

from assistant.domain.entries import AnswerKind, Why
from assistant.domain.errors import InvalidInput
from assistant.knowledge.questionnaires.answering import HEADS, answer_cells, answered, is_answered
from assistant.knowledge.questionnaires.sheets import (
    MOST_COLUMNS,
    MOST_ROWS,
    Book,
    Place,
    checked_rows,
    find_place,
    questions_of,
)
from support.questionnaires import TEXT, answer, entry, filled, sheet

ASKED = "May a till be moved to another shop?"


@pytest.mark.parametrize(
    "head",
    [
        "Question",
        "question:",
        "QUESTIONS",
        "Frage",
        "Fragen",
        "Ihre Frage",
        "Question text",
        "Customer question",
    ],
)
def test_a_column_is_found_by_its_head(head):
    assert find_place(sheet(["No.", head, "Remark"], [1, ASKED, "please answer by May"])) == Place(1, 0)


def test_a_column_of_question_numbers_is_not_taken_for_the_questions():
    assert find_place(sheet(["Question no.", "Question type", "Question"], [1, "open", ASKED])) == Place(2, 0)


def test_heads_may_stand_below_a_title():
    assert find_place(sheet(["Tender of a large customer"], [], ["No.", "Question"], [1, ASKED])) == Place(
        1, 2
    )


def test_without_a_telling_head_the_first_column_of_text_is_taken():
    assert find_place(sheet(["Nr", "What"], [1, ASKED], [2, "Who opens it?"])) == Place(1, 0)


def test_without_any_head_the_first_row_is_a_question():
    assert find_place(sheet([ASKED], ["Who opens it?"])) == Place(0, None)
    assert questions_of(Book((sheet([ASKED], ["Who opens it?"]),))) == (ASKED, "Who opens it?")


def test_a_sheet_of_numbers_has_no_questions():
    assert find_place(sheet([1, 2], [3, 4])) is None
    with pytest.raises(InvalidInput, match="holds no questions"):
        questions_of(Book((sheet([1, 2], [3, 4]), sheet())))


def test_every_different_question_is_asked_once_in_order():
    rows = (["Question"], ["B?"], ["A?"], [" B? "], [None], [7])
    assert questions_of(Book((sheet(*rows), sheet(["Question"], ["C?"])))) == ("B?", "A?", "C?")


def test_the_answer_is_the_stored_text_with_source_date_kind_id_and_why():
    why = Why(("till",), {"shop": ("store",)}, {"tils": "tills"})
    rows = filled(["No.", "Question"], [1, ASKED], with_answer=answer(entry(), why=why))
    assert rows[0] == ("No.", "Question", *HEADS)
    assert rows[1] == (
        1,
        ASKED,
        TEXT,
        "Document, “May tills be moved?”".replace("Document", entry().source.document),
        "2025-03",
        "exact",
        None,
        "may-tills-be-moved",
        "till; shop taken as store; tils read as tills",
    )


def test_an_old_document_is_noted():
    assert "more than two years old" in answer_cells(answer(entry(), aged=True))[4]


def test_cases_of_one_answer_are_shown_together():
    other = entry("Only by van.", "How are tills moved?")
    cells = answer_cells(answer(entry(), other, kind=AnswerKind.BRANCHES))
    assert cells[0] == f"{TEXT}\n\nOnly by van."
    assert cells[5] == "may-tills-be-moved\nhow-are-tills-moved"


def test_a_choice_is_no_answer_and_names_what_could_be_meant():
    other = entry("Only by van.", "How are tills moved?")
    made = answer(entry(), other, kind=AnswerKind.CHOOSE)
    cells = answer_cells(made)
    assert not is_answered(made)
    assert cells[:4] == (None, None, None, "choose")
    assert cells[4].endswith("May tills be moved?; How are tills moved?")


def test_an_abstention_says_what_was_missing_and_what_is_near():
    cells = answer_cells(answer(kind=AnswerKind.NONE, missing=("elephant",), nearest=(entry(),)))
    assert cells[:4] == (None, None, None, "none")
    assert "Nothing was found for: elephant." in cells[4]
    assert cells[4].endswith("It does say something about: May tills be moved?")
    assert "Q-" not in cells[4]


def test_a_recorded_gap_and_a_withdrawn_entry_are_said():
    assert "Recorded as Q-0001." in answer_cells(answer(kind=AnswerKind.NONE, gap="Q-0001"))[4]
    assert answer_cells(answer(kind=AnswerKind.WITHDRAWN))[3:5] == ("withdrawn", "This entry was withdrawn.")


def test_rows_without_a_question_stay_as_they_are():
    rows = filled(["Title"], ["Question"], ["A?"], [], [None, "remark"], ["B?"])
    assert rows[0] == ("Title",)
    assert rows[3:5] == ((), (None, "remark"))
    assert rows[2][2] == rows[5][2] == TEXT


def test_added_columns_stand_beside_the_widest_row():
    rows = filled(["Question"], ["A?"], ["B?", "x", "y"])
    assert [row.index(HEADS[0]) for row in rows[:1]] == [3]
    assert rows[1][:4] == ("A?", None, None, TEXT)


def test_without_any_head_the_added_heads_stand_in_a_row_of_their_own():
    rows = filled([ASKED], ["Who opens the shop?"])
    assert rows[0] == (None, *HEADS)
    assert rows[1][:2] == (ASKED, TEXT)


def test_a_sheet_without_questions_is_copied():
    book = Book((sheet(["Question"], ["A?"]), sheet([1, 2], name="Figures")))
    assert answered(book, {"A?": answer(entry())}).sheets[1] == book.sheets[1]


def test_empty_ends_are_no_rows_and_no_columns():
    assert checked_rows("s", [("a", None, ""), (None,), (None, "b"), (), ("",)]) == (("a",), (), (None, "b"))


def test_too_many_rows_or_columns_are_refused():
    assert len(checked_rows("s", [("a",)] * (MOST_ROWS + 1))) == MOST_ROWS + 1
    with pytest.raises(InvalidInput, match=f"{MOST_ROWS} rows"):
        checked_rows("s", [("a",)] * (MOST_ROWS + 2))
    assert checked_rows("s", [("a",) * MOST_COLUMNS])
    with pytest.raises(InvalidInput, match=f"{MOST_COLUMNS} columns"):
        checked_rows("s", [("a",) * (MOST_COLUMNS + 1)])
