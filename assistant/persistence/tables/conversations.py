"""Conversations, their events, stored replies and tasks."""

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from assistant.persistence.tables.base import Instant, metadata

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("owner", String(40), nullable=True),
    Column("version", Integer, nullable=False),
    Column("state", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("used_at", Instant, nullable=False),
    # several turns can fall on one stopped instant, so use is ordered by a counter
    Column("used_order", Integer, nullable=False, index=True),
    Index("ix_conversations_owner_used_order", "owner", "used_order"),
)

conversation_events = Table(
    "conversation_events",
    metadata,
    Column("conversation_id", String(40), ForeignKey("conversations.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("event", JSON, nullable=False),
    Column("at", Instant, nullable=False),
)

conversation_replies = Table(
    "conversation_replies",
    metadata,
    Column("conversation_id", String(40), ForeignKey("conversations.id"), primary_key=True),
    Column("message_id", String(64), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("request_hash", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("said", Text, nullable=False),
    Column("turn", JSON, nullable=False),
    Index("ix_conversation_replies_conversation_id_position", "conversation_id", "position", unique=True),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("owner", String(40), nullable=False),
    Column("conversation_id", String(40), ForeignKey("conversations.id"), nullable=False),
    Column("task", JSON, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("updated_order", Integer, nullable=False, index=True),
    # what the figures of workflows go by: one index holds all of it, so that they never read the tasks themselves
    Column("begun_on", Date),
    Column("flow", String(64)),
    Column("phase", String(20)),
    Column("step", String(64)),
    Column("checked", Boolean),
    Index("ix_tasks_owner_updated_order", "owner", "updated_order"),
    Index("ix_tasks_begun_on_flow_phase_step_checked", "begun_on", "flow", "phase", "step", "checked"),
)
