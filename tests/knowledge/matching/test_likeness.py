import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.knowledge.matching.likeness import Bags, letters, rarity_among

FEATURES = st.lists(st.sampled_from("abcdefgh"), max_size=8)
BAGS = st.lists(FEATURES, min_size=1, max_size=6)


def _among(weighed):
    return Bags(weighed).among(weighed)


def _weighed(bags):
    rarity = rarity_among(bags)
    return [rarity.weigh(bag) for bag in bags]


def _product(one, other):
    return sum(one[feature] * other[feature] for feature in one if feature in other)


@given(BAGS)
def test_likeness_is_between_nothing_and_one_and_the_same_in_both_directions(bags):
    likeness = _among(_weighed(bags))
    assert np.all(likeness >= 0)
    assert np.all(likeness <= 1 + 1e-9)
    assert likeness == pytest.approx(likeness.T)


@given(BAGS)
def test_a_text_is_wholly_like_itself_unless_it_says_nothing(bags):
    assert np.diag(_among(_weighed(bags))) == pytest.approx([1.0 if bag else 0.0 for bag in bags])


@given(BAGS, FEATURES)
def test_bags_turned_round_give_what_comparing_one_by_one_gives(bags, asked):
    weighed = _weighed(bags)
    question = rarity_among(bags).weigh(asked)
    expected = [_product(question, bag) for bag in weighed]
    assert Bags(weighed).likeness(question) == pytest.approx(expected)


@given(BAGS, FEATURES)
def test_what_no_text_holds_counts_against_a_question(bags, asked):
    rarity = rarity_among(bags)
    texts = Bags(_weighed(bags))
    known = texts.likeness(rarity.weigh(asked))
    with_more = texts.likeness(rarity.weigh([*asked, "unheard of"]))
    assert np.all(with_more <= known + 1e-9)
    assert np.all(with_more[known > 0] < known[known > 0])


def test_what_is_rare_weighs_more_and_what_is_unknown_most():
    weights = rarity_among([["common", "rare"], ["common"], ["common"]]).weigh(["common", "rare", "unknown"])
    assert weights["common"] < weights["rare"] < weights["unknown"]


def test_a_repeated_feature_weighs_more_but_not_as_much_more_as_it_is_repeated():
    weights = rarity_among([["a"], ["b"]]).weigh(["a", "a", "a", "b"])
    assert weights["b"] < weights["a"] < 3 * weights["b"]


def test_nothing_is_like_no_texts():
    assert _among([]).shape == (0, 0)
    assert Bags([]).likeness({"a": 1.0}).shape == (0,)


def test_words_are_cut_into_pieces_of_two_to_four_letters_with_their_edges():
    assert letters("Tö") == [" t", "to", "o ", " to", "to ", " to "]
    assert letters("?!") == []


def test_a_misspelt_word_keeps_most_of_its_pieces():
    right, wrong, other = (set(letters(word)) for word in ("deactivate", "deactivte", "transfer"))
    assert len(right & wrong) > len(right) / 2 > len(right & other)


def test_long_texts_are_cut_off():
    assert len(letters("elephant " * 10_000)) == len(letters("elephant " * 20_000))
