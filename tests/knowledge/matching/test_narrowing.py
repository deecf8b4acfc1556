from assistant.domain.entries import AnswerKind, Why
from assistant.knowledge.matching.decision import Match, Scored, narrows
from support.matching import entry

SEATS, BAND, SCHOOLS = (
    Scored(entry(i, f"About {i}?", "Yes."), 1.0, (), Why()) for i in ("seats", "band", "schools")
)
TOGETHER = Match(AnswerKind.CLOSEST, (SCHOOLS,), (SCHOOLS,), confidence=0.9)


def test_what_finds_nothing_alone_may_go_on_from_the_question_before():
    assert narrows(TOGETHER, Match(AnswerKind.NONE, (), (SEATS,), confidence=0.1))


def test_a_short_question_that_is_open_between_other_entries_is_a_new_topic():
    alone = Match(AnswerKind.CHOOSE, (SEATS, BAND), (SEATS, BAND), ambiguous=True, confidence=0.4)
    assert not narrows(TOGETHER, alone)


def test_a_choice_is_settled_by_the_question_before_if_its_entry_was_among_them():
    alone = Match(AnswerKind.CHOOSE, (SEATS, SCHOOLS), (SEATS, SCHOOLS), ambiguous=True, confidence=0.4)
    assert narrows(TOGETHER, alone)


def test_a_short_question_that_is_answered_alone_stays_alone():
    assert not narrows(TOGETHER, Match(AnswerKind.CLOSEST, (SEATS,), (SEATS,), confidence=0.6))


def test_what_both_find_less_surely_is_not_taken():
    assert not narrows(TOGETHER, Match(AnswerKind.NONE, (), (), confidence=0.95))
    assert not narrows(Match(AnswerKind.NONE, (), ()), Match(AnswerKind.NONE, (), ()))
