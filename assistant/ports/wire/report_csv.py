"""The CSV form of a usage report, for spreadsheets."""

from assistant.domain.report_lookups import ReportView
from assistant.domain.spreadsheets import csv_text

_HEADINGS = (
    "Partner", "Month", "State", "Customer", "Product", "Unit", "Provisioned", "Used", "Unused %", "Billed elsewhere",
    "Billable", "Chargeable", "Comment",
)  # fmt: skip


def report_csv(report: ReportView) -> str:
    """Write a report with one row for each line; a cell that a spreadsheet would take for a formula is defused."""
    rows = (
        (
            report.partner,
            report.month,
            report.state,
            line.customer,
            line.name,
            line.unit,
            line.provisioned,
            line.used,
            line.unused_percent,
            line.moved,
            line.billable,
            line.chargeable,
            line.comment,
        )
        for line in report.lines
    )
    return csv_text([_HEADINGS, *rows])
