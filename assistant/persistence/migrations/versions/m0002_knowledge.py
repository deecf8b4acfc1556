"""Entries, versions, publications, facts and gaps."""

import sqlalchemy as sa
from alembic import op

from assistant.persistence.tables.base import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _entries()
    _publications()
    _facts_and_gaps()


def _entries() -> None:
    op.create_table(
        "knowledge_entries",
        sa.Column("id", sa.String(255), primary_key=True),
        sa.Column("collection", sa.String(200), nullable=False),
        sa.Column("retired", sa.Boolean, nullable=False),
    )
    op.create_table(
        "knowledge_versions",
        sa.Column("entry_id", sa.String(255), sa.ForeignKey("knowledge_entries.id"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("document", sa.String(200), nullable=False),
        sa.Column("heading", sa.Text, nullable=False),
        sa.Column("document_date", sa.String(10), nullable=False),
        sa.Column("line", sa.Integer),
        sa.Column("attributes", sa.JSON, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("approved_at", Instant),
    )


def _publications() -> None:
    op.create_table(
        "knowledge_publications",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
    )
    op.create_table(
        "knowledge_publication_entries",
        sa.Column("hash", sa.String(64), sa.ForeignKey("knowledge_publications.hash"), primary_key=True),
        sa.Column("entry_id", sa.String(255), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id", "version"], ["knowledge_versions.entry_id", "knowledge_versions.version"]
        ),
    )
    op.create_table(
        "knowledge_switches",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("hash", sa.String(64), sa.ForeignKey("knowledge_publications.hash"), nullable=False),
        sa.Column("back", sa.Integer),
        sa.Column("at", Instant, nullable=False),
    )


def _facts_and_gaps() -> None:
    op.create_table(
        "knowledge_facts",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("value", sa.Integer, nullable=False),
        sa.Column("approved_at", Instant, nullable=False),
    )
    op.create_table(
        "knowledge_gaps",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("missing", sa.JSON, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", Instant, nullable=False),
    )
    op.create_table(
        "knowledge_gap_askers",
        sa.Column("number", sa.Integer, sa.ForeignKey("knowledge_gaps.number"), primary_key=True),
        sa.Column("asker", sa.String(64), primary_key=True),
    )


def downgrade() -> None:
    for table in (
        "gap_askers",
        "gaps",
        "facts",
        "switches",
        "publication_entries",
        "publications",
        "versions",
    ):
        op.drop_table(f"knowledge_{table}")
    op.drop_table("knowledge_entries")
