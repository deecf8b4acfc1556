"""A question for an attribute of which an entry has no trace is hardly one that the entry answers."""

import pytest

from assistant.knowledge.matching.calibration import evidence
from assistant.knowledge.matching.coverage import cover, weigh
from assistant.knowledge.matching.shortlist import Mix
from assistant.knowledge.matching.words import shipped_lexicon
from support.matching import collection, entry, figures, lacking

TILLS = collection(
    entry("moving", "May tills be moved?", "Yes, at night, with the cable."),
    entry("prices", "What is the price of a till?", "A hundred."),
    entry("door", "Who opens the door of the shop?", "The first one who comes."),
)


def _lacking(text, place=0):
    words = TILLS.read(text)
    return cover(words, weigh(words, TILLS), TILLS.prepared[place]).lacking


@pytest.mark.parametrize("word", ["hours", "address", "deadline", "Handbuch", "Preis", "undone"])
def test_words_for_what_may_be_asked_of_anything_are_attributes(word):
    assert shipped_lexicon().read(word)[0].attribute


@pytest.mark.parametrize("word", ["till", "seats", "licence", "cancel"])
def test_words_for_things_and_deeds_are_none(word):
    assert not shipped_lexicon().read(word)[0].attribute


def test_an_attribute_is_lacking_where_the_entry_has_no_trace_of_it():
    assert _lacking("what is the price of tills") > 0
    assert _lacking("what does a till cost", place=1) == 0


def test_a_missing_word_that_is_no_attribute_is_not_lacking():
    assert _lacking("may purple tills be moved") == 0


def test_a_misspelt_attribute_is_one():
    (word,) = TILLS.read("prcie")
    assert (word.repaired, word.attribute) == ("price", True)


def test_the_more_of_a_question_is_an_attribute_the_more_is_lacking():
    assert _lacking("price of tills") > _lacking("price of purple tills moved by the shop at night")


def test_what_is_lacking_speaks_against_an_answer_up_to_half_of_the_question():
    mix = Mix(1.0, 0.0)
    without, some, half, all_ = (
        evidence(lacking(figures([0.5, 0.1], [0.5, 0.1]), share), mix) for share in (0.0, 0.2, 0.5, 1.0)
    )
    assert without > some > half == all_
