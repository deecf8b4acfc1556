"""What follows from licences or goes on beside them: provisioned seats, usage, reports, cases, approvals, Remote Manager."""

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from assistant.persistence.tables.base import Instant, metadata

seat_spans = Table(
    "seat_spans",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("partner_id", String(40), ForeignKey("partners.id"), nullable=False),
    Column("customer_id", String(40), ForeignKey("customers.id"), nullable=False, index=True),
    Column("subscription_id", String(40), nullable=False, index=True),
    Column("product", String(40), nullable=False),
    Column("seats", Integer, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    # seats that went on in another subscription when this span ended
    Column("moved", Integer, nullable=False),
    # the audit entry that began it; empty for what a world file or an earlier release brought
    Column("reference", String(40), nullable=False),
    Index(None, "partner_id", "until", "since"),
)

seat_steps = Table(
    "seat_steps",
    metadata,
    Column("partner_id", String(40), ForeignKey("partners.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    # how much the partner's chargeable total changes on this day
    Column("seats", Integer, nullable=False),
)

usage_samples = Table(
    "usage_samples",
    metadata,
    Column("subscription_id", String(40), ForeignKey("subscriptions.id"), primary_key=True),
    Column("at", Instant, primary_key=True),
    Column("partner_id", String(40), ForeignKey("partners.id"), nullable=False),
    Column("customer_id", String(40), ForeignKey("customers.id"), nullable=False),
    Column("product", String(40), nullable=False),
    Column("used", Integer, nullable=False),
    Index(None, "partner_id", "at"),
)

usage_reports = Table(
    "usage_reports",
    metadata,
    Column("partner_id", String(40), ForeignKey("partners.id"), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("review", String(30)),
    Column("reason", String(1000)),
    Column("submitted_at", Instant),
    Column("version", Integer, nullable=False),
)

usage_report_lines = Table(
    "usage_report_lines",
    metadata,
    Column("partner_id", String(40), ForeignKey("partners.id"), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("customer_id", String(40), nullable=False),
    Column("customer", String(200), nullable=False),
    Column("product", String(40), nullable=False),
    Column("name", String(200), nullable=False),
    Column("provisioned", Integer, nullable=False),
    Column("used", Integer),
    Column("moved", Integer, nullable=False),
    Column("chargeable", Integer, nullable=False),
    Column("comment", String(1000)),
)

suite_approvals = Table(
    "suite_approvals",
    metadata,
    Column("partner_id", String(40), ForeignKey("partners.id"), primary_key=True),
    Column("product", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("data_center", String(40)),
)

cases = Table(
    "cases",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("partner_id", String(40), ForeignKey("partners.id"), nullable=False),
    Column("customer_id", String(40), ForeignKey("customers.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("about", JSON, nullable=False),
    Column("steps", JSON, nullable=False),
    Column("licence_id", String(40)),
    Column("subscription_id", String(40)),
    Column("version", Integer, nullable=False),
    Index(None, "partner_id", "state"),
)

nfr_licences = Table(
    "nfr_licences",
    metadata,
    Column("partner_id", String(40), ForeignKey("partners.id"), primary_key=True),
    Column("product", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("code", String(40), nullable=False, unique=True),
    Column("since", Instant, nullable=False),
)

remote_customers = Table(
    "remote_customers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("partner_id", String(40), ForeignKey("partners.id"), nullable=False),
    Column("name", String(200), nullable=False),
    # the customer on the platform that it is a copy of, or that was made from it
    Column("customer_id", String(40), ForeignKey("customers.id")),
    Column("since", Instant, nullable=False),
    Column("state", String(10), nullable=False),
    UniqueConstraint("customer_id"),
    Index(None, "partner_id", "state"),
)

stored_catalogue = Table(
    "stored_catalogue",
    metadata,
    # one row at most
    Column("id", Integer, primary_key=True),
    Column("revision", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("stored_at", Instant, nullable=False),
)
