"""The switches of demo and test mode."""

from sqlalchemy import Column, String, Table

from assistant.persistence.tables.base import metadata

simulation = Table(
    "simulation",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(80), nullable=False),
)
