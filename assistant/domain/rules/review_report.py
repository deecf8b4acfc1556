"""Deciding on a partner's usage report, by the vendor's licensing desk (cited as ``reports``).

What is under review is approved or rejected; what is approved goes on to the vendor's books, which complete it or return it; what was
returned comes under review again. Sending a report back needs a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.domain.actions import ReviewReport
from assistant.domain.errors import InvalidInput
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.reports import LONGEST_COMMENT, ReportState, ReviewKind, UsageReport
from assistant.domain.situations import Findings, Issuer, Outcome, ReportSituation

RULE = "reports"
DECISIONS: Mapping[ReportState, Mapping[str, ReportState]] = {
    ReportState.UNDER_REVIEW: {"approve": ReportState.APPROVED, "reject": ReportState.REJECTED},
    ReportState.APPROVED: {"submit": ReportState.SUBMITTED},
    ReportState.SUBMITTED: {"complete": ReportState.COMPLETED, "return": ReportState.RETURNED},
    ReportState.RETURNED: {"review": ReportState.UNDER_REVIEW},
}
"""What can be decided about a report in each state, and the state that follows."""
_NEEDS_REASON = frozenset({"reject", "return"})


@dataclass(frozen=True)
class ReviewFacts:
    """What an allowed decision rests on: the report as it will be."""

    after: UsageReport


def assess(action: ReviewReport, situation: ReportSituation) -> ReviewFacts | Refusal:
    """Tell whether this can be decided now. Raises InvalidInput for a reason that is too long."""
    report, reason = situation.report, (action.reason or "").strip()
    if len(reason) > LONGEST_COMMENT:
        raise InvalidInput("reason", f"must be at most {LONGEST_COMMENT} characters")
    possible = DECISIONS.get(report.state, {})
    state = possible.get(action.decision)
    cites = situation.policy.cite(RULE)
    if state is None:
        params: dict[str, QuoteValue] = {
            "state": report.state.value.replace("_", " "),
            "next": ", ".join(possible) or None,
        }
        return Refusal(RefusalCode.REPORT_DECISION_INVALID, params, "choice", cites)
    if action.decision in _NEEDS_REASON and not reason:
        return Refusal(RefusalCode.REPORT_REASON_NEEDED, {}, "reason", cites)
    return ReviewFacts(_decided(report, state, reason))


def findings(action: ReviewReport, facts: ReviewFacts, situation: ReportSituation) -> Findings:
    """Describe the report and where the decision takes it."""
    before, after = situation.report, facts.after
    values: dict[str, QuoteValue] = {
        "partner": situation.partner.name,
        "month": action.month,
        "decision": action.decision,
        "reason": after.reason,
        "lines": len(after.lines),
        "total": after.total,
        "band": situation.band(after.total),
    }
    cites = situation.policy.cite(RULE)
    fixed = after.state in {ReportState.APPROVED, ReportState.COMPLETED}
    consequences = (Consequence(ConsequenceCode.REPORT_FIXED, {}, cites),) if fixed else ()
    return Findings(values, before.standing, after.standing, consequences, cites)


def apply(_action: ReviewReport, facts: ReviewFacts, _situation: ReportSituation, _issuer: Issuer) -> Outcome:
    """Return the report as decided."""
    return Outcome(report=facts.after)


def _decided(report: UsageReport, state: ReportState, reason: str) -> UsageReport:
    review = ReviewKind.RETURNED if report.state is ReportState.RETURNED else report.review
    return replace(report, state=state, review=review, reason=reason or report.reason)
