import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.entries import AnswerKind
from assistant.knowledge.matching.decision import (
    ANSWERS,
    LEAST,
    MOST_CHOICES,
    Match,
    again,
    as_follow_up,
    decide,
)
from support.matching import chosen, scored

JUST_BELOW = ANSWERS - 1e-6


def _decided(*ranking, unknown=(), vague=False):
    return decide(ranking, lambda evidence: min(1.0, evidence), tuple(unknown), vague=vague)


def test_no_ranking_is_no_answer_and_names_the_unknown_words():
    match = _decided(unknown=["elephant"])
    assert (match.kind, match.chosen, match.missing) == (AnswerKind.NONE, (), ("elephant",))


def test_the_same_words_are_an_exact_match():
    match = _decided(scored("a", 1.0, same=True), scored("b", 0.99))
    assert (match.kind, chosen(match), match.confidence) == (AnswerKind.EXACT, ["a"], 1.0)


def test_the_same_words_of_two_entries_are_a_choice_of_these_alone():
    match = _decided(scored("a", 1.0, same=True), scored("b", 0.5, same=True), scored("c", 0.9))
    assert (match.kind, chosen(match), match.ambiguous) == (AnswerKind.CHOOSE, ["a", "b"], True)


def test_the_same_words_of_an_unlikely_entry_are_no_answer():
    assert _decided(scored("a", 1.0, evidence=JUST_BELOW, same=True)).kind is AnswerKind.NONE


@pytest.mark.parametrize(("evidence", "kind"), [(ANSWERS, AnswerKind.CLOSEST), (JUST_BELOW, AnswerKind.NONE)])
def test_an_entry_answers_from_the_threshold_on(evidence, kind):
    match = _decided(scored("a", 1.0, evidence=evidence))
    assert (match.kind, match.confidence) == (kind, evidence)


@pytest.mark.parametrize(("score", "kind"), [(0.93, AnswerKind.CHOOSE), (0.91, AnswerKind.CLOSEST)])
def test_two_that_are_close_are_a_choice(score, kind):
    match = _decided(scored("a", 1.0), scored("b", score))
    assert match.kind is kind
    assert match.ambiguous is (kind is AnswerKind.CHOOSE)


@pytest.mark.parametrize(("score", "kind"), [(0.71, AnswerKind.CHOOSE), (0.69, AnswerKind.CLOSEST)])
def test_a_vague_question_is_a_choice_among_what_is_further_apart(score, kind):
    assert _decided(scored("a", 1.0), scored("b", score), vague=True).kind is kind


@pytest.mark.parametrize(("score", "kind"), [(0.41, AnswerKind.CHOOSE), (0.39, AnswerKind.NONE)])
def test_several_that_are_unlikely_alone_and_likely_together_are_a_choice(score, kind):
    match = _decided(scored("a", 1.0, evidence=0.3), scored("b", score, evidence=0.3))
    assert match.kind is kind


@pytest.mark.parametrize(("evidence", "kind"), [(0.17, AnswerKind.CHOOSE), (0.16, AnswerKind.NONE)])
def test_nothing_is_offered_where_even_the_best_is_unlikely(evidence, kind):
    assert _decided(*(scored(name, 1.0, evidence=evidence) for name in "abc")).kind is kind


@pytest.mark.parametrize(("evidence", "kind"), [(0.25, AnswerKind.CHOOSE), (0.24, AnswerKind.NONE)])
def test_nothing_is_offered_that_is_unlikely_together(evidence, kind):
    assert _decided(*(scored(name, 1.0, evidence=evidence) for name in "ab")).kind is kind


def test_at_most_four_are_offered():
    match = _decided(*(scored(name, 1.0) for name in "abcdef"))
    assert chosen(match) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(("evidence", "offered"), [(LEAST, ["a", "b"]), (LEAST - 0.01, ["a"])])
def test_an_entry_with_hardly_any_evidence_is_not_offered(evidence, offered):
    assert chosen(_decided(scored("a", 1.0), scored("b", 0.99, evidence=evidence))) == offered


def test_unknown_words_are_named_before_those_that_the_best_entry_lacks():
    best = scored("a", 1.0, evidence=0.1, missing=["licence"])
    assert _decided(best).missing == ("licence",)
    assert _decided(best, unknown=["elephant"]).missing == ("elephant",)


def test_three_topics_are_near_where_nothing_answers_and_none_where_something_does():
    unlikely = _decided(*(scored(name, 0.1, evidence=0.01) for name in "abcd"))
    assert [entry.id for entry in unlikely.nearest] == ["a", "b", "c"]
    assert _decided(scored("a", 1.0)).nearest == ()


_RANKINGS = st.lists(
    st.tuples(st.floats(0, 2), st.floats(-1, 2), st.booleans()).map(
        lambda row: scored("a", row[0], evidence=row[1], same=row[2])
    ),
    max_size=8,
).map(lambda ranking: sorted(ranking, key=lambda s: -s.score))


@given(_RANKINGS, st.booleans())
def test_whatever_the_figures_the_kind_fits_what_is_chosen(ranking, vague):
    match = _decided(*ranking, vague=vague)
    counts = {AnswerKind.NONE: {0}, AnswerKind.EXACT: {1}, AnswerKind.CLOSEST: {1}}
    assert len(match.chosen) in counts.get(match.kind, range(2, MOST_CHOICES + 1))
    assert match.ranking == tuple(ranking)
    if match.kind is AnswerKind.CHOOSE:
        assert all(offered.same or offered.evidence >= LEAST for offered in match.chosen)


@pytest.mark.parametrize("kind", AnswerKind)
def test_what_two_questions_find_together_is_never_exact(kind):
    found = as_follow_up(Match(kind, (), ())).kind
    assert found is (AnswerKind.CLOSEST if kind is AnswerKind.EXACT else kind)


def test_pointing_back_gives_the_entry_of_the_answer_before():
    match = again(_decided(scored("a", 1.0), scored("b", 0.2), scored("c", 0.1)), ["b"])
    assert (match.kind, chosen(match)) == (AnswerKind.CLOSEST, ["b"])
    assert [ranked.entry.id for ranked in match.ranking] == ["b", "a", "c"]


def test_pointing_back_at_an_entry_that_is_not_there_changes_nothing():
    match = _decided(scored("a", 1.0))
    assert again(match, ["b"]) == match
