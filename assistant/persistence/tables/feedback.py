"""What readers said of answers; no row tells who said it or in which conversation."""

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text

from assistant.persistence.tables.base import Instant, metadata

feedback = Table(
    "answer_feedback",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("entry_id", String(255), nullable=False),
    Column("version", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("reason", String(20)),
    Column("comment", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Index("ix_answer_feedback_at_entry_id_helpful_reason", "at", "entry_id", "helpful", "reason"),
)
