"""What reaches a user from outside a session: one-time links, mail, known devices, tokens of programs.

Every token is stored as its hash. A letter holds links and is therefore sealed until it was sent, and empty afterwards.
"""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from assistant.persistence.tables.base import Instant, metadata

one_time_links = Table(
    "one_time_links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("user_id", String(40), ForeignKey("users.id"), index=True),
    Column("purpose", String(20), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
    Column("used_at", Instant),
)
"""A link without a user opens nothing: it is made for a name that does not exist, so that both cost the same."""

letters = Table(
    "letters",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("address", String(254), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("next_try_at", Instant, index=True),
    Column("tries", Integer, nullable=False),
    Column("sent_at", Instant),
    Column("fault", String(200), nullable=False),
)
"""The outbox; ``next_try_at`` is None for what was sent, or given up."""

known_devices = Table(
    "known_devices",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("user_id", String(40), ForeignKey("users.id"), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
)

access_tokens = Table(
    "access_tokens",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("user_id", String(40), ForeignKey("users.id"), nullable=False, index=True),
    Column("name", String(100), nullable=False),
    Column("scopes", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    Column("revoked_at", Instant),
)
"""``scopes`` are joined by spaces."""

factor_resets = Table(
    "factor_resets",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("user_id", String(40), ForeignKey("users.id"), nullable=False, index=True),
    Column("asked_by", String(40), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("decided_by", String(40)),
    Column("decided_at", Instant),
    Column("decision", String(20)),
)
"""One administrator asks, another decides: ``approved`` or ``refused``."""
