"""Batches of changes, walled off on PostgreSQL as all that belongs to partners."""

import sqlalchemy as sa
from alembic import op

from assistant.persistence.row_security import wall_off
from assistant.persistence.tables.base import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TABLES = ("batches", "batch_items")


def upgrade() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("partner_id", sa.String(40), sa.ForeignKey("partners.id"), nullable=False),
        sa.Column("actor_id", sa.String(40), nullable=False),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created", Instant, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("quote", sa.JSON),
        sa.Column("capsule_hash", sa.String(64)),
        sa.Column("reference", sa.String(40)),
        sa.Column("started", Instant),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("left", sa.Integer, nullable=False),
    )
    op.create_index("ix_batches_partner_id_state_created", "batches", ["partner_id", "state", "created"])
    op.create_table(
        "batch_items",
        sa.Column("batch_id", sa.String(40), sa.ForeignKey("batches.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("partner_id", sa.String(40), sa.ForeignKey("partners.id"), nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("customer", sa.String(200), nullable=False),
        sa.Column("action", sa.JSON),
        sa.Column("quote", sa.JSON),
        sa.Column("refusal", sa.JSON),
        sa.Column("outcome", sa.String(20)),
        sa.Column("reference", sa.String(40)),
    )
    op.create_index("ix_batch_items_partner_id", "batch_items", ["partner_id"])
    if op.get_bind().dialect.name == "postgresql":
        for table in _TABLES:
            for statement in wall_off(table):
                op.execute(statement)


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)
