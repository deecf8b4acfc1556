"""How often each entry was answered."""

import sqlalchemy as sa
from alembic import op

from assistant.persistence.tables.base import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "knowledge_asked_entries",
        sa.Column("entry_id", sa.String(255), sa.ForeignKey("knowledge_entries.id"), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", Instant, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("knowledge_asked_entries")
