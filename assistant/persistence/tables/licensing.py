"""Partners, customers, subscriptions, licences, commands and the audit chain."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from assistant.persistence.tables.base import Instant, metadata

partners = Table(
    "partners",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("time_zone", String(60), nullable=False),
)

customers = Table(
    "customers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("partner_id", String(40), ForeignKey("partners.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("country", String(2)),
    Column("enabled", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("partner_id", "name"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("customer_id", String(40), ForeignKey("customers.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("plan_id", String(80), nullable=False),
    Column("trial", Boolean, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("start", Date, nullable=False),
    Column("expires", Date, nullable=False),
    Column("initial_months", Integer, nullable=False),
    Column("renew_months", Integer),
)

licences = Table(
    "licences",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("subscription_id", String(40), ForeignKey("subscriptions.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("product", String(40), nullable=False),
    Column("code", String(40), nullable=False, unique=True),
    Column("data_center", String(40)),
    Column("managed", Boolean, nullable=False),
)

standard_licences = Table(
    "standard_licences",
    metadata,
    Column("customer_id", String(40), ForeignKey("customers.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("product", String(200), nullable=False),
    Column("hosting", String(20), nullable=False),
    Column("model", String(20), nullable=False),
    Column("seats", Integer, nullable=False),
)

commands = Table(
    "commands",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("partner_id", String(40), ForeignKey("partners.id"), nullable=False, index=True),
    Column("request_hash", String(64), nullable=False),
    # without a receipt the key was withdrawn: nothing can be executed under it any more
    Column("receipt", JSON(none_as_null=True)),
    Column("decided_at", Instant, nullable=False),
)

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("partner_id", String(40), ForeignKey("partners.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("name", String(60), nullable=False),
    Column("reference", String(40), nullable=False, unique=True),
    Column("op", String(20), nullable=False),
    Column("customer_id", String(40), nullable=False),
    Column("customer", String(200), nullable=False),
    Column("actor_id", String(40), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("at", Instant, nullable=False),
    Column("capsule_hash", String(64), nullable=False, unique=True),
    Column("values", JSON, nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("cites", JSON, nullable=False),
    Index(None, "partner_id", "customer_id"),
)

audit_heads = Table(
    "audit_heads",
    metadata,
    Column("partner_id", String(40), ForeignKey("partners.id"), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
