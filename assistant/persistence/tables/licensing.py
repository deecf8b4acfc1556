"""Partners, customers, subscriptions, licences, commands and the audit chain.

Usage, reports, cases and what else a partner has stand in ``licensing_records``.
"""

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
    Column("since", Date, nullable=False),
    Column("standard_tenant", Boolean, nullable=False),
)

customers = Table(
    "customers",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("partner_id", String(40), ForeignKey("partners.id"), nullable=False),
    Column("name", String(200), nullable=False),
    # the name without regard to capitals and white space, by which no two customers of a partner may be alike
    Column("name_key", String(400), nullable=False),
    Column("country", String(2)),
    Column("city", String(64)),
    Column("state", String(64)),
    Column("contact", String(100)),
    Column("email", String(254)),
    Column("enabled", Boolean, nullable=False),
    Column("since", Instant, nullable=False),
    Column("sync", String(10), nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("partner_id", "name"),
    Index(None, "partner_id", "name_key"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("customer_id", String(40), ForeignKey("customers.id"), nullable=False, index=True),
    # the customer's, repeated here for due work
    Column("partner_id", String(40), nullable=False),
    Column("position", Integer, nullable=False),
    # empty for a leftover of an unbundled suite
    Column("plan_id", String(80), nullable=False),
    Column("product", String(40), nullable=False),
    Column("trial", Boolean, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("start", Date, nullable=False),
    Column("anchor", Date, nullable=False),
    Column("months", Integer, nullable=False),
    Column("expires", Date, nullable=False),
    Column("renew_months", Integer),
    Column("recorded", Date, nullable=False),
    Column("next_due", Date),
    Column("grace_months", Integer, nullable=False),
    Column("lock_months", Integer, nullable=False),
    Column("notice_days", Integer, nullable=False),
    Column("composition", Integer, nullable=False),
    Column("suspended_on", Date),
    Column("suspended_renew_months", Integer),
    Column("disabled_on", Date),
    Column("disabled_renew_months", Integer),
    Column("retires", Date),
    Column("ended_on", Date),
    Column("ended_how", String(20)),
    # in the order in which due work takes them, so that taking the first of many sorts none
    Index(None, "partner_id", "next_due", "id"),
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
    Column("id", String(40), nullable=False, index=True, unique=True),
    Column("product", String(200), nullable=False),
    Column("hosting", String(20), nullable=False),
    Column("model", String(20), nullable=False),
    Column("seats", Integer, nullable=False),
    Column("ended", Date),
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
    # an entry of an earlier release has neither
    Column("kind", String(30)),
    Column("recorded", Instant),
    # empty for a change of the whole partner
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
    Index(None, "partner_id", "at"),
)

audit_heads = Table(
    "audit_heads",
    metadata,
    Column("partner_id", String(40), ForeignKey("partners.id"), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
