"""Questions that nothing answers: put together by meaning, with the people who wait for an answer counted once."""

from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.entries import Gap
from assistant.domain.gaps import AskedGap
from assistant.knowledge.gaps import ALIKE, Words, by_meaning, cluster
from assistant.knowledge.matching.words import shipped_lexicon
from support.clock import NOON
from support.gaps import CONTRASTS, MEANINGS, REWORDED

WORDS = Words(shipped_lexicon())
MEANING = {question: meaning for meaning, questions in MEANINGS.items() for question in questions}


def gap(number, question, count=1, askers=(), missing=(), last=NOON):
    found = Gap(f"Q-{number:04d}", question, count, len(askers), missing, last)
    return AskedGap(found, frozenset(askers))


ALL = [gap(number, question) for number, question in enumerate(MEANING)]


def pairs(clusters):
    """Return for each pair of wordings in one cluster whether they mean the same."""
    held = [combinations(found.gaps, 2) for found in clusters]
    return [MEANING[one.question] == MEANING[two.question] for found in held for one, two in found]


def test_there_are_enough_questions_to_judge_by():
    assert len(MEANING) >= 40
    assert len(MEANINGS) >= 12


def test_no_two_meanings_are_put_together_and_most_wordings_of_one_are():
    together = pairs(cluster(ALL, WORDS))
    of_one_meaning = sum(len(list(combinations(questions, 2))) for questions in MEANINGS.values())
    assert all(together)
    assert len(together) > 0.65 * of_one_meaning


@pytest.mark.parametrize(("one", "other"), CONTRASTS)
def test_one_word_that_differs_makes_another_question(one, other):
    assert WORDS(one, other) < ALIKE


@given(st.permutations(ALL))
def test_the_order_of_the_gaps_does_not_matter(shuffled):
    assert cluster(shuffled, WORDS) == cluster(ALL, WORDS)


@given(st.lists(st.sampled_from(sorted(MEANING)), unique=True), st.data())
def test_every_gap_is_in_one_cluster_and_nothing_asked_is_lost(questions, data):
    counts = data.draw(st.lists(st.integers(1, 9), min_size=len(questions), max_size=len(questions)))
    asked = [gap(number, q, count) for number, (q, count) in enumerate(zip(questions, counts, strict=True))]
    found = cluster(asked, WORDS)
    assert sorted(g.id for c in found for g in c.gaps) == [a.gap.id for a in asked]
    assert sum(c.count for c in found) == sum(counts)
    assert [c.count for c in found] == sorted((c.count for c in found), reverse=True)


@given(st.sampled_from(sorted(MEANING)), st.sampled_from(sorted(MEANING)))
def test_likeness_is_the_same_from_both_sides_and_full_for_the_same_question(one, other):
    assert WORDS(one, other) == WORDS(other, one)
    assert 0.0 <= WORDS(one, other) <= WORDS(one, one) == 1.0


def test_a_cluster_adds_up_its_gaps_and_counts_everyone_once():
    later = NOON + timedelta(days=2)
    found = cluster(
        [
            gap(1, "refund of unused seats", 2, {"a", "b"}, ("refund",)),
            gap(2, "Are unused seats refunded?", 5, {"b", "c"}, ("refunded", "unused"), later),
            gap(3, "Where is the price list?", 6, {"d"}),
        ],
        WORDS,
    )
    assert [(c.id, c.count, c.askers) for c in found] == [("Q-0002", 7, 3), ("Q-0003", 6, 1)]
    assert found[0].question == "Are unused seats refunded?"
    assert (found[0].missing, found[0].last) == (("refunded", "unused", "refund"), later)


def test_small_differences_do_not_lead_from_one_meaning_to_another():
    chain = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): 0.5}
    asked = [gap(number, question, 3 - number) for number, question in enumerate("abc")]
    found = cluster(asked, lambda one, other: chain[min(one, other), max(one, other)])
    assert [[g.question for g in c.gaps] for c in found] == [["a", "b"], ["c"]]


def test_a_misspelt_wording_is_the_same_question():
    asked = [gap(1, "guaranteed uptime of gateways"), gap(2, "guaranteed uptime of gatewys")]
    assert len(cluster(asked, WORDS)) == 1


class Vector(list):
    """A vector as small as it gets, with the product of the real ones."""

    def __matmul__(self, other):
        return sum(a * b for a, b in zip(self, other, strict=True))


def always_alike(texts):
    return [Vector([1.0]) for _ in texts]


@pytest.mark.parametrize(("one", "other"), REWORDED)
def test_a_model_adds_what_words_do_not_tell(one, other):
    assert WORDS(one, other) < ALIKE <= by_meaning(WORDS, always_alike, [one, other])(one, other)


@pytest.mark.parametrize(("one", "other"), CONTRASTS)
def test_a_model_cannot_overrule_words_that_contrast(one, other):
    assert by_meaning(WORDS, always_alike, [one, other])(one, other) < ALIKE


def test_without_gaps_there_is_nothing_to_encode_or_show():
    assert cluster([], by_meaning(WORDS, always_alike, [])) == ()


def test_recorded_gaps_come_with_askers_and_the_entry_that_comes_closest(world):
    for asker, question in [
        ("anna", "Which trial versions have a guarantee of origin?"),
        ("anna", "trial versions, guarantee of origin"),
        ("ben", "guarantee of origin for trial versions"),
        ("ben", "Where is the elephant?"),
    ]:
        world.service.ask(question, asker=asker)
    trials, elephant = world.desk.gap_clusters(lambda q: world.service.ask(q, recording=False))
    assert (trials.id, trials.count, trials.askers, len(trials.gaps)) == ("Q-0001", 3, 2, 3)
    assert trials.nearest.id == "are-trial-versions-available"
    assert (elephant.count, elephant.askers) == (1, 1)
    assert len(world.desk.gaps()) == 4
