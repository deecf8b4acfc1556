"""Turns reports and the seats behind them into the views of lookups."""

from collections.abc import Iterable, Mapping, Sequence

from assistant.domain.audit import AuditEntry, AuditName
from assistant.domain.bands import to_edges
from assistant.domain.catalogue import Catalogue
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
    lower, higher = to_edges(report.total, bands)
    month = str(report.month)
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
        lines=tuple(line_view(line, catalogue) for line in report.lines),
        provisioned=sum(line.provisioned for line in report.lines),
        billable=report.billable,
        total=report.total,
        band=catalogue.band(report.total, report.month.first).label,
        to_lower=lower,
        to_higher=higher,
        history=tuple(views.history_item(entry) for entry in steps if entry.values.get("month") == month),
    )


def line_view(line: ReportLine, catalogue: Catalogue) -> ReportLineView:
    """Show a line of a report."""
    product = catalogue.products.get(line.product)
    return ReportLineView(
        key=line.key,
        customer_id=line.customer_id,
        customer=line.customer,
        product=line.product,
        name=line.name,
        unit=product.unit if product else "seat",
        provisioned=line.provisioned,
        used=line.used,
        moved=line.moved,
        billable=line.billable,
        chargeable=line.chargeable,
        unused_percent=line.unused_percent,
        comment=line.comment,
        needs_comment=line.unexplained(catalogue.reports),
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
