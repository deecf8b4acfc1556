"""Partners, customers, subscriptions, licences, commands and the audit chain."""

import sqlalchemy as sa
from alembic import op

from assistant.persistence.tables.base import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_partners_and_customers()
    _create_subscriptions()
    _create_commands_and_audit()


def downgrade() -> None:
    for table in (
        "audit_heads",
        "audit_entries",
        "commands",
        "standard_licences",
        "licences",
        "subscriptions",
        "customers",
        "partners",
    ):
        op.drop_table(table)


def _create_partners_and_customers() -> None:
    op.create_table(
        "partners",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False, unique=True),
        sa.Column("time_zone", sa.String(60), nullable=False),
    )
    op.create_table(
        "customers",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("partner_id", sa.String(40), sa.ForeignKey("partners.id"), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("country", sa.String(2)),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("partner_id", "name"),
    )
    op.create_table(
        "standard_licences",
        sa.Column("customer_id", sa.String(40), sa.ForeignKey("customers.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("product", sa.String(200), nullable=False),
        sa.Column("hosting", sa.String(20), nullable=False),
        sa.Column("model", sa.String(20), nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
    )


def _create_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("customer_id", sa.String(40), sa.ForeignKey("customers.id"), nullable=False, index=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("plan_id", sa.String(80), nullable=False),
        sa.Column("trial", sa.Boolean, nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("expires", sa.Date, nullable=False),
        sa.Column("initial_months", sa.Integer, nullable=False),
        sa.Column("renew_months", sa.Integer),
    )
    op.create_table(
        "licences",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column(
            "subscription_id", sa.String(40), sa.ForeignKey("subscriptions.id"), nullable=False, index=True
        ),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("product", sa.String(40), nullable=False),
        sa.Column("code", sa.String(40), nullable=False, unique=True),
        sa.Column("data_center", sa.String(40)),
        sa.Column("managed", sa.Boolean, nullable=False),
    )


def _create_commands_and_audit() -> None:
    op.create_table(
        "commands",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("partner_id", sa.String(40), sa.ForeignKey("partners.id"), nullable=False, index=True),
        sa.Column("request_hash", sa.String(64), nullable=False),
        sa.Column("receipt", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("decided_at", Instant, nullable=False),
    )
    op.create_table(
        "audit_entries",
        sa.Column("partner_id", sa.String(40), sa.ForeignKey("partners.id"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False, unique=True),
        sa.Column("op", sa.String(20), nullable=False),
        sa.Column("customer_id", sa.String(40), nullable=False),
        sa.Column("customer", sa.String(200), nullable=False),
        sa.Column("actor_id", sa.String(40), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("capsule_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("values", sa.JSON, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sa.Column("cites", sa.JSON, nullable=False),
    )
    op.create_index(
        op.f("ix_audit_entries_partner_id_customer_id"), "audit_entries", ["partner_id", "customer_id"]
    )
    op.create_table(
        "audit_heads",
        sa.Column("partner_id", sa.String(40), sa.ForeignKey("partners.id"), primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
