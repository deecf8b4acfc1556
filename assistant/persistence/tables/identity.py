"""Users, second factors, sessions, throttles and security events.

Partners and customers are named by id only: they belong to the licensing backend, which is a system of its own.
"""

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, false

from assistant.persistence.tables.base import Instant, metadata

users = Table(
    "users",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("username", String(100), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("role", String(40), nullable=False),
    Column("partner_id", String(40)),
    Column("customer_id", String(40)),
    Column("password_hash", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
    Column("email", String(254)),
    Column("enrols_by_link", Boolean, nullable=False, server_default=false()),
)
"""An empty ``password_hash`` is that of an account whose invitation was not taken up yet."""

second_factors = Table(
    "second_factors",
    metadata,
    Column("user_id", String(40), ForeignKey("users.id"), primary_key=True),
    Column("sealed_secret", String(300), nullable=False),
    Column("last_step", BigInteger, nullable=False),
    Column("failures_in_a_row", Integer, nullable=False),
    Column("in_force_since", Instant, nullable=False),
)
"""Only factors in force; one that is being set up lives with its sign-in."""

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("user_id", String(40), ForeignKey("users.id"), primary_key=True),
    Column("selector", String(4), primary_key=True),
    Column("code_hash", String(200), nullable=False),
    Column("used_at", Instant),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("user_id", String(40), ForeignKey("users.id"), nullable=False, index=True),
    Column("expires_at", Instant, nullable=False, index=True),
    Column("device", String(200), nullable=False),
    Column("spent_at", Instant),
    Column("sealed_secret", String(300)),
    Column("verified_step", BigInteger),
    Column("recovery_codes", JSON),
    Column("begun_by", String(20), nullable=False, server_default="password"),
)
"""Sign-ins between the password and the second factor; secret, step and codes are an enrolment under way."""

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("user_id", String(40), ForeignKey("users.id"), nullable=False, index=True),
    Column("created_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("device", String(200), nullable=False),
    Column("address", String(64), nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(120), nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "key", "at"),
)
"""Tries that failed or are not settled yet; a success takes its row away again."""

security_events = Table(
    "security_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(60), nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Column("user_id", String(40)),
    Column("address", String(64), nullable=False),
    Column("actor_id", String(40)),
    Column("request", String(40), nullable=False, server_default=""),
    Column("seq", Integer, unique=True),
    Column("hash", String(64)),
)
"""Events with a ``seq`` form a chain of hashes; those recorded before there was one have none."""

security_head = Table(
    "security_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)
"""One row: the end of the chain of security events, so that a missing last event shows."""
