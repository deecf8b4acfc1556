"""Variants of a question: which there are, that each differs in one way, and that the same seed makes the same."""

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.variants import every_word_misspelt, variants

QUESTION = "Can a licence with 2FA be moved into LMP? Yes, tomorrow1."


def named(question, start, seed=1):
    return [text for name, text in variants(question, seed) if name.startswith(start)]


def differing_words(question, text):
    pairs = zip(question.split(), text.split(), strict=True)
    return [(before, after) for before, after in pairs if before != after]


def test_a_greeting_comes_before_the_whole_question():
    assert named("seats?", "greeting") == ["Hi there, seats?", "Hello team - seats?", "Guten Tag, seats?"]


def test_the_case_is_changed_in_three_ways_and_not_within_a_word():
    assert named("Why can't I?", "upper case") == ["WHY CAN'T I?"]
    assert named("Why can't I?", "lower case") == ["why can't i?"]
    assert named("Why can't I?", "title case") == ["Why Can't I?"]


def test_punctuation_is_dropped_doubled_and_put_at_the_end():
    assert named("Well, on-prem?", "punctuation dropped") == ["Well on-prem"]
    assert named("Well, on-prem?", "punctuation doubled") == ["Well,, on-prem??"]
    assert named("Well, on-prem?", "three question marks") == ["Well, on-prem???"]
    assert named("Well, on-prem?", "exclamation mark") == ["Well, on-prem!"]


def test_each_kind_of_slip_changes_one_long_word_by_one_letter():
    changes = [differing_words(QUESTION, text) for text in named(QUESTION, "typo")]

    assert len(changes) == 4
    for ((before, after),) in changes:
        assert before.strip(",?.") in {"licence", "moved"}
        assert abs(len(after) - len(before)) <= 1
        assert after[0] == before[0]


def test_short_words_and_words_with_digits_are_never_misspelt():
    assert named("Who has 2FA and mode12345?", "typo") == []
    assert every_word_misspelt("Who has 2FA and mode12345?", 1) == "Who has 2FA and mode12345?"


def test_a_term_is_replaced_by_the_other_word_for_it_in_either_direction():
    assert named("Is LMP there?", "synonym") == ["Is License Management Platform there?"]
    assert named("Is the license management platform there?", "synonym: LMP") == ["Is the LMP there?"]
    assert named("Trend Micro Remote Manager", "synonym") == ["TMRM"]
    assert named("two-factor authentication", "synonym") == ["2FA"]
    assert named("2FA", "synonym") == ["two factor authentication"]
    assert named("pay-as-you-go", "synonym") == ["payg"]
    assert named("on premises or on-prem", "synonym: on-prem") == ["on-prem or on-prem"]
    assert named("two licences", "synonym") == ["two licenses"]


def test_a_term_inside_another_word_stays():
    assert named("lmpx relicenced payger", "synonym") == []


def test_every_long_word_is_misspelt_where_that_is_asked_for():
    changes = differing_words(
        "moved licences again, but not all", every_word_misspelt("moved licences again, but not all", 1)
    )

    assert [before for before, _ in changes] == ["moved", "licences", "again,"]


@given(st.text(max_size=80), st.integers(0, 50))
def test_the_same_seed_makes_the_same_variants_and_none_is_the_question(question, seed):
    made = variants(question, seed)

    assert made == variants(question, seed)
    assert question not in [text for _, text in made]


def test_another_seed_draws_other_slips():
    question = "moving licences between several customers"

    assert len({tuple(variants(question, seed)) for seed in range(10)}) > 1
