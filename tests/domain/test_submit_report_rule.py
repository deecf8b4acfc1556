"""Submitting a month's report: when, with which lines, and what becomes of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.wording import read_wording
from assistant.domain.actions import SubmitReport
from assistant.domain.assessment import propose
from assistant.domain.errors import InvalidInput
from assistant.domain.issuing import Placeholders
from assistant.domain.refusals import RefusalCode
from assistant.domain.reports import ReportState, ReviewKind
from support.licensing import a_partner
from support.reports import OVER, a_line, a_report, a_report_situation

KEY = "C-1/WFS"
WORDING = read_wording()


def submit(*adjustments, report=None, **situation):
    return propose(SubmitReport("2026-02", adjustments), a_report_situation(report, **situation))


def submitted(*adjustments, report=None, **situation):
    return submit(*adjustments, report=report, **situation).apply(Placeholders()).report


def refused(outcome, code, **params):
    assert outcome.code is code, outcome
    assert dict(outcome.params) == params
    assert outcome.cites
    assert "{" not in WORDING.refusal(outcome)
    return True


def test_a_report_without_comments_is_approved_at_once():
    report = submitted(report=a_report(a_line(100, 95)))

    assert (report.state, report.review) == (ReportState.APPROVED, ReviewKind.MANUAL)
    assert (report.submitted_at, report.total) == (OVER, 100)


def test_a_report_with_a_comment_is_reviewed():
    report = submitted((KEY, 80, "Twenty left in January"), report=a_report(a_line(100, 80)))

    assert (report.state, report.total) == (ReportState.UNDER_REVIEW, 80)
    assert report.lines[0].comment == "Twenty left in January"


def test_the_preview_tells_what_is_billed_and_the_band_it_makes():
    quote = submit((KEY, 90, "Ten left"), report=a_report(a_line(110, 100))).quote

    assert dict(quote.before) == {"state": "preparing", "total": 110}
    assert dict(quote.after) == {"state": "under_review", "total": 90}
    assert dict(quote.values) == {
        "month": "2026-02", "lines": 1, "adjusted": 1, "total": 90, "total_before": 110, "total_after": 90,
        "band_before": "101-250", "band_after": "51-100",
    }  # fmt: skip
    assert [c.code for c in quote.consequences] == ["report_reviewed", "report_fixed", "band_changes"]


def test_a_band_that_stays_is_told_too():
    quote = submit(report=a_report(a_line(100, 95))).quote

    assert [c.code for c in quote.consequences] == ["report_auto_approved", "report_fixed", "band_stays"]


def test_a_month_that_is_not_over_cannot_be_submitted():
    outcome = submit(now=datetime(2026, 2, 28, 23, 59, tzinfo=UTC))

    assert refused(outcome, RefusalCode.REPORT_NOT_OVER, month="2026-02", **{"from": "2026-03-01"})


def test_a_month_is_over_when_it_is_in_the_partners_zone():
    now = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)

    assert submitted(now=now, partner=a_partner(time_zone="Europe/Berlin")).state is ReportState.APPROVED


@pytest.mark.parametrize(
    "state", [s for s in ReportState if s not in {ReportState.PREPARING, ReportState.REJECTED}]
)
def test_a_report_that_is_not_with_its_partner_cannot_be_changed(state):
    outcome = submit(report=a_report(state=state))

    shown = state.value.replace("_", " ")
    assert refused(outcome, RefusalCode.REPORT_NOT_EDITABLE, month="2026-02", state=shown)


def test_after_its_deadline_a_report_has_gone_in_by_itself():
    outcome = submit(now=datetime(2026, 3, 11, tzinfo=UTC))

    assert refused(outcome, RefusalCode.REPORT_NOT_EDITABLE, month="2026-02", state="approved")


def test_a_rejected_report_is_submitted_again_with_what_was_said_before():
    rejected = a_report(
        a_line(100, 80, chargeable=80, comment="Left"),
        state=ReportState.REJECTED,
        reason="Who left?",
        version=2,
    )

    report = submitted((KEY, 85, "Fifteen of the sales team"), report=rejected)

    assert (report.state, report.total, report.reason) == (ReportState.UNDER_REVIEW, 85, None)
    assert submitted(report=rejected).lines == rejected.lines


def test_a_line_that_the_report_does_not_have_is_named():
    outcome = submit(("C-9/WFS", 1, "x"))

    assert refused(outcome, RefusalCode.REPORT_LINE_UNKNOWN, month="2026-02", line="C-9/WFS")


@pytest.mark.parametrize("seats", [-1, 61])
def test_a_line_is_charged_with_none_to_all_of_its_billable_seats(seats):
    outcome = submit((KEY, seats, "x"), report=a_report(a_line(100, 50, moved=40)))

    assert refused(
        outcome,
        RefusalCode.REPORT_CHARGEABLE_INVALID,
        maximum=60,
        product="Worry-Free Services",
        customer="Contoso",
    )


@pytest.mark.parametrize(
    ("line", "adjustments"),
    [
        (a_line(100, 95), [(KEY, 99, "")]),
        (a_line(100, 95), [(KEY, 99, "  \n ")]),
        (a_line(100, 50), []),
        (a_line(100, 50), [(KEY, 100, "")]),
    ],
)
def test_a_line_that_wants_a_comment_is_named(line, adjustments):
    outcome = submit(*adjustments, report=a_report(line))

    assert refused(
        outcome,
        RefusalCode.REPORT_COMMENT_NEEDED,
        percent=10,
        product="Worry-Free Services",
        customer="Contoso",
    )


@pytest.mark.parametrize("adjustments", [[(KEY, 90, "x"), (KEY, 80, "y")], [(KEY, 90, "x" * 1001)]])
def test_adjustments_that_say_nothing_clear_are_bad_input(adjustments):
    with pytest.raises(InvalidInput) as refused:
        submit(*adjustments)

    assert refused.value.field == "adjustments"


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50) | st.none()), min_size=1, max_size=5), st.data()
)
def test_what_is_submitted_is_billed_and_explained(figures, data):
    lines = [a_line(seats, used, number=number) for number, (seats, used) in enumerate(figures)]
    seats = [data.draw(st.integers(0, line.billable)) for line in lines]
    adjustments = [(line.key, n, "Explained") for line, n in zip(lines, seats, strict=True)]

    report = submitted(*adjustments, report=a_report(*lines))

    assert report.total == sum(seats) <= report.billable
    assert report.state is ReportState.UNDER_REVIEW
    assert not report.editable
    assert replace(report, state=ReportState.PREPARING).editable
