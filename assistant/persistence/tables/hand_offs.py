"""Hand-off cases, and what was done with each, linked by hashes."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table

from assistant.persistence.tables.base import Instant, metadata

hand_offs = Table(
    "hand_offs",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", String(40), ForeignKey("conversations.id"), nullable=False),
    Column("owner", String(40), nullable=False),
    Column("asker", JSON, nullable=False),
    Column("subject", String(500), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("task_id", String(40), nullable=True),
    Column("flow", String(40), nullable=True),
    Column("customer", String(500), nullable=True),
    Column("words", String(2000), nullable=False),
    Column("state", String(20), nullable=False),
    Column("holder_id", String(40), nullable=True),
    Column("holder", String(200), nullable=True),
    Column("opened_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    # several cases can be opened and changed at one stopped instant, so their order is counted
    Column("opened_order", Integer, nullable=False, index=True),
    Column("changed_order", Integer, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("unread", Integer, nullable=False),
    Index("ix_hand_offs_state_opened_order", "state", "opened_order"),
    Index("ix_hand_offs_owner_changed_order", "owner", "changed_order"),
    Index("ix_hand_offs_conversation_id", "conversation_id"),
)

hand_off_acts = Table(
    "hand_off_acts",
    metadata,
    Column("hand_off_id", String(40), ForeignKey("hand_offs.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("content", JSON, nullable=False),
)
