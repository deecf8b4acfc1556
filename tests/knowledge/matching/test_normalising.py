import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.knowledge.matching.normalising import question_in, thinned

WORDS = [
    "Hello",
    "hi",
    "Guten Tag",
    "liebes Team",
    "Dear",
    "thanks",
    "vielen Dank",
    "please",
    "Bitte",
    "seats",
    "Plätze",
]
MARKS = [" ", ", ", "!", "?!", "...", "-", "\n", "\u2013", "İ", "ß"]
TYPED = st.lists(st.one_of(st.sampled_from(WORDS + MARKS), st.text(max_size=4)), max_size=10).map("".join)


@pytest.mark.parametrize(
    "typed",
    [
        "Hello, may tills be moved?",
        "Hi there! May tills be moved?",
        "Good morning all, may tills be moved?",
        "HELLO: MAY TILLS BE MOVED???",
        "may   tills\nbe moved?!?!",
        "Hi team,\n\nmay tills be moved? Thanks!",
        "May tills be moved? Thank you very much in advance.",
        "Hey hello, may tills be moved? please, thanks",
        "Dear all - may tills be moved? - please?",
    ],
)
def test_a_greeting_thanks_shouting_and_runs_of_marks_are_no_part_of_a_question(typed):
    assert question_in(typed) == "may tills be moved?"


@pytest.mark.parametrize(
    "typed",
    [
        "Hallo zusammen, darf die Kasse umziehen?",
        "Guten Tag, darf die Kasse umziehen? Danke im Voraus!",
        "Grüezi miteinander, darf die Kasse umziehen? Vielen Dank.",
        "Servus! Darf die Kasse umziehen? Bitte",
    ],
)
def test_german_greetings_and_thanks_are_none_either(typed):
    assert question_in(typed) == "darf die kasse umziehen?"


@pytest.mark.parametrize(
    "typed",
    [
        "high availability",
        "history of tills",
        "hi-res labels on tills",
        "what does thanksgiving cost",
        "is a please-wait screen shown?",
        "who says hello to shops?",
    ],
)
def test_words_that_only_begin_like_a_greeting_or_stand_elsewhere_stay(typed):
    assert question_in(typed) == typed


@pytest.mark.parametrize(
    "typed", ["hello", "Hello?", "hi there!", "Danke!", "Hi - thanks", "good morning :)"]
)
def test_a_greeting_alone_stays(typed):
    assert any(character.isalpha() for character in question_in(typed))


@given(TYPED)
@example("Hello ?")
@example("dear-thanks")
def test_a_text_with_letters_never_loses_them_all(typed):
    normal = question_in(typed)
    assert any(map(str.isalpha, typed)) <= any(map(str.isalpha, normal))


@given(TYPED)
@example("hello hello tills")
@example("tills thanks thanks")
@example("hi?thanks")
def test_a_question_that_was_taken_out_is_taken_as_it_is(typed):
    once = question_in(typed)
    assert question_in(once) == once


@pytest.mark.parametrize(
    "piece", ["hello ", "- ", "-", "\u2013", "? ", "!", "please, ", "x -", "good ", "\t"]
)
def test_a_long_text_that_looks_like_thanks_everywhere_is_read_to_its_end(piece):
    # so long that work which grows with the square of it would not end
    hostile = question_in(f"tills{piece * 200_000}tills")
    assert hostile.startswith("tills")
    assert hostile.endswith("tills")


@pytest.mark.parametrize("run", ['"' * 400, "()[]{}" * 50, "~*~*~*"])
def test_a_long_run_of_marks_is_a_space(run):
    assert question_in(f"may a till {run} be moved") == "may a till be moved"


def test_a_few_marks_are_left_where_they_are():
    assert question_in('the "till" (or c++)') == 'the "till" (or c++)'


@given(st.lists(st.sampled_from(["the", "of", "till", "drawer", "-"]), max_size=60), st.integers(0, 40))
def test_thinning_takes_small_words_alone_and_no_more_than_there_are_too_many(words, most):
    kept = thinned(" ".join(words), {"the", "of"}, most).split()
    telling = [word for word in words if word in {"till", "drawer"}]
    assert [word for word in kept if word in telling] == telling
    assert len(kept) == min(len(words), max(most, len(telling)))


def test_thinning_takes_from_everywhere():
    assert thinned("the a till of the b drawer of", {"the", "of"}, 6) == "a till of b drawer of"
