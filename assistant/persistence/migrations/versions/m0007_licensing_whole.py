"""Terms that can be changed, ends and holds, seats over time, and what goes on beside licences."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from assistant.persistence.tables.base import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_SUITES = {
    "wfbs-advanced": "WFBSADV",
    "wf-services-advanced": "WFSADV",
    "wf-services-xdr": "WFXDR",
}
_LONG_AGO = "1970-01-01"
_TABLES = (
    "seat_spans", "seat_steps", "usage_samples", "usage_report_lines", "usage_reports", "suite_approvals",
    "cases", "nfr_licences", "remote_customers",
)  # fmt: skip


def upgrade() -> None:
    op.execute("ALTER TABLE subscriptions RENAME COLUMN initial_months TO months")
    for table, columns in _new_columns().items():
        for column in columns:
            op.add_column(table, column)
    _create_seats()
    _create_reports()
    _create_cases()
    _fill_customers()
    _fill_subscriptions()
    _fill_seats()
    op.create_index("ix_customers_partner_id_name_key", "customers", ["partner_id", "name_key"])
    op.create_index(
        "ix_subscriptions_partner_id_next_due_id", "subscriptions", ["partner_id", "next_due", "id"]
    )
    op.create_index("ix_standard_licences_id", "standard_licences", ["id"], unique=True)


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
    op.drop_index("ix_standard_licences_id", "standard_licences")
    op.drop_index("ix_subscriptions_partner_id_next_due_id", "subscriptions")
    op.drop_index("ix_customers_partner_id_name_key", "customers")
    for table, columns in reversed(_new_columns().items()):
        for column in reversed(columns):
            op.drop_column(table, column.name)
    op.execute("ALTER TABLE subscriptions RENAME COLUMN months TO initial_months")


def _partner(**more: Any) -> sa.Column[Any]:
    return sa.Column("partner_id", sa.String(40), sa.ForeignKey("partners.id"), nullable=False, **more)


def _customer(**more: Any) -> sa.Column[Any]:
    return sa.Column("customer_id", sa.String(40), sa.ForeignKey("customers.id"), nullable=False, **more)


def _create_seats() -> None:
    op.create_table(
        "seat_spans",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        _partner(),
        _customer(index=True),
        sa.Column("subscription_id", sa.String(40), nullable=False, index=True),
        sa.Column("product", sa.String(40), nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("until", Instant),
        sa.Column("moved", sa.Integer, nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
    )
    op.create_index("ix_seat_spans_partner_id_until_since", "seat_spans", ["partner_id", "until", "since"])
    op.create_table(
        "seat_steps",
        _partner(primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("seats", sa.Integer, nullable=False),
    )
    op.create_table(
        "usage_samples",
        sa.Column("subscription_id", sa.String(40), sa.ForeignKey("subscriptions.id"), primary_key=True),
        sa.Column("at", Instant, primary_key=True),
        _partner(),
        _customer(),
        sa.Column("product", sa.String(40), nullable=False),
        sa.Column("used", sa.Integer, nullable=False),
    )
    op.create_index("ix_usage_samples_partner_id_at", "usage_samples", ["partner_id", "at"])


def _create_reports() -> None:
    op.create_table(
        "usage_reports",
        _partner(primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("review", sa.String(30)),
        sa.Column("reason", sa.String(1000)),
        sa.Column("submitted_at", Instant),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "usage_report_lines",
        _partner(primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("customer_id", sa.String(40), nullable=False),
        sa.Column("customer", sa.String(200), nullable=False),
        sa.Column("product", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("provisioned", sa.Integer, nullable=False),
        sa.Column("used", sa.Integer),
        sa.Column("moved", sa.Integer, nullable=False),
        sa.Column("chargeable", sa.Integer, nullable=False),
        sa.Column("comment", sa.String(1000)),
    )
    op.create_table(
        "suite_approvals",
        _partner(primary_key=True),
        sa.Column("product", sa.String(40), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("data_center", sa.String(40)),
    )


def _create_cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.String(40), primary_key=True),
        _partner(),
        _customer(index=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("about", sa.JSON, nullable=False),
        sa.Column("steps", sa.JSON, nullable=False),
        sa.Column("licence_id", sa.String(40)),
        sa.Column("subscription_id", sa.String(40)),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("ix_cases_partner_id_state", "cases", ["partner_id", "state"])
    op.create_table(
        "nfr_licences",
        _partner(primary_key=True),
        sa.Column("product", sa.String(40), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("code", sa.String(40), nullable=False, unique=True),
        sa.Column("since", Instant, nullable=False),
    )
    op.create_table(
        "remote_customers",
        sa.Column("id", sa.String(40), primary_key=True),
        _partner(),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("customer_id", sa.String(40), sa.ForeignKey("customers.id"), unique=True),
        sa.Column("since", Instant, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
    )
    op.create_index("ix_remote_customers_partner_id_state", "remote_customers", ["partner_id", "state"])


def _fill_customers() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, name FROM customers")).all()
    if rows:
        connection.execute(
            sa.text("UPDATE customers SET name_key = :key WHERE id = :id"),
            [{"id": row.id, "key": " ".join(row.name.split()).casefold()} for row in rows],
        )
    connection.execute(
        sa.text("UPDATE standard_licences SET id = customer_id || '-' || CAST(position AS VARCHAR(9))")
    )


def _fill_subscriptions() -> None:
    connection = op.get_bind()
    found = sa.text("SELECT subscription_id, product FROM licences WHERE position = 0")
    single = {row.subscription_id: row.product for row in connection.execute(found)}
    rows = connection.execute(sa.select(*_subscription_columns())).all()
    if not rows:
        return
    connection.execute(
        sa.text(
            "UPDATE subscriptions SET partner_id ="
            " (SELECT partner_id FROM customers WHERE customers.id = subscriptions.customer_id)"
        )
    )
    connection.execute(
        sa.text(
            "UPDATE subscriptions SET product = :product, anchor = start, recorded = :recorded,"
            " next_due = :recorded WHERE id = :id"
        ).bindparams(sa.bindparam("recorded", type_=sa.Date)),
        [_subscription_values(row, single) for row in rows],
    )


def _subscription_columns() -> tuple[sa.ColumnClause[Any], ...]:
    columns = (
        sa.column("id", sa.String),
        sa.column("customer_id", sa.String),
        sa.column("plan_id", sa.String),
        sa.column("product", sa.String),
        sa.column("trial", sa.Boolean),
        sa.column("seats", sa.Integer),
        sa.column("start", sa.Date),
        sa.column("expires", sa.Date),
        sa.column("months", sa.Integer),
        sa.column("renew_months", sa.Integer),
    )
    return tuple(sa.table("subscriptions", *columns).c)


def _subscription_values(row: Any, single: dict[str, str]) -> dict[str, Any]:
    months, begun = row.months, row.start
    while row.renew_months and _add_months(row.start, months) < row.expires:
        begun = _add_months(row.start, months)
        months += row.renew_months
    product = _SUITES.get(row.plan_id, single.get(row.id, ""))
    return {"id": row.id, "product": product, "recorded": begun}


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_after = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_after - date(year, month + 1, 1)).days))


def _fill_seats() -> None:
    """Write down what is known of seats over time: today's seats, from each subscription's start."""
    connection = op.get_bind()
    homes = sa.text(
        "SELECT customers.id AS id, partners.id AS partner, partners.time_zone AS zone, customers.enabled AS enabled"
        " FROM customers JOIN partners ON partners.id = customers.partner_id"
    )
    home = {row.id: row for row in connection.execute(homes)}
    rows = connection.execute(sa.select(*_subscription_columns())).all()
    full = [row for row in rows if not row.trial and home[row.customer_id].enabled]
    spans = [_span(row, home[row.customer_id]) for row in full]
    steps: dict[tuple[str, date], int] = {}
    for row in full:
        ends = () if row.renew_months else ((row.expires, -row.seats),)
        for day, seats in ((row.start, row.seats), *ends):
            place = home[row.customer_id].partner, day
            steps[place] = steps.get(place, 0) + seats
    if spans:
        op.bulk_insert(_spans_table(), spans)
        op.bulk_insert(
            sa.table(
                "seat_steps",
                sa.column("partner_id", sa.String),
                sa.column("day", sa.Date),
                sa.column("seats", sa.Integer),
            ),
            [{"partner_id": partner, "day": day, "seats": seats} for (partner, day), seats in steps.items()],
        )


def _span(row: Any, home: Any) -> dict[str, Any]:
    def begins(day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(home.zone)).astimezone(UTC)

    return {
        "partner_id": home.partner,
        "customer_id": row.customer_id,
        "subscription_id": row.id,
        "product": row.product,
        "seats": row.seats,
        "since": begins(row.start),
        "until": None if row.renew_months else begins(row.expires),
        "moved": 0,
        "reference": "",
    }


def _spans_table() -> sa.TableClause:
    return sa.table(
        "seat_spans",
        sa.column("partner_id", sa.String),
        sa.column("customer_id", sa.String),
        sa.column("subscription_id", sa.String),
        sa.column("product", sa.String),
        sa.column("seats", sa.Integer),
        sa.column("since", Instant),
        sa.column("until", Instant),
        sa.column("moved", sa.Integer),
        sa.column("reference", sa.String),
    )


def _new_columns() -> dict[str, tuple[sa.Column[Any], ...]]:
    return {
        "partners": (
            sa.Column("since", sa.Date, nullable=False, server_default=_LONG_AGO),
            sa.Column("standard_tenant", sa.Boolean, nullable=False, server_default=sa.false()),
        ),
        "customers": (
            sa.Column("name_key", sa.String(400), nullable=False, server_default=""),
            sa.Column("city", sa.String(64)),
            sa.Column("state", sa.String(64)),
            sa.Column("contact", sa.String(100)),
            sa.Column("email", sa.String(254)),
            sa.Column("since", Instant, nullable=False, server_default=f"{_LONG_AGO} 00:00:00"),
            sa.Column("sync", sa.String(10), nullable=False, server_default="synced"),
        ),
        "subscriptions": (
            sa.Column("partner_id", sa.String(40), nullable=False, server_default=""),
            sa.Column("product", sa.String(40), nullable=False, server_default=""),
            sa.Column("anchor", sa.Date, nullable=False, server_default=_LONG_AGO),
            sa.Column("recorded", sa.Date, nullable=False, server_default=_LONG_AGO),
            sa.Column("next_due", sa.Date),
            sa.Column("grace_months", sa.Integer, nullable=False, server_default="1"),
            sa.Column("lock_months", sa.Integer, nullable=False, server_default="1"),
            sa.Column("notice_days", sa.Integer, nullable=False, server_default="30"),
            sa.Column("composition", sa.Integer, nullable=False, server_default="1"),
            sa.Column("suspended_on", sa.Date),
            sa.Column("suspended_renew_months", sa.Integer),
            sa.Column("disabled_on", sa.Date),
            sa.Column("disabled_renew_months", sa.Integer),
            sa.Column("ended_on", sa.Date),
            sa.Column("ended_how", sa.String(20)),
        ),
        "standard_licences": (
            sa.Column("id", sa.String(40), nullable=False, server_default=""),
            sa.Column("ended", sa.Date),
        ),
        "audit_entries": (
            sa.Column("kind", sa.String(30)),
            sa.Column("recorded", Instant),
        ),
    }
