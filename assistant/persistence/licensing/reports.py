"""Usage reports in rows."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, insert, select, update

from assistant.domain.errors import Conflict
from assistant.domain.identifiers import PartnerId
from assistant.domain.periods import BillingMonth
from assistant.domain.reports import OPEN_STATES, ReportLine, ReportState, ReviewKind, UsageReport
from assistant.persistence.failures import conflict_where_taken
from assistant.persistence.tables.licensing_records import usage_report_lines, usage_reports
from assistant.ports.storage.licensing_reports import StoredReport

_LINE = (
    "customer_id",
    "customer",
    "product",
    "name",
    "provisioned",
    "used",
    "moved",
    "chargeable",
    "comment",
)
_CHANGED = "The report was changed by somebody else."


class SqlReports:
    """Keeps submitted reports with their lines."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, partner_id: PartnerId, month: BillingMonth) -> UsageReport | None:
        """Return a stored report with its lines, or None."""
        row = self._connection.execute(
            select(usage_reports).where(_is_of(usage_reports, partner_id, month))
        ).one_or_none()
        if row is None:
            return None
        lines = usage_report_lines.c
        found = (
            select(*(lines[name] for name in _LINE))
            .where(_is_of(usage_report_lines, partner_id, month))
            .order_by(lines.position)
        )
        return _report(row, tuple(ReportLine(*line) for line in self._connection.execute(found)))

    def of(self, partner_id: PartnerId) -> tuple[StoredReport, ...]:
        """Return a partner's reports, newest month first."""
        found = select(usage_reports).where(usage_reports.c.partner_id == partner_id)
        return tuple(self._heads(found.order_by(usage_reports.c.month.desc())))

    def open(self) -> tuple[StoredReport, ...]:
        """Return the reports of all partners that the vendor's desk can decide on, oldest month first."""
        columns = usage_reports.c
        found = select(usage_reports).where(columns.state.in_([state.value for state in OPEN_STATES]))
        return tuple(self._heads(found.order_by(columns.month, columns.partner_id)))

    def save(self, before: UsageReport, after: UsageReport) -> None:
        """Store a step: a new report, or the next version of the one read; lines are written where they changed."""
        if before.version == 0:
            with conflict_where_taken(_CHANGED, usage_reports.primary_key.columns):
                self._connection.execute(insert(usage_reports).values(_row(after, version=1)))
        else:
            moved = self._connection.execute(
                update(usage_reports)
                .where(
                    _is_of(usage_reports, before.partner_id, before.month),
                    usage_reports.c.version == before.version,
                )
                .values(_row(after, version=before.version + 1))
            )
            if moved.rowcount != 1:
                raise Conflict(_CHANGED)
        if before.version == 0 or before.lines != after.lines:
            self._write_lines(after)

    def _write_lines(self, report: UsageReport) -> None:
        self._connection.execute(
            delete(usage_report_lines).where(_is_of(usage_report_lines, report.partner_id, report.month))
        )
        home = {"partner_id": report.partner_id, "month": str(report.month)}
        rows = [{**home, **line._asdict(), "position": number} for number, line in enumerate(report.lines)]
        if rows:
            self._connection.execute(insert(usage_report_lines), rows)

    def _heads(self, found: Select[Any]) -> Iterator[StoredReport]:
        for row in self._connection.execute(found):
            month = BillingMonth.parse(row.month)
            yield StoredReport(PartnerId(row.partner_id), month, ReportState(row.state))


def _is_of(table: Any, partner_id: PartnerId, month: BillingMonth) -> Any:
    return and_(table.c.partner_id == partner_id, table.c.month == str(month))


def _row(report: UsageReport, *, version: int) -> dict[str, Any]:
    return {
        "partner_id": report.partner_id,
        "month": str(report.month),
        "state": report.state.value,
        "review": report.review.value if report.review else None,
        "reason": report.reason,
        "submitted_at": report.submitted_at,
        "version": version,
    }


def _report(row: Row[Any], lines: tuple[ReportLine, ...]) -> UsageReport:
    return UsageReport(
        partner_id=PartnerId(row.partner_id),
        month=BillingMonth.parse(row.month),
        state=ReportState(row.state),
        lines=lines,
        review=ReviewKind(row.review) if row.review else None,
        reason=row.reason,
        submitted_at=row.submitted_at,
        version=row.version,
    )
