"""The terminal shows the part that answers first, then the whole text, then its source."""

from assistant.cli.passages import passage_lines
from assistant.conversation.wording import read_wording


def test_ask_prints_the_row_that_answers_before_the_whole_text(assistant):
    ran = assistant("ask", "what happens to Cloud App Security in a crossgrade?")

    pointer, row, _, whole, *_ = ran.out.splitlines()
    assert pointer == 'The part that answers (section "2. What becomes of each licence"):'
    assert row == "| Cloud App Security | new |"
    assert whole == "The whole text:"
    assert "Source: MSP FAQ" in ran.out


def test_passages_of_one_kind_stand_under_one_line():
    row = {"kind": "row", "heading": None}
    reason = {"kind": "reason", "heading": None, "text": "c"}

    lines = list(passage_lines([{**row, "text": "a"}, {**row, "text": "b"}, reason], read_wording()))

    assert lines == [
        "The part that answers:",
        "a",
        "b",
        "",
        "The reason in the text:",
        "c",
        "",
        "The whole text:",
    ]


def test_an_answer_without_passages_has_no_line_more():
    assert list(passage_lines([], read_wording())) == []
