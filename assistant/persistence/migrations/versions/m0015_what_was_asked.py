"""Counts of questions by day, acts on unanswered ones, feedback on answers, and where each task was left.

Tasks that were started before have no day, so that the figures of workflows begin with this release.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0015_from_0013"
down_revision = "0014_from_0013"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_TASK_COLUMNS: dict[str, TypeEngine[Any]] = {
    "begun_on": sa.Date(),
    "flow": sa.String(64),
    "phase": sa.String(20),
    "step": sa.String(64),
    "checked": sa.Boolean(),
}


def upgrade() -> None:
    op.create_table(
        "knowledge_days",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("figure", sa.String(20), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_table(
        "knowledge_gap_acts",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, sa.ForeignKey("knowledge_gaps.number"), nullable=False, index=True),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("person_id", sa.String(40)),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("entry_id", sa.String(255)),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("told", sa.String(500), nullable=False),
    )
    op.create_index("ix_knowledge_gaps_last_at", "knowledge_gaps", ["last_at"])
    _create_feedback()
    for name, kind in _TASK_COLUMNS.items():
        op.add_column("tasks", sa.Column(name, kind))
    op.create_index("ix_tasks_begun_on_flow_phase_step_checked", "tasks", [*_TASK_COLUMNS])


def _create_feedback() -> None:
    op.create_table(
        "answer_feedback",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("entry_id", sa.String(255), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String(20)),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
    )
    op.create_index(
        "ix_answer_feedback_at_entry_id_helpful_reason",
        "answer_feedback",
        ["at", "entry_id", "helpful", "reason"],
    )


def downgrade() -> None:
    op.drop_index("ix_tasks_begun_on_flow_phase_step_checked", "tasks")
    for name in _TASK_COLUMNS:
        op.drop_column("tasks", name)
    op.drop_index("ix_knowledge_gaps_last_at", "knowledge_gaps")
    for table in ("answer_feedback", "knowledge_gap_acts", "knowledge_days"):
        op.drop_table(table)
