"""Lines and deadlines of monthly reports."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.catalogue import ReportTerms
from assistant.domain.reports import ReportState, ReviewKind, deadline, due_report, report_lines
from assistant.domain.usage import Peak
from support.licensing import the_catalogue
from support.reports import MONTH, OVER, a_line, a_report

TERMS = ReportTerms()
DEADLINE = datetime(2026, 3, 11, tzinfo=UTC)


def due(report, now=DEADLINE):
    return due_report(report, TERMS, "UTC", now)


@pytest.mark.parametrize(
    ("line", "unexplained"),
    [
        (a_line(100, 90), False),
        (a_line(100, 89), True),
        (a_line(1000, 899), True),
        (a_line(100, 89, comment="Two offices move in next month"), False),
        (a_line(100, None), False),
        (a_line(100, 120), False),
        (a_line(100, 95, chargeable=99), True),
        (a_line(100, 95, chargeable=99, comment="Agreed"), False),
        (a_line(100, 0, moved=100), False),
        (a_line(0, 0), False),
    ],
)
def test_lowered_lines_and_unused_seats_want_a_comment(line, unexplained):
    assert line.unexplained(TERMS) is unexplained


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 100))
def test_a_share_that_is_shown_as_too_much_is_too_much(provisioned, used, percent):
    line, terms = a_line(provisioned, used), ReportTerms(unused_percent=percent)

    assert line.unexplained(terms) or line.unused_percent <= percent
    assert not (line.unexplained(terms) and line.unused_percent < percent)


def test_lines_are_billed_in_full_and_sorted_by_the_names_of_customers():
    peaks = [Peak("C-2", "contoso", "WFS", 9, 4, 3), Peak("C-1", "Adatum", "CAS", 5, 0, None)]

    lines = report_lines(peaks, the_catalogue())

    assert [(line.customer, line.name, line.chargeable) for line in lines] == [
        ("Adatum", "Cloud App Security", 5),
        ("contoso", "Worry-Free Services", 5),
    ]


def test_a_product_that_the_catalogue_has_no_more_keeps_its_code():
    assert report_lines([Peak("C-1", "Adatum", "OLD", 5, 0, None)], the_catalogue())[0].name == "OLD"


def test_the_deadline_is_the_beginning_of_a_day_in_the_partners_zone():
    assert deadline(MONTH, TERMS, "Europe/Berlin") == datetime(2026, 3, 10, 23, 0, tzinfo=UTC)
    assert deadline(MONTH.next, TERMS, "Europe/Berlin") == datetime(2026, 4, 10, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize("now", [OVER, DEADLINE - timedelta(microseconds=1)])
def test_before_its_deadline_a_report_stays_with_its_partner(now):
    assert due(a_report(), now) == a_report()


def test_at_its_deadline_a_report_that_needs_no_comment_is_approved():
    submitted = due(a_report(a_line(100, 95)))

    assert (submitted.state, submitted.review) == (ReportState.APPROVED, ReviewKind.AUTOMATIC)
    assert (submitted.submitted_at, submitted.total) == (DEADLINE, 100)


def test_at_its_deadline_unexplained_lines_are_billed_as_provisioned_and_noted():
    submitted = due(a_report(a_line(100, 20), a_line(30, 30, number=2)))

    assert submitted.state is ReportState.UNDER_REVIEW
    assert (submitted.review, submitted.total) == (ReviewKind.AUTOMATIC_WITH_PENALTY, 130)


@given(st.timedeltas(timedelta(), timedelta(days=100_000)))
def test_however_late_the_deadline_is_noticed_the_report_is_the_same(later):
    assert due(a_report(a_line(100, 20)), DEADLINE + later) == due(a_report(a_line(100, 20)))


@pytest.mark.parametrize("state", [state for state in ReportState if state is not ReportState.PREPARING])
def test_a_report_that_went_in_does_not_go_in_again(state):
    assert due(a_report(state=state)) == a_report(state=state)


def test_a_month_without_lines_has_nothing_to_submit():
    empty = replace(a_report(), lines=())

    assert due(empty) == empty
