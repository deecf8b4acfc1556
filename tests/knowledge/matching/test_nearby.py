import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.knowledge.matching.likeness import Bags, between, letters
from assistant.knowledge.matching.material import terms_of
from assistant.knowledge.matching.nearby import NearbySignals
from assistant.knowledge.matching.normalising import question_in
from assistant.knowledge.matching.signals import Asked, WholeSignals
from assistant.knowledge.matching.wordindex import WordIndex
from support.matching import WordEncoder, collection, entry

THINGS = ("printer", "drawer", "scanner", "scale", "screen", "cable", "modem", "battery")
DEEDS = ("moved", "sold", "repaired", "painted")
ENTRIES = collection(
    *(
        entry(f"{deed}-{thing}", f"May a {thing} be {deed}?", f"No {thing} here.")
        for thing in THINGS
        for deed in DEEDS
    )
)
BAGS = st.lists(st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 1), max_size=4), max_size=5)


def _asked(text, encoder=None):
    readings = encoder.encode([question_in(text)]) if encoder else None
    return Asked(readings, terms_of(text, ENTRIES), letters(text))


def _ids(found, figures):
    return [ENTRIES.prepared[found.places[row]].entry.id for row in np.argsort(-figures)]


@pytest.fixture(scope="module")
def encoder():
    return WordEncoder(meanings={"register": "drawer", "mended": "repaired"})


@pytest.fixture(scope="module", params=["words", "model"])
def both(request, encoder):
    """The signals near a question and those of all texts, with or without a model."""
    model = encoder if request.param == "model" else None
    return NearbySignals(ENTRIES, model, WordIndex(ENTRIES.prepared)), WholeSignals(ENTRIES, model), model


@pytest.mark.parametrize(
    "question", ["May a scanner be repaired?", "the scale, can it be sold", "painted battery"]
)
def test_the_best_entry_near_a_question_is_the_best_of_all(both, question):
    near, whole, model = both
    found, all_found = near.signals(_asked(question, model)), whole.signals(_asked(question, model))
    assert _ids(found, found.words)[0] == _ids(all_found, all_found.words)[0]
    assert len(found.places) < len(ENTRIES.prepared)
    if model:
        assert _ids(found, found.meaning)[0] == _ids(all_found, all_found.meaning)[0]


def test_other_words_of_one_meaning_propose_their_entry(encoder):
    near = NearbySignals(ENTRIES, encoder, WordIndex(ENTRIES.prepared))
    found = near.signals(_asked("register mended", encoder))
    assert _ids(found, found.meaning)[0] == "repaired-drawer"


def test_a_way_to_ask_that_is_left_out_is_found_less(both):
    near, _, model = both
    asked = _asked("May a printer be moved?", model)
    whole, without = near.signals(asked), near.without([0], 0)
    assert without.words[list(without.places).index(0)] < whole.words[list(whole.places).index(0)]


def test_what_no_entry_answers_is_for_none(both):
    near, _, model = both
    question = near.material.texts[near.outside[0]]
    found = near.signals(_asked(question, model))
    assert max([0.0, *(found.words if model is None else found.meaning)]) < 0.3


def test_a_question_without_any_known_word_has_no_entries_near_it_by_words():
    near = NearbySignals(ENTRIES, None, WordIndex(ENTRIES.prepared))
    assert near.signals(Asked(None, ["elephant"], [])).words.shape == (0,)


@given(BAGS, BAGS)
def test_likeness_between_texts_is_what_bags_turned_round_give(one, other):
    found = between(one, other)
    assert found.shape == (len(one), len(other))
    for row, bag in zip(found, one, strict=True):
        assert row == pytest.approx(Bags(other).likeness(bag))


def test_the_index_of_words_finds_by_question_before_answer_and_never_more_than_asked_for():
    index = WordIndex(ENTRIES.prepared)
    terms = terms_of("scanner repaired", ENTRIES)
    assert next(iter(index.search(terms, 5))) == "repaired-scanner"
    assert len(index.search(terms, 5)) == 5
    assert index.search(["elephant"], 5) == {}
    assert index.search([], 5) == {}


def test_an_entry_without_words_is_found_by_none_and_hinders_nobody():
    odd = collection(entry("marks", "?!", "\u4f60"), entry("till", "May tills be moved?"))
    assert list(WordIndex(odd.prepared).search(["till"], 5)) == ["till"]
