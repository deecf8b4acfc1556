import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.entries import AnswerKind
from assistant.knowledge.matching.calibration import MIXES, Trial, calibrate, evidence, trials_of
from assistant.knowledge.matching.shortlist import Mix
from assistant.knowledge.matching.signals import WholeSignals
from support.matching import WordEncoder, chosen, collection, edition, entry, figures

MEANING_ALONE, WITH_WORDS, WITH_COVERAGE, WITH_MORE = MIXES
RIGHT = Trial(figures([0.9, 0.1], [0.9, 0.1]), 0)
NOTHING = Trial(figures([0.1, 0.0], [0.1, 0.0]), None)


def _trial(words, meaning, strength, right=0):
    return Trial(figures(words, meaning, strength), right)


def test_evidence_is_the_figure_of_the_best_entry_by_all_that_ranks_it():
    found = figures([0.2, 0.4, 0.0], [0.5, 0.3, -0.2], strength=[0.0, 1.0, 0.0])
    assert _own(found, Mix(0.0, 0.0)) == pytest.approx(0.5)
    assert _own(found, Mix(1.0, 0.0)) == pytest.approx(0.7)
    # the second is ahead by what it covers, which is no evidence that it answers
    assert _own(found, Mix(0.0, 0.5)) == pytest.approx(0.3)
    assert evidence(figures([]), Mix(0.0, 0.0)) == 0.0


def _own(found, mix):
    return evidence(found, mix) - found.background(mix, int(np.argmax(found.scores(mix))))


def test_evidence_for_a_second_entry_speaks_for_an_answer_a_little_and_evidence_against_it_not_at_all():
    alone, contested = figures([0.0], [0.5]), figures([0.0, 0.0], [0.5, 0.4])
    assert evidence(contested, MEANING_ALONE) - evidence(alone, MEANING_ALONE) == pytest.approx(0.2 * 0.4)
    assert evidence(figures([0.0, 0.0], [0.5, -0.4]), MEANING_ALONE) == pytest.approx(0.5)


def test_a_question_that_leans_to_what_is_known_has_more_evidence_even_where_there_is_no_entry():
    found = dataclasses.replace(figures([0.0], [0.5]), leaning=0.1)
    assert evidence(found, MEANING_ALONE) == pytest.approx(0.6)
    assert evidence(dataclasses.replace(figures([]), leaning=-0.1), MEANING_ALONE) == -0.1


def test_a_trial_is_right_where_the_best_entry_is_the_right_one():
    assert RIGHT.is_right(MEANING_ALONE)
    assert not Trial(RIGHT.found, 1).is_right(MEANING_ALONE)
    assert not NOTHING.is_right(MEANING_ALONE)
    assert not Trial(figures([]), 0).is_right(MEANING_ALONE)


def test_without_trials_the_curve_is_the_one_measured_elsewhere():
    found = calibrate([])
    assert (found.trials, found.mix) == (0, WITH_MORE)
    assert found.probability(0.2) < 0.25
    assert found.probability(0.7) > 0.5


def test_a_few_trials_leave_the_curve_near_its_start_with_a_model_and_by_words():
    by_meaning = calibrate([RIGHT])
    by_words = calibrate([Trial(figures([0.9, 0.1]), 0)])
    assert (by_meaning.level, by_meaning.slope) == pytest.approx((-3.4, 5.6), abs=0.5)
    assert (by_words.level, by_words.slope) == pytest.approx((-2.3, 8.4), abs=0.5)


_EVIDENCE = st.floats(-0.5, 1.5)
_TRIALS = st.lists(
    st.tuples(_EVIDENCE, _EVIDENCE, st.sampled_from([0, 1, None])).map(
        lambda row: Trial(figures([row[0], 0.0], [row[1], 0.0]), row[2])
    ),
    max_size=30,
)


@given(_TRIALS)
def test_a_probability_is_one_whatever_was_learnt(trials):
    found = calibrate(trials)
    assert found.mix in MIXES
    assert all(0 <= found.probability(value) <= 1 for value in (-1e9, -0.5, 0.0, 0.5, 1e9))


@given(
    st.lists(st.floats(0.5, 1.5), min_size=1, max_size=20),
    st.lists(st.floats(0, 0.4), min_size=1, max_size=20),
)
def test_where_right_answers_have_more_evidence_more_evidence_makes_it_likelier(right, nothing):
    trials = [Trial(figures([0.0], [value]), 0) for value in right]
    trials += [Trial(figures([0.0], [value]), None) for value in nothing]
    found = calibrate(trials)
    curve = [found.probability(value) for value in np.linspace(0, 1.5, 20)]
    assert all(lower < higher for lower, higher in itertools.pairwise(curve))


def test_many_trials_move_the_curve_between_what_they_tell_apart():
    right = [Trial(figures([0.0], [0.9]), 0)] * 200
    nothing = [Trial(figures([0.0], [0.7]), None)] * 200
    found = calibrate([*right, *nothing])
    assert found.trials == 400
    assert found.probability(0.7) < 0.5 < found.probability(0.9)
    assert calibrate([]).probability(0.7) > 0.5


@pytest.mark.parametrize("right", [0, None])
def test_where_all_trials_end_alike_the_curve_stays_where_it_starts(right):
    found = calibrate([Trial(figures([0.0], [0.9]), right)] * 200)
    assert (found.level, found.slope) == pytest.approx((-3.4, 5.6), abs=0.01)


def test_the_mix_is_the_one_that_is_right_most_often():
    meaning_is_right = [_trial([0.0, 1.0], [0.6, 0.2], [0.0, 1.0])] * 10
    words_are_right = [_trial([1.0, 0.0], [0.2, 0.6], [0.0, 0.0])] * 10
    covering_is_right = [_trial([0.0, 0.0], [0.4, 0.6], [1.0, 0.0])] * 10
    assert calibrate(meaning_is_right).mix == MEANING_ALONE
    assert calibrate(words_are_right).mix in {WITH_WORDS, WITH_COVERAGE, WITH_MORE}
    assert calibrate(covering_is_right).mix in {WITH_COVERAGE, WITH_MORE}


def test_a_few_trials_do_not_change_the_mix():
    meaning_is_right = [_trial([0.0, 1.0], [0.6, 0.2], [0.0, 1.0])]
    assert calibrate(meaning_is_right * 3).mix == WITH_MORE


def test_every_way_to_ask_is_tried_without_itself_and_without_its_entry():
    entries = collection(
        entry("moving", "May tills be moved?", alternates=["till to another shop"]),
        entry("door", "Who opens the door?"),
    )
    signals = WholeSignals(entries, WordEncoder())
    trials = trials_of(signals, entries)
    found = [trial for trial in trials if trial.right is not None]
    assert [trial.right for trial in found] == [0, 0, 1]
    away = [trial.found.places for trial in trials if trial.right is None][:3]
    assert away == [(1,), (1,), (0,)]
    assert len(trials) <= 3 + 3 + 300


@pytest.mark.parametrize("encoder", [None, WordEncoder()], ids=["words", "model"])
def test_an_empty_publication_answers_nothing(encoder):
    empty = edition(encoder=encoder)
    assert empty.match("May tills be moved?").kind is AnswerKind.NONE


@pytest.mark.parametrize("encoder", [None, WordEncoder()], ids=["words", "model"])
def test_one_entry_answers_its_question_and_no_other(encoder):
    alone = edition(entry("moving", "May tills be moved?"), encoder=encoder)
    assert chosen(alone.match("hello, may a till be moved to somewhere?")) == ["moving"]
    assert alone.match("Which paper fits the printer?").kind is AnswerKind.NONE


@pytest.mark.parametrize("encoder", [None, WordEncoder()], ids=["words", "model"])
def test_two_entries_that_say_nearly_the_same_are_a_choice(encoder):
    twins = edition(
        entry("small", "May tills be moved in small shops?"),
        entry("large", "May tills be moved in large shops?"),
        entry("door", "Who opens the door?"),
        encoder=encoder,
    )
    match = twins.match("may tills be moved")
    assert (match.kind, sorted(chosen(match))) == (AnswerKind.CHOOSE, ["large", "small"])
