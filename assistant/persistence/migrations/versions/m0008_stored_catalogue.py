"""The catalogue that a world brought along, and audit entries by their time."""

import sqlalchemy as sa
from alembic import op

from assistant.persistence.tables.base import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_catalogue",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("revision", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("stored_at", Instant, nullable=False),
    )
    op.create_index("ix_audit_entries_partner_id_at", "audit_entries", ["partner_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_audit_entries_partner_id_at", "audit_entries")
    op.drop_table("stored_catalogue")
