"""Terms that can be changed, ends and holds, seats over time, and what goes on beside licences."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from assistant.persistence.migrations.licensing_filling import fill
from assistant.persistence.tables.base import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

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
    fill()
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
