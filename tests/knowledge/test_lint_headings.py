"""Headings that ask the same, and headings that are spelt oddly."""

import pytest

from support.linting import answer, codes, findings, page

HALL = "It is in the hall."


def _two(one, other, first=HALL, second=HALL):
    return page((one, first), (other, second))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Can tills be moved to another shop?", "Can a till be moved to another shop?"),
        ("How are upfront licences bought?", "How is an upfront license bought?"),
    ],
)
def test_nearly_the_same_heading_is_told(one, other):
    assert codes(_two(one, other)) == [(9, "near-duplicate")]


def test_nearly_the_same_heading_in_another_file_is_told():
    one, other = (
        page((head, HALL)) for head in ("Can tills be moved to a shop?", "Can a till be moved to a shop?")
    )
    assert findings(one, other) == [
        (5, "near-duplicate", 'asks nearly the same as "Can tills be moved to a shop?" in line 5 of file1.md')
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Can tills be moved to another shop?", "Can tills be sold to another shop?"),
        ("Which ports does plan 1 use?", "Which ports does plan 2 use?"),
        ("Can tills be used with a drawer?", "Can tills be used without a drawer?"),
        ("Where is the till?", "Who opens the shop?"),
    ],
)
def test_other_questions_are_not_told(one, other):
    assert codes(_two(one, other)) == []


def test_opposite_answers_to_nearly_the_same_question_are_a_contradiction():
    yes, no = "- Yes, it can.", "- **No**, it cannot."
    heads = "Can tills be moved to another shop?", "Can a till be moved to some other shop by van?"
    assert codes(_two(*heads, yes, no)) == [(9, "contradiction")]
    assert codes(_two(*heads, no, yes)) == [(9, "contradiction")]
    assert codes(_two(*heads, yes, yes)) == []


@pytest.mark.parametrize(
    "heading",
    [
        "Are Trail Versions available?",
        "What does the grace period means?",
        "How are licenses according to size counted?",
        "Does the term change when adding or remove seats?",
        "Can shops open a case by their own?",
        "Is there a pay as go licence?",
        "Where is the the till?",
        "What is a initial period?",
        "Where is the costumer shown?",
    ],
)
def test_an_oddly_spelt_heading_is_told(heading):
    assert codes(page((heading, HALL))) == [(5, "odd-spelling")]


@pytest.mark.parametrize(
    "heading",
    [
        "What does the grace period mean?",
        "What does it mean that a shop has a till?",
        "Does adding or removing seats change the term?",
        "Is a European shop a user of a one-page form?",
        "Does the partner who runs a shop need it?",
        "What does support for two shops cost?",
    ],
)
def test_a_well_spelt_heading_is_not_told(heading):
    assert codes(page((heading, HALL))) == []


def test_a_word_one_letter_off_a_frequent_one_is_told_in_a_heading_only():
    text = page(
        ("Where does the dispenser stand?", "The dispenser is in the hall. A dispencer is not."),
        ("Who fills the dispenser?", "The shop fills it."),
        ("How is the dispemser cleaned?", "With water."),
    )
    assert findings(text) == [(13, "odd-spelling", '"dispemser"')]


@pytest.mark.parametrize(
    "text", ["MSP's have it.", "They have their on key.", "It runs for 12 month.", "Take the a key."]
)
def test_a_broken_phrase_is_told_in_a_text_too(text):
    assert "odd-spelling" in [code for _, code, _ in answer(text)]
