"""The report of a month: as it was stored, or computed from what was provisioned while nobody has submitted it."""

from datetime import datetime

from assistant.domain.catalogue import Catalogue
from assistant.domain.partners import Partner
from assistant.domain.periods import BillingMonth
from assistant.domain.reports import ReportState, UsageReport, due_report, report_lines
from assistant.domain.usage import Month
from assistant.ports.storage.licensing import LicensingUnit


def report_of(
    unit: LicensingUnit, partner: Partner, month: BillingMonth, catalogue: Catalogue
) -> UsageReport:
    """Return a partner's report of a month; for one that is not over, what it comes to as things are agreed now."""
    return unit.reports.get(partner.id, month) or computed_report(unit, partner, month, catalogue)


def current_report(
    unit: LicensingUnit, partner: Partner, month: BillingMonth, catalogue: Catalogue, now: datetime
) -> UsageReport:
    """Return a partner's report of a month as of now: submitted by itself where its deadline passed."""
    report = report_of(unit, partner, month, catalogue)
    return due_report(report, catalogue.reports, partner.time_zone, now)


def computed_report(
    unit: LicensingUnit, partner: Partner, month: BillingMonth, catalogue: Catalogue
) -> UsageReport:
    """Return the report that is being prepared for a month, whether or not one is stored."""
    peaks = unit.usage.peaks(partner.id, Month(*month.bounds(partner.time_zone)))
    return UsageReport(partner.id, month, ReportState.PREPARING, report_lines(peaks, catalogue))
