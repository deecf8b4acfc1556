"""Conversations, their events, stored replies and tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_conversations()
    _create_replies()
    _create_tasks()


def _create_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("owner", sa.String(40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_order", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_owner_used_order", "conversations", ["owner", "used_order"])
    op.create_index("ix_conversations_used_order", "conversations", ["used_order"])
    op.create_table(
        "conversation_events",
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("event", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "position", name="pk_conversation_events"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_conversation_events_conversation_id_conversations",
        ),
    )


def _create_replies() -> None:
    op.create_table(
        "conversation_replies",
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("request_hash", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("turn", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "message_id", name="pk_conversation_replies"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_conversation_replies_conversation_id_conversations",
        ),
    )
    op.create_index(
        "ix_conversation_replies_conversation_id_position",
        "conversation_replies",
        ["conversation_id", "position"],
        unique=True,
    )


def _create_tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("owner", sa.String(40), nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("task", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_order", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_tasks_conversation_id_conversations"
        ),
    )
    op.create_index("ix_tasks_owner_updated_order", "tasks", ["owner", "updated_order"])
    op.create_index("ix_tasks_updated_order", "tasks", ["updated_order"])


def downgrade() -> None:
    op.drop_table("tasks")
    op.drop_table("conversation_replies")
    op.drop_table("conversation_events")
    op.drop_table("conversations")
