"""Turns reports and the seats behind them into the views of lookups."""

from collections.abc import Iterable, Mapping, Sequence

from assistant.domain.audit import AuditEntry, AuditName
from assistant.domain.bands import to_edges
from assistant.domain.catalogue import Catalogue, ReportTerms
from assistant.domain.lookups import HistoryItem
from assistant.domain.partners import Partner
from assistant.domain.report_lookups import ReportLineView, ReportView, SpanView
from assistant.domain.reports import ReportLine, UsageReport, deadline
from assistant.domain.usage import SeatSpan
from assistant.licensing import views

_ENDS = frozenset(
    {
        AuditName.CANCELLED,
        AuditName.SUSPENDED,
        AuditName.CROSSGRADED,
        AuditName.CUSTOMER_STATE_CHANGED,
        AuditName.TERM_CHANGED,
        AuditName.MIGRATION_CONTINUED,
        AuditName.GRACE_BEGAN,
        AuditName.EXPIRED,
    }
)
STEPS = (AuditName.REPORT_SUBMITTED, AuditName.REPORT_REVIEWED)
"""The audit's names for what happens to reports."""


def report_view(
    report: UsageReport, partner: Partner, catalogue: Catalogue, steps: Iterable[AuditEntry]
) -> ReportView:
    """Show a report with the entries of ``steps`` that are about it."""
    bands = catalogue.bands(report.month.first)
    total = report.total
    lower, higher = to_edges(total, bands)
    month, units = str(report.month), _units(catalogue)
    return ReportView(
        partner_id=partner.id,
        partner=partner.name,
        month=month,
        state=report.state.value,
        review=report.review.value if report.review else None,
        reason=report.reason,
        submitted_at=report.submitted_at,
        deadline=deadline(report.month, catalogue.reports, partner.time_zone),
        editable=report.editable,
        lines=tuple([_line_view(line, units, catalogue.reports) for line in report.lines]),
        provisioned=sum(line.provisioned for line in report.lines),
        billable=report.billable,
        total=total,
        band=catalogue.band(total, report.month.first).label,
        to_lower=lower,
        to_higher=higher,
        history=tuple(views.history_item(entry) for entry in steps if entry.values.get("month") == month),
    )


def line_view(line: ReportLine, catalogue: Catalogue) -> ReportLineView:
    """Show a line of a report."""
    return _line_view(line, _units(catalogue), catalogue.reports)


def _units(catalogue: Catalogue) -> Mapping[str, str]:
    return {code: product.unit for code, product in catalogue.products.items()}


def _line_view(line: ReportLine, units: Mapping[str, str], terms: ReportTerms) -> ReportLineView:
    # by position, as a large partner's month has hundreds of thousands of lines
    customer_id, customer, product, name, provisioned, used, moved, chargeable, comment = line
    return ReportLineView(
        line.key,
        customer_id,
        customer,
        product,
        name,
        units.get(product, "seat"),
        provisioned,
        used,
        moved,
        provisioned - moved,
        chargeable,
        0 if used is None else line.unused_percent,
        comment,
        line.unexplained(terms),
    )


def span_views(
    spans: Sequence[SeatSpan], began: Mapping[str, AuditEntry | None], changes: Sequence[AuditEntry]
) -> tuple[SpanView, ...]:
    """Show the spans of a line; ``began`` has the entries by reference, ``changes`` are the customer's of the month."""
    return tuple(
        SpanView(
            seats=span.seats,
            since=span.since,
            until=span.until,
            moved=span.moved,
            began=_item(began.get(span.reference)),
            ended=_item(_end_of(span, spans, began, changes)),
        )
        for span in spans
    )


def _end_of(
    span: SeatSpan,
    spans: Sequence[SeatSpan],
    began: Mapping[str, AuditEntry | None],
    changes: Sequence[AuditEntry],
) -> AuditEntry | None:
    # what began the next span of the same subscription ended this one
    for other in spans:
        if other.subscription_id == span.subscription_id and other.since == span.until:
            return began.get(other.reference)
    ends = (entry for entry in changes if entry.name in _ENDS and entry.when == span.until)
    return next(ends, None)


def _item(entry: AuditEntry | None) -> HistoryItem | None:
    return views.history_item(entry) if entry else None
