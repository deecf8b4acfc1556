"""Who wrote, approved, retired and published; imports that wait to be taken, checks before publishing, the desk's record.

Versions that were stored before were all to be published next, so they count as proposed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014_from_0013"
down_revision = "0013"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_COLUMNS = {
    "knowledge_versions": {
        "author_id": sa.String(40),
        "author": sa.String(200),
        "approver_id": sa.String(40),
        "approver": sa.String(200),
    },
    "knowledge_entries": {"successor": sa.String(255), "retired_by": sa.String(40)},
    "knowledge_switches": {"person_id": sa.String(40), "person": sa.String(200), "reason": sa.String(500)},
}


def upgrade() -> None:
    for table, columns in _COLUMNS.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind))
    op.execute("UPDATE knowledge_versions SET state = 'proposed' WHERE state = 'draft'")
    _create_imports_and_checks()
    op.create_table(
        "knowledge_acts",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("person_id", sa.String(40)),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("entry_id", sa.String(255), index=True),
        sa.Column("version", sa.Integer),
        sa.Column("told", sa.String(500), nullable=False),
    )


def _create_imports_and_checks() -> None:
    op.create_table(
        "knowledge_imports",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("file", sa.String(200), nullable=False),
        sa.Column("document", sa.String(200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False, index=True),
        sa.Column("person_id", sa.String(40), nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
    )
    op.create_table(
        "knowledge_checks",
        sa.Column("old_hash", sa.String(64), primary_key=True),
        sa.Column("new_hash", sa.String(64), primary_key=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("person", sa.String(200), nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("known", sa.Integer, nullable=False),
        sa.Column("rerouted", sa.JSON, nullable=False),
    )


def downgrade() -> None:
    for table in ("knowledge_acts", "knowledge_checks", "knowledge_imports"):
        op.drop_table(table)
    op.execute("UPDATE knowledge_versions SET state = 'draft' WHERE state = 'proposed'")
    for table, columns in _COLUMNS.items():
        for name in columns:
            op.drop_column(table, name)
