"""Decisions of the vendor's desk on reports, and the life of a report over any order of steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.wording import read_wording
from assistant.domain.actions import ReviewReport, SubmitReport
from assistant.domain.assessment import propose
from assistant.domain.errors import InvalidInput
from assistant.domain.issuing import Placeholders
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.reports import OPEN_STATES, ReportState, ReviewKind
from assistant.domain.rules.review_report import DECISIONS
from support.reports import a_line, a_report, a_report_situation

WORDING = read_wording()
ALL = sorted({decision for possible in DECISIONS.values() for decision in possible})


def decide(decision, state, reason=None):
    action = ReviewReport("P-1", "2026-02", decision, reason)
    return propose(action, a_report_situation(a_report(state=state, review=ReviewKind.MANUAL, version=1)))


def decided(decision, state, reason=None):
    return decide(decision, state, reason).apply(Placeholders()).report


@pytest.mark.parametrize(
    ("state", "decision", "after"),
    [
        (ReportState.UNDER_REVIEW, "approve", ReportState.APPROVED),
        (ReportState.UNDER_REVIEW, "reject", ReportState.REJECTED),
        (ReportState.APPROVED, "submit", ReportState.SUBMITTED),
        (ReportState.SUBMITTED, "complete", ReportState.COMPLETED),
        (ReportState.SUBMITTED, "return", ReportState.RETURNED),
        (ReportState.RETURNED, "review", ReportState.UNDER_REVIEW),
    ],
)
def test_a_decision_takes_a_report_on(state, decision, after):
    assert decided(decision, state, "Please explain").state is after


@pytest.mark.parametrize("state", ReportState)
@pytest.mark.parametrize("decision", [*ALL, "", "burn"])
def test_what_cannot_be_decided_in_a_state_is_refused_with_what_can(state, decision):
    possible = DECISIONS.get(state, {})
    outcome = decide(decision, state, "Because")

    if decision in possible:
        assert not isinstance(outcome, Refusal)
        return
    assert outcome.code is RefusalCode.REPORT_DECISION_INVALID
    assert outcome.params == {"state": state.value.replace("_", " "), "next": ", ".join(possible) or None}
    assert outcome.cites
    assert "{" not in WORDING.refusal(outcome)


@pytest.mark.parametrize(
    ("decision", "state"), [("reject", ReportState.UNDER_REVIEW), ("return", ReportState.SUBMITTED)]
)
@pytest.mark.parametrize("reason", [None, "", "  "])
def test_sending_back_needs_a_reason(decision, state, reason):
    outcome = decide(decision, state, reason)

    assert (outcome.code, outcome.slot) == (RefusalCode.REPORT_REASON_NEEDED, "reason")
    assert outcome.cites
    assert WORDING.refusal(outcome)


def test_a_reason_that_is_too_long_is_bad_input():
    with pytest.raises(InvalidInput) as refused:
        decide("reject", ReportState.UNDER_REVIEW, "x" * 1001)

    assert refused.value.field == "reason"


def test_a_returned_report_is_reviewed_as_one():
    report = decided("review", ReportState.RETURNED)

    assert (report.state, report.review) == (ReportState.UNDER_REVIEW, ReviewKind.RETURNED)


def test_the_preview_names_the_partner_the_month_and_what_it_bills():
    quote = decide("reject", ReportState.UNDER_REVIEW, "Who left?").quote

    assert quote.values == {
        "partner": "Northwind", "month": "2026-02", "decision": "reject", "reason": "Who left?", "lines": 1,
        "total": 100, "band": "51-100",
    }  # fmt: skip
    assert (quote.before["state"], quote.after["state"]) == ("under_review", "rejected")


def test_the_desk_can_decide_in_each_open_state_and_in_no_other():
    assert set(DECISIONS) == OPEN_STATES


STEPS = st.lists(
    st.sampled_from([*(ReviewReport("P-1", "2026-02", d, "Reason") for d in ALL), SubmitReport("2026-02")])
    | st.builds(
        lambda seats: SubmitReport("2026-02", (("C-1/WFS", seats, "Explained"),)), st.integers(-1, 101)
    ),
    max_size=12,
)


@given(STEPS)
def test_over_any_steps_only_its_partner_changes_lines_and_only_while_it_may(steps):
    report = a_report(a_line(100, 50))
    for step in steps:
        proposal = propose(step, a_report_situation(report))
        if isinstance(proposal, Refusal):
            continue
        after = proposal.apply(Placeholders()).report
        assert report.editable is isinstance(step, SubmitReport)
        assert report.editable or after.lines == report.lines
        assert proposal.quote.after == after.standing
        report = after
    assert report.state is not ReportState.PREPARING or report == a_report(a_line(100, 50))
