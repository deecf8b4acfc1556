"""Entries, versions, publications, facts, gaps, and how often entries were answered."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, ForeignKeyConstraint, Integer, String, Table, Text

from assistant.persistence.tables.base import Instant, metadata

entries = Table(
    "knowledge_entries",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("collection", String(200), nullable=False),
    Column("retired", Boolean, nullable=False),
    Column("successor", String(255)),
    Column("retired_by", String(40)),
)

versions = Table(
    "knowledge_versions",
    metadata,
    Column("entry_id", String(255), ForeignKey("knowledge_entries.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("state", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("question", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("document", String(200), nullable=False),
    Column("heading", Text, nullable=False),
    Column("document_date", String(10), nullable=False),
    Column("line", Integer),
    Column("attributes", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("approved_at", Instant),
    Column("author_id", String(40)),
    Column("author", String(200)),
    Column("approver_id", String(40)),
    Column("approver", String(200)),
)

publications = Table(
    "knowledge_publications",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
)

publication_entries = Table(
    "knowledge_publication_entries",
    metadata,
    Column("hash", String(64), ForeignKey("knowledge_publications.hash"), primary_key=True),
    Column("entry_id", String(255), primary_key=True),
    Column("version", Integer, nullable=False),
    ForeignKeyConstraint(
        ["entry_id", "version"], ["knowledge_versions.entry_id", "knowledge_versions.version"]
    ),
)

switches = Table(
    "knowledge_switches",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("hash", String(64), ForeignKey("knowledge_publications.hash"), nullable=False),
    Column("back", Integer),
    Column("at", Instant, nullable=False),
    Column("person_id", String(40)),
    Column("person", String(200)),
    Column("reason", String(500)),
)

facts = Table(
    "knowledge_facts",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("value", Integer, nullable=False),
    Column("approved_at", Instant, nullable=False),
)

gaps = Table(
    "knowledge_gaps",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("key", String(64), nullable=False, unique=True),
    Column("question", Text, nullable=False),
    Column("missing", JSON, nullable=False),
    Column("count", Integer, nullable=False),
    Column("last_at", Instant, nullable=False, index=True),
)

gap_askers = Table(
    "knowledge_gap_askers",
    metadata,
    Column("number", Integer, ForeignKey("knowledge_gaps.number"), primary_key=True),
    Column("asker", String(64), primary_key=True),
)

asked = Table(
    "knowledge_asked_entries",
    metadata,
    Column("entry_id", String(255), ForeignKey("knowledge_entries.id"), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
)
