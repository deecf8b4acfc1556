"""Submitting a month's usage report.

The month must be over and the report not yet submitted, or rejected (cited as ``reports``). A line is charged with its billable seats unless
the partner lowers it; a lowered line, and one with more unused seats than the catalogue lets pass, needs a comment. A report
with comments is reviewed by the vendor, one without is approved at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.domain.actions import SubmitReport
from assistant.domain.errors import InvalidInput
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.reports import LONGEST_COMMENT, ReportLine, ReportState, ReviewKind, UsageReport
from assistant.domain.situations import Findings, Issuer, Outcome, ReportSituation

RULE = "reports"


@dataclass(frozen=True)
class SubmissionFacts:
    """What an allowed submission rests on: the report as it will be."""

    after: UsageReport


def assess(action: SubmitReport, situation: ReportSituation) -> SubmissionFacts | Refusal:
    """Tell whether the report may be submitted so. Raises InvalidInput for adjustments that no rule can speak about."""
    changes = _changes(action)
    refusal = (
        _not_over(situation)
        or _not_editable(situation.report, situation)
        or _empty(situation)
        or _unknown_line(changes, situation)
    )
    if refusal:
        return refusal
    lines = tuple(_adjusted(line, changes.get(line.key)) for line in situation.report.lines)
    refusal = next((found for line in lines if (found := _line_refusal(line, situation))), None)
    return refusal or SubmissionFacts(_submitted(lines, situation))


def findings(action: SubmitReport, facts: SubmissionFacts, situation: ReportSituation) -> Findings:
    """Describe the report, what it bills and the band that this makes, and what happens to it next."""
    before, after = situation.report, facts.after
    band = {
        state: situation.band(seats) for state, seats in (("before", before.billable), ("after", after.total))
    }
    values: dict[str, QuoteValue] = {
        "month": action.month,
        "lines": len(after.lines),
        "adjusted": len(action.adjustments),
        "total": after.total,
        "total_before": before.billable,
        "total_after": after.total,
        "band_before": band["before"],
        "band_after": band["after"],
    }
    cites = situation.policy.cite(RULE)
    reviewed = after.state is ReportState.UNDER_REVIEW
    code = ConsequenceCode.REPORT_REVIEWED if reviewed else ConsequenceCode.REPORT_AUTO_APPROVED
    consequences = (
        Consequence(code, {}, cites),
        Consequence(ConsequenceCode.REPORT_FIXED, {}, cites),
        _band(values, situation),
    )
    return Findings(values, before.standing, after.standing, consequences)


def apply(
    _action: SubmitReport, facts: SubmissionFacts, _situation: ReportSituation, _issuer: Issuer
) -> Outcome:
    """Return the submitted report."""
    return Outcome(report=facts.after)


def _changes(action: SubmitReport) -> Mapping[str, tuple[int, str]]:
    changes = {key: (seats, comment.strip()) for key, seats, comment in action.adjustments}
    if len(changes) != len(action.adjustments):
        raise InvalidInput("adjustments", "must name each line once")
    if any(len(comment) > LONGEST_COMMENT for _, comment in changes.values()):
        raise InvalidInput("adjustments", f"must have comments of at most {LONGEST_COMMENT} characters")
    return changes


def _not_over(situation: ReportSituation) -> Refusal | None:
    month = situation.report.month
    if situation.today >= month.next.first:
        return None
    params: dict[str, QuoteValue] = {"month": str(month), "from": month.next.first.isoformat()}
    return Refusal(RefusalCode.REPORT_NOT_OVER, params, "month", situation.policy.cite(RULE))


def _not_editable(report: UsageReport, situation: ReportSituation) -> Refusal | None:
    if report.editable:
        return None
    params: dict[str, QuoteValue] = {
        "month": str(report.month),
        "state": report.state.value.replace("_", " "),
    }
    return Refusal(RefusalCode.REPORT_NOT_EDITABLE, params, "month", situation.policy.cite(RULE))


def _empty(situation: ReportSituation) -> Refusal | None:
    if situation.report.lines:
        return None
    params: dict[str, QuoteValue] = {"month": str(situation.report.month)}
    return Refusal(RefusalCode.REPORT_EMPTY, params, "month", situation.policy.cite(RULE))


def _unknown_line(changes: Mapping[str, tuple[int, str]], situation: ReportSituation) -> Refusal | None:
    known = {line.key for line in situation.report.lines}
    unknown = next((key for key in changes if key not in known), None)
    if unknown is None:
        return None
    params: dict[str, QuoteValue] = {"month": str(situation.report.month), "line": unknown}
    return Refusal(RefusalCode.REPORT_LINE_UNKNOWN, params, "choice", situation.policy.cite(RULE))


def _adjusted(line: ReportLine, change: tuple[int, str] | None) -> ReportLine:
    if change is None:
        return line
    chargeable, comment = change
    return line._replace(chargeable=chargeable, comment=comment or None)


def _line_refusal(line: ReportLine, situation: ReportSituation) -> Refusal | None:
    named: dict[str, QuoteValue] = {"product": line.name, "customer": line.customer}
    cites = situation.policy.cite(RULE)
    if not 0 <= line.chargeable <= line.billable:
        params = {**named, "maximum": line.billable}
        return Refusal(RefusalCode.REPORT_CHARGEABLE_INVALID, params, "seats", cites)
    if line.unexplained(situation.catalogue.reports):
        params = {**named, "percent": situation.catalogue.reports.unused_percent}
        return Refusal(RefusalCode.REPORT_COMMENT_NEEDED, params, "reason", cites)
    return None


def _submitted(lines: tuple[ReportLine, ...], situation: ReportSituation) -> UsageReport:
    commented = any(line.comment for line in lines)
    return replace(
        situation.report,
        lines=lines,
        state=ReportState.UNDER_REVIEW if commented else ReportState.APPROVED,
        review=ReviewKind.MANUAL,
        reason=None,
        submitted_at=situation.now,
    )


def _band(values: Mapping[str, QuoteValue], situation: ReportSituation) -> Consequence:
    cites = situation.policy.cite("user_band")
    before, after = values["band_before"], values["band_after"]
    if before == after:
        return Consequence(ConsequenceCode.BAND_STAYS, {"band": after}, cites)
    return Consequence(ConsequenceCode.BAND_CHANGES, {"band_before": before, "band_after": after}, cites)
