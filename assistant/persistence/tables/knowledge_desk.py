"""Imports that wait to be taken, checks before publishing, and the record of what editors did."""

from sqlalchemy import JSON, Column, Integer, String, Table

from assistant.persistence.tables.base import Instant, metadata

imports = Table(
    "knowledge_imports",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("file", String(200), nullable=False),
    Column("document", String(200), nullable=False),
    Column("created_at", Instant, nullable=False, index=True),
    Column("person_id", String(40), nullable=False),
    Column("person", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("content", JSON, nullable=False),
)

checks = Table(
    "knowledge_checks",
    metadata,
    Column("old_hash", String(64), primary_key=True),
    Column("new_hash", String(64), primary_key=True),
    Column("created_at", Instant, nullable=False),
    Column("person", String(200), nullable=False),
    Column("asked", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("rerouted", JSON, nullable=False),
)

acts = Table(
    "knowledge_acts",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("person_id", String(40)),
    Column("person", String(200), nullable=False),
    Column("act", String(40), nullable=False),
    Column("entry_id", String(255), index=True),
    Column("version", Integer),
    Column("told", String(500), nullable=False),
)
