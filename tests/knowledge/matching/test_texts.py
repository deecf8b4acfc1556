import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.knowledge.matching.large.texts import Group, alike, lay_down, means_of, weighed
from assistant.knowledge.matching.large.wordindex import indexed
from assistant.knowledge.matching.likeness import Bags, letters, likeness_among
from assistant.knowledge.matching.words import shipped_lexicon
from support.matching import WordEncoder, collection, entry, shops

LEXICON = shipped_lexicon()
GROUPS = (
    Group(["May tills be moved?", "till to another shop", "At night only."], 2),
    Group([], 0),
    Group(["Who opens the door?"], 1),
)
TEXTS = [text for group in GROUPS for text in group.texts]
LIKENESS = likeness_among([(LEXICON.terms(text), letters(text)) for text in TEXTS])
BAGS = st.lists(st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 1), max_size=4), max_size=5)


@pytest.fixture(scope="module")
def laid():
    return lay_down(GROUPS, LIKENESS, LEXICON, WordEncoder())


def test_every_group_has_its_texts_and_what_they_count(laid):
    assert [list(laid.of(group)) for group in range(3)] == [[0, 1, 2], [], [3]]
    assert laid.counts(0, 0.5) == [1.0, 1.0, 0.5]
    assert laid.counts(1, 0.5) == []
    assert laid.vectors.shape == (4, WordEncoder().size)


def test_a_bag_that_was_laid_down_is_that_of_its_text(laid):
    for place, text in enumerate(TEXTS):
        expected = weighed(LIKENESS.weigh(LEXICON.terms(text), letters(text)))
        found = laid.bag(place)
        assert list(found.features) == list(expected.features)
        assert found.weights == pytest.approx(expected.weights)


def test_the_mean_of_a_group_lies_between_its_texts_and_nearer_to_what_asks(laid):
    means = means_of(laid, 0.5)
    assert np.linalg.norm(means, axis=1) == pytest.approx([1.0, 0.0, 1.0], abs=1e-3)
    asked, _, said = means[0] @ laid.vectors[:3].astype(np.float32).T
    assert asked > said > 0


def test_without_an_encoder_there_are_texts_and_no_vectors():
    laid = lay_down(GROUPS, LIKENESS, LEXICON, None)
    assert laid.vectors.shape == (4, 0)
    assert means_of(laid, 0.5).shape == (3, 0)


@given(BAGS)
def test_likeness_among_bags_is_what_bags_turned_round_give(bags):
    found = alike([weighed(bag) for bag in bags])
    assert found.shape == (len(bags), len(bags))
    for row, bag in zip(found, bags, strict=True):
        assert row == pytest.approx(Bags(bags).likeness(bag), abs=1e-6)


def test_the_index_of_words_finds_by_question_before_answer_and_never_more_than_asked_for():
    entries = collection(*shops()).prepared
    index = indexed([p.indexed for p in entries])
    terms = LEXICON.terms("scanner repaired")
    rows = [row for row, _ in index.search(terms, 5)]
    assert entries[rows[0]].entry.id == "repaired-scanner"
    assert len(rows) == 5
    assert index.search(["elephant"], 5) == []
    assert index.search([], 5) == []


def test_the_index_of_words_finds_nothing_that_stands_no_more():
    index = indexed([p.indexed for p in collection(*shops()).prepared])
    terms = LEXICON.terms("scanner repaired")
    (best, _), (second, _) = index.search(terms, 2)
    standing = np.ones(len(shops()), bool)
    standing[best] = False
    assert index.search(terms, 1, standing)[0][0] == second


def test_an_entry_without_words_is_found_by_none_and_hinders_nobody():
    odd = collection(entry("marks", "?!", "\u4f60"), entry("till", "May tills be moved?"))
    assert [row for row, _ in indexed([p.indexed for p in odd.prepared]).search(["till"], 5)] == [1]
