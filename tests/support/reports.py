"""Builders for months: lines, reports and the situations they are worked on in."""

from datetime import UTC, datetime

from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.domain.periods import BillingMonth
from assistant.domain.reports import ReportLine, ReportState, UsageReport
from assistant.domain.situations import ReportSituation
from support.licensing import a_partner, every_rule_cited, the_catalogue

MONTH = BillingMonth(2026, 2)
OVER = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)
"""An instant after the month and before its deadline."""


def a_line(
    provisioned=100, used=None, *, moved=0, chargeable=None, comment=None, customer="Contoso", number=1
):
    return ReportLine(
        customer_id=CustomerId(f"C-{number}"),
        customer=customer,
        product="WFS",
        name="Worry-Free Services",
        provisioned=provisioned,
        used=used,
        moved=moved,
        chargeable=provisioned - moved if chargeable is None else chargeable,
        comment=comment,
    )


def a_report(*lines, state=ReportState.PREPARING, month=MONTH, version=0, **more):
    return UsageReport(PartnerId("P-1"), month, state, lines or (a_line(),), version=version, **more)


def a_report_situation(report=None, *, now=OVER, partner=None, total=100):
    return ReportSituation(
        partner=partner or a_partner(),
        catalogue=the_catalogue(),
        policy=every_rule_cited(),
        now=now,
        total=total,
        stored=report or a_report(),
    )
