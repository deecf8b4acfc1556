"""Follow-ups are answered within the last answer, by the text's own parts, or not at all."""

import pytest

from assistant.domain.follow_ups import follow_up_of
from support.passages import MOVES, RULES, STEPS, STORES, a_definition, a_reader, an_entry, texts

TILL = a_definition("Till", "a box for money", "what is a cash box", "cash desk stands for")
SAFE = a_definition("Safe (SF) Plus", "a box with a lock in the cloud")


def followed(said, *entries, previous="how do goods move"):
    follow_up = follow_up_of(said)
    assert follow_up is not None
    return a_reader(TILL, SAFE).follow(follow_up, said, entries, previous)


@pytest.mark.parametrize(
    ("said", "text", "begins"),
    [
        ("the cloud one", MOVES, "- **Till in the cloud:**"),
        ("and on-prem?", MOVES, "- **On-premises till:**"),
        ("the last one", MOVES, "- **Till in the cloud:**"),
        ("the first", MOVES, "- **On-premises till:**"),
        ("why?", RULES, "- No, because"),
        ("give me the example", RULES, "- For example"),
        ("the second screen", STEPS, "Look at everything"),
        ("and the iron pan?", STEPS, "| Iron pan | new |"),
        ("3", STORES, "| Iron pan |"),
        ("number 2", "- One.\n- Two.", "- Two."),
        ("the last", "One.\n\nTwo.", "Two."),
    ],
)
def test_a_follow_up_points_into_the_last_answer(said, text, begins):
    (pointed,) = followed(said, an_entry("e", text))

    assert pointed.passages[0].text.startswith(begins)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("why?", MOVES),
        ("for example?", MOVES),
        ("the fifth one", MOVES),
        ("and prices?", MOVES),
        ("and the?", MOVES),
        ("the second", "One sentence."),
    ],
)
def test_what_the_last_answer_does_not_hold_is_not_made_up(said, text):
    assert followed(said, an_entry("e", text)) == ()


def test_a_follow_up_asks_about_the_tables_of_the_question_before():
    text = STORES + "\n---\n\n" + STEPS
    (pointed,) = followed("and the iron pan?", an_entry("e", text), previous="what happens to the kettle")

    assert texts(pointed.passages) == ["| Iron pan | new |"]


def test_places_count_what_the_question_before_was_shown():
    (pointed,) = followed("the last one", an_entry("e", STORES), previous="where is the blue kettle")

    assert texts(pointed.passages) == ["| Blue kettle, large | Lyon | Mira |"]


def test_of_several_entries_one_is_named_by_place_or_by_what_sets_it_apart():
    for said in ("the second one", "the cloud one"):
        (pointed,) = followed(said, TILL, SAFE)

        assert (pointed.entry, pointed.passages) == (SAFE, ())


def test_the_source_is_that_of_the_last_answer_whole():
    (pointed,) = followed("where does it say that?", an_entry("e", MOVES))

    assert (pointed.entry.id, pointed.passages) == ("e", ())


@pytest.mark.parametrize(
    "question",
    [
        "Till vs Safe Plus",
        "what is the difference between a till and SF Plus?",
        "Unterschied zwischen Till und Safe (SF) Plus",
        "how does a till differ from Safe Plus",
        "compare cash box with SF Plus",
    ],
)
def test_two_defined_terms_are_compared_by_any_of_their_names_in_the_order_asked(question):
    assert a_reader(SAFE, TILL).compared(question).entries == (TILL, SAFE)


def test_a_term_that_nothing_defines_is_told_in_the_words_of_the_question():
    comparison = a_reader(TILL, SAFE).compared("Till vs Piggy Bank")

    assert (comparison.names, comparison.entries) == (("Till", "Piggy Bank"), (TILL, None))


@pytest.mark.parametrize(
    "question", ["Bread vs butter", "is a till a safe", "Till vs cash desk", "difference", "till " * 200]
)
def test_what_compares_no_two_terms_is_an_ordinary_question(question):
    assert a_reader(TILL, SAFE).compared(question) is None
