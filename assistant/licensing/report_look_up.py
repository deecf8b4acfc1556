"""Answers lookups about months, each narrowed to the partner that the principal may see."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from assistant.domain.catalogue import Catalogue
from assistant.domain.errors import NotFound
from assistant.domain.identifiers import PartnerId
from assistant.domain.lookups import HistoryItem
from assistant.domain.partners import Partner
from assistant.domain.periods import BillingMonth, local_date
from assistant.domain.principals import Permission, may
from assistant.domain.report_lookups import (
    BandView,
    BandWhatIf,
    BillView,
    MonthUsage,
    Reports,
    ReportSummary,
    ReportView,
    Transactions,
    WhyBilled,
    what_if,
)
from assistant.domain.reports import UsageReport
from assistant.domain.usage import Month
from assistant.licensing import report_views, views
from assistant.licensing.asker import Asker
from assistant.licensing.reports import current_report
from assistant.ports.storage.licensing import LicensingUnit

_MONTHS_LISTED = 24
_NO_REPORT = "There is no such report."


def _month_usage(asker: Asker, lookup: MonthUsage) -> ReportView:
    month = BillingMonth.parse(lookup.month)
    partner = _partner_of(asker, lookup.partner_id)
    return shown_report(asker.unit, partner, month, asker.catalogue, asker.now)


def shown_report(
    unit: LicensingUnit, partner: Partner, month: BillingMonth, catalogue: Catalogue, now: datetime
) -> ReportView:
    """Show a partner's report of a month, as of now."""
    report = current_report(unit, partner, month, catalogue, now)
    steps = unit.audit.of_partner(partner.id, report_views.STEPS)
    return report_views.report_view(report, partner, catalogue, steps)


def _reports(asker: Asker, _lookup: Reports) -> tuple[ReportSummary, ...]:
    if may(asker.principal, Permission.CASES_WORK):
        names = {partner.id: partner.name for partner in asker.unit.partners.all()}
        return tuple(
            ReportSummary(report.partner_id, names[report.partner_id], str(report.month), report.state.value)
            for report in asker.unit.reports.open()
        )
    partner = asker.partner()
    return tuple(_own_reports(asker, partner)) if partner else ()


def _own_reports(asker: Asker, partner: Partner) -> Iterator[ReportSummary]:
    first = asker.unit.usage.first(partner.id)
    if first is None:
        return
    stored = {report.month: report.state for report in asker.unit.reports.of(partner.id)}
    earliest = BillingMonth.of(local_date(first, partner.time_zone))
    month = BillingMonth.of(local_date(asker.now, partner.time_zone))
    for _ in range(_MONTHS_LISTED):
        if month < earliest:
            return
        if month in stored:
            yield ReportSummary(partner.id, partner.name, str(month), stored[month].value)
        elif (report := _report_now(asker, partner, month)).lines:
            yield ReportSummary(partner.id, partner.name, str(month), report.state.value)
        month = month.before


def _transactions(asker: Asker, lookup: Transactions) -> tuple[HistoryItem, ...]:
    month = BillingMonth.parse(lookup.month)
    partner = asker.partner(Permission.HISTORY_READ)
    if partner is None:
        return ()
    entries = asker.unit.audit.in_time(partner.id, None, *month.bounds(partner.time_zone))
    items = (views.history_item(entry) for entry in entries)
    return tuple(item for item in items if item.transaction)


def _why_billed(asker: Asker, lookup: WhyBilled) -> BillView:
    month = BillingMonth.parse(lookup.month)
    partner = _partner_of(asker, lookup.partner_id)
    report = _report_now(asker, partner, month)
    line = next((line for line in report.lines if line.key == lookup.line), None)
    if line is None:
        raise NotFound("The report of this month has no such line.")
    since, until = month.bounds(partner.time_zone)
    spans = asker.unit.usage.spans(partner.id, line.customer_id, line.product, Month(since, until))
    changes = asker.unit.audit.in_time(partner.id, line.customer_id, since, until)
    began = {r: asker.unit.audit.by_reference(partner.id, r) for span in spans if (r := span.reference)}
    return BillView(
        month=str(month),
        line=report_views.line_view(line, asker.catalogue),
        spans=report_views.span_views(spans, began, changes),
    )


def _band_what_if(asker: Asker, lookup: BandWhatIf) -> BandView:
    return what_if(lookup, asker.catalogue.bands(local_date(asker.now, "UTC")))


def _partner_of(asker: Asker, partner_id: PartnerId | None) -> Partner:
    partner = asker.partner()
    if partner_id and may(asker.principal, Permission.CASES_WORK):
        partner = asker.unit.partners.by_id(partner_id)
    if partner is None or partner_id not in {None, partner.id}:
        raise NotFound(_NO_REPORT)
    return partner


def _report_now(asker: Asker, partner: Partner, month: BillingMonth) -> UsageReport:
    return current_report(asker.unit, partner, month, asker.catalogue, asker.now)


ANSWERS: Mapping[type, Callable[[Asker, Any], Any]] = {
    MonthUsage: _month_usage,
    Reports: _reports,
    Transactions: _transactions,
    WhyBilled: _why_billed,
    BandWhatIf: _band_what_if,
}
