"""Hand-off cases with the vendor's licensing desk, and what was done with each."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_INDEXES = {
    "ix_hand_offs_opened_order": ["opened_order"],
    "ix_hand_offs_changed_order": ["changed_order"],
    "ix_hand_offs_state_opened_order": ["state", "opened_order"],
    "ix_hand_offs_owner_changed_order": ["owner", "changed_order"],
    "ix_hand_offs_conversation_id": ["conversation_id"],
}


def upgrade() -> None:
    _create_cases()
    op.create_table(
        "hand_off_acts",
        sa.Column("hand_off_id", sa.String(40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("hand_off_id", "seq", name="pk_hand_off_acts"),
        sa.ForeignKeyConstraint(
            ["hand_off_id"], ["hand_offs.id"], name="fk_hand_off_acts_hand_off_id_hand_offs"
        ),
    )


def _create_cases() -> None:
    op.create_table(
        "hand_offs",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("owner", sa.String(40), nullable=False),
        sa.Column("asker", sa.JSON(), nullable=False),
        sa.Column("subject", sa.String(500), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("task_id", sa.String(40), nullable=True),
        sa.Column("flow", sa.String(40), nullable=True),
        sa.Column("customer", sa.String(500), nullable=True),
        sa.Column("words", sa.String(2000), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("holder_id", sa.String(40), nullable=True),
        sa.Column("holder", sa.String(200), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_order", sa.Integer(), nullable=False),
        sa.Column("changed_order", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hand_offs"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_hand_offs_conversation_id_conversations"
        ),
    )
    for name, columns in _INDEXES.items():
        op.create_index(name, "hand_offs", columns)


def downgrade() -> None:
    op.drop_table("hand_off_acts")
    op.drop_table("hand_offs")
