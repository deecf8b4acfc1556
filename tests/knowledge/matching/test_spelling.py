import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.knowledge.matching.spelling import repair
from assistant.knowledge.matching.words import Lexicon, Word
from support.matching import collection, entry

LEXICON = Lexicon(stop=["the"], light=["thing"], plain=["from"], groups=[["licence", "license"]])
VOCABULARY = ["installed", "till", "tills", "contract", "contact", "printer", "transferred", "licence", "cat"]


def _repaired(surface, vocabulary=VOCABULARY, lexicon=LEXICON):
    (word,) = repair([lexicon.word(surface)], lexicon, vocabulary, lambda _: False)
    return word.repaired


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("printre", "printer"),
        ("prnter", "printer"),
        ("prinnter", "printer"),
        ("prenter", "printer"),
        ("trasnfered", "transferred"),
        ("lisence", "licence"),
    ],
)
def test_a_misspelt_word_is_taken_for_the_closest_known_one(typed, meant):
    assert _repaired(typed) == meant


def test_a_repaired_word_is_looked_up_as_what_was_meant_and_shown_as_typed():
    (word,) = repair([LEXICON.word("lisence")], LEXICON, VOCABULARY, lambda _: False)
    assert (word.surface, word.terms, word.repaired) == ("lisence", LEXICON.word("licence").terms, "licence")


@pytest.mark.parametrize(
    "typed",
    ["uninstalled", "rinter", "krinter"],
    ids=["another meaning", "first letter lost", "first letter wrong"],
)
def test_the_first_letter_must_be_right(typed):
    assert _repaired(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("prntr", None), ("trasnfered", "transferred"), ("trnsfrd", None)]
)
def test_two_errors_are_repaired_from_eight_letters_on(typed, meant):
    assert _repaired(typed) == meant


@pytest.mark.parametrize("typed", ["car", "ca", "cot"])
def test_words_of_less_than_four_letters_are_never_repaired(typed):
    assert _repaired(typed) is None


def test_no_word_is_taken_for_one_of_less_than_four_letters():
    assert _repaired("catt") is None


@pytest.mark.parametrize("typed", ["pr1nter", "printe2", "2printer", "print-er"])
def test_words_with_digits_or_marks_are_never_repaired(typed):
    assert _repaired(typed) is None


def test_what_may_be_two_words_is_left_alone():
    assert _repaired("contrct", ["contract", "printer"]) == "contract"
    assert _repaired("contrct", ["contract", "contact"]) is None


def test_two_forms_of_one_word_are_no_two_words():
    assert _repaired("lizence", ["licence", "license"]) in {"licence", "license"}


@pytest.mark.parametrize("typed", ["from", "the", "thing", "license"])
def test_words_that_a_list_knows_are_left_alone(typed):
    assert _repaired(typed, ["form", "then", "things", "licence"]) is None


def test_words_that_an_entry_holds_are_left_alone():
    known = LEXICON.word("printre")
    assert repair([known], LEXICON, VOCABULARY, lambda word: word == known) == [known]


@given(st.text(alphabet="abcdeilnprst1", min_size=1, max_size=14))
def test_whatever_is_repaired_begins_with_its_letter_and_is_a_known_word(typed):
    meant = _repaired(typed)
    assert meant is None or (meant in VOCABULARY and meant[0] == typed[0] and len(meant) > 3)


@given(st.lists(st.text(alphabet="abcdeilnprst1", min_size=1, max_size=14).map(lambda s: Word(s, (s,)))))
def test_no_word_is_lost_or_moved(words):
    after = repair(words, LEXICON, VOCABULARY, lambda _: False)
    assert [word.surface for word in after] == [word.surface for word in words]


@pytest.mark.parametrize("typed", ["wich", "whcih", "shuld", "woud"])
def test_a_small_word_with_a_letter_missing_or_two_swapped_carries_nothing(typed):
    tills = collection(entry("wish", "May I wish for a till?"))
    assert [word.surface for word in tills.read(f"{typed} till")] == ["till"]


@pytest.mark.parametrize("typed", ["wall", "theme", "three", "cold", "wher3"])
def test_a_word_that_only_looks_like_a_small_one_is_kept(typed):
    tills = collection(entry("wish", "May I wish for a till?"))
    assert [word.surface for word in tills.read(f"{typed} till")] == [typed, "till"]


def test_a_word_that_an_entry_holds_is_no_misspelt_small_one():
    tills = collection(entry("wich", "Where is the wich?"))
    assert [word.surface for word in tills.read("wich")] == ["wich"]


def test_a_question_is_read_with_the_words_of_the_publication():
    read = collection(entry("tills", "Which printers may a till have?")).read(
        "which printres may a tilll have?"
    )
    assert {word.surface: word.repaired for word in read if word.repaired} == {
        "printres": "printers",
        "tilll": "till",
    }
