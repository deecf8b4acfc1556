"""What was asked, counted by day, and what editors did with questions that nothing answers."""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table

from assistant.persistence.tables.base import Instant, metadata

days = Table(
    "knowledge_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("figure", String(20), primary_key=True),
    Column("count", Integer, nullable=False),
)

gap_acts = Table(
    "knowledge_gap_acts",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, ForeignKey("knowledge_gaps.number"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("person_id", String(40)),
    Column("person", String(200), nullable=False),
    Column("act", String(20), nullable=False),
    Column("entry_id", String(255)),
    Column("owner", String(200), nullable=False),
    Column("due", Date),
    Column("told", String(500), nullable=False),
)
