"""What the figures of a period mean, and what is taken as an opinion of an answer."""

import math
from datetime import date

import pytest

from assistant.domain.analytics import (
    CHECK_STEP,
    DayCount,
    Ending,
    Period,
    TaskCount,
    flow_figures,
    last_days,
    question_figures,
    speed_figure,
)
from assistant.domain.entries import AnswerKind
from assistant.domain.errors import InvalidInput
from assistant.domain.feedback import LONGEST_COMMENT, Reason, opinion_of, unhelpful

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def test_what_was_asked_is_every_kind_of_answer_and_nothing_else():
    counts = [
        DayCount(date(2026, 3, 1), "exact", 3),
        DayCount(date(2026, 3, 2), "none", 2),
        DayCount(date(2026, 3, 2), "chosen", 1),
        DayCount(date(2026, 3, 2), "ms_25", 5),
    ]
    figures = question_figures(counts, MARCH)

    assert (figures.asked, figures.chosen, figures.kinds[AnswerKind.NONE]) == (5, 1, 2)
    assert [(b.asked, b.unanswered) for b in figures.bars[:3]] == [(3, 0), (2, 2), (0, 0)]
    assert len(figures.bars) == MARCH.days


@pytest.mark.parametrize(
    ("times", "median"),
    [({}, None), ({"ms_5": 1}, 5), ({"ms_5": 2, "ms_50": 2}, 5), ({"ms_5": 1, "ms_50": 2}, 50), ({"ms_slower": 3}, math.inf)],
)  # fmt: skip
def test_the_median_is_the_bound_that_half_of_the_answers_kept(times, median):
    counts = [DayCount(date(2026, 3, 1), figure, count) for figure, count in times.items()]

    assert question_figures(counts, MARCH).median_ms == median


@pytest.mark.parametrize(
    ("seconds", "figure"), [(0, "ms_5"), (0.005, "ms_5"), (0.0051, "ms_10"), (9, "ms_slower")]
)
def test_a_time_counts_under_the_first_bound_it_does_not_pass(seconds, figure):
    assert speed_figure(seconds) == figure


@pytest.mark.parametrize("days", [1, 31, 32, 100, 731])
def test_the_bars_of_a_period_cover_each_of_its_days_once(days):
    period = last_days(date(2026, 3, 31), days)
    bars = question_figures([], period).bars

    assert (bars[0].first, bars[-1].last) == (period.first, period.last)
    assert sum((bar.last - bar.first).days + 1 for bar in bars) == days


@pytest.mark.parametrize("first", [date(2026, 4, 1), date(2023, 1, 1)])
def test_a_period_has_days_and_at_most_two_years_of_them(first):
    with pytest.raises(InvalidInput):
        Period(first, date(2026, 3, 31))


def test_a_workflow_is_told_by_how_its_tasks_ended_and_where_the_others_were_left():
    figures = flow_figures([
        TaskCount("trial", "done", "code", checked=True, count=4),
        TaskCount("trial", "cancelled", CHECK_STEP, checked=True, count=1),
        TaskCount("trial", "parked", "seats", checked=False, count=2),
        TaskCount("trial", "unknown", "code", checked=True, count=1),
        TaskCount("seats", "refused", "seats", checked=False, count=1),
    ])  # fmt: skip
    trial = figures[0]

    assert (trial.flow, trial.started, trial.checked) == ("trial", 8, 6)
    assert (trial.endings[Ending.CONFIRMED], trial.endings[Ending.UNKNOWN], trial.endings[Ending.LEFT]) == (
        4,
        1,
        3,
    )
    assert trial.left == (("seats", 2), (CHECK_STEP, 1))
    assert all(sum(flow.endings.values()) == flow.started for flow in figures)


@pytest.mark.parametrize(
    ("helpful", "reason", "comment"),
    [(True, "unclear", ""), (True, None, "thanks"), (False, "boring", ""), (False, None, "x" * (LONGEST_COMMENT + 1))],
)  # fmt: skip
def test_an_opinion_that_makes_no_sense_is_refused(helpful, reason, comment):
    with pytest.raises(InvalidInput):
        opinion_of(helpful, reason, comment)


def test_an_entry_that_helped_everybody_is_not_listed_and_the_least_helpful_comes_first():
    counts = [
        ("a", True, None, 9),
        ("b", False, Reason.UNCLEAR, 1),
        ("c", False, None, 2),
        ("c", True, None, 1),
    ]

    assert [(e.entry_id, e.helpful, e.unhelpful) for e in unhelpful(counts, [], 5)] == [
        ("c", 1, 2),
        ("b", 0, 1),
    ]
