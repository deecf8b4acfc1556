import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.knowledge.matching.regression import NOBODY, Points, Regression

ENTRIES = 3


@st.composite
def _problems(draw):
    """Points on a unit sphere with their owners, and some of them to leave out."""
    count = draw(st.integers(2, 8))
    seed = draw(st.integers(0, 2**32 - 1))
    owners = draw(st.lists(st.integers(NOBODY, ENTRIES - 1), min_size=count, max_size=count))
    counts = draw(st.lists(st.sampled_from([0.5, 1.0]), min_size=count, max_size=count))
    left_out = draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=count - 1, unique=True))
    vectors = np.random.default_rng(seed).standard_normal((count, 4))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors @ vectors.T, _points(owners, counts), left_out


def _points(owners, counts=None):
    return Points(np.array(owners, np.intp), np.array(counts or [1.0] * len(owners)), ENTRIES)


def _from_scratch(likeness, points, left_out, asked):
    """Solve without the points; those that stay keep their weight, which an entry's points share out among them."""
    stay = [place for place in range(len(points.owners)) if place not in left_out]
    weights = points.counts.copy()
    for owner in range(points.entries):
        own = points.owners == owner
        weights[own] /= np.sqrt(points.counts[own].sum() or 1.0)
    counts = weights[stay]
    for owner in range(points.entries):
        own = points.owners[stay] == owner
        counts[own] *= weights[stay][own].sum()
    rest = Points(points.owners[stay], counts, points.entries)
    return Regression(likeness[np.ix_(stay, stay)], rest).estimate(likeness[asked, stay])


@given(_problems())
def test_leaving_points_out_gives_what_solving_without_them_gives(problem):
    likeness, points, left_out = problem
    solved = Regression(likeness, points)
    for asked in left_out:
        expected = _from_scratch(likeness, points, left_out, asked)
        assert solved.without(left_out, asked) == pytest.approx(expected, abs=1e-6)


def test_a_question_like_the_points_of_one_entry_alone_is_near_one_for_it_and_nothing_for_others():
    solved = Regression(np.eye(3), _points([0, 1, 2]))
    assert solved.estimate(np.array([1.0, 0.0, 0.0])) == pytest.approx([1 / 1.1, 0.0, 0.0])


def test_a_question_like_what_nobody_answers_is_nothing_for_every_entry():
    solved = Regression(np.eye(3), _points([0, NOBODY, NOBODY]))
    assert solved.estimate(np.array([0.0, 1.0, 1.0])) == pytest.approx([0.0, 0.0, 0.0])


def test_what_nobody_answers_takes_from_an_entry_that_is_like_it():
    near = np.array([[1.0, 0.8], [0.8, 1.0]])
    asked = np.array([0.9, 0.9])
    alone = Regression(np.ones((1, 1)), _points([0])).estimate(asked[:1])
    beside = Regression(near, _points([0, NOBODY])).estimate(asked)
    assert beside[0] < alone[0]


def test_a_sentence_counts_less_than_a_way_to_ask():
    likeness = np.array([[1.0, 0.7], [0.7, 1.0]])
    asked = np.array([0.9, 0.9])
    way, sentence = Regression(likeness, _points([0, 1], [1.0, 0.5])).estimate(asked)[:2]
    assert sentence < way


def test_an_entry_without_points_is_never_asked_for():
    assert Regression(np.eye(1), _points([1])).estimate(np.ones(1))[[0, 2]] == pytest.approx([0.0, 0.0])


def test_what_is_opposite_counts_as_nothing():
    solved = Regression(np.eye(1), _points([0]))
    assert solved.estimate(np.array([-1.0])) == pytest.approx(solved.estimate(np.array([0.0])))


def test_no_points_give_no_figures():
    solved = Regression(np.zeros((0, 0)), Points(np.zeros(0, np.intp), np.zeros(0), 0))
    assert solved.estimate(np.zeros(0)).shape == (0,)
