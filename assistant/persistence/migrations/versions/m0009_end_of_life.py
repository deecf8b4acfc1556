"""The day on which a subscription ends because its product does."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscriptions", sa.Column("retires", sa.Date))


def downgrade() -> None:
    op.drop_column("subscriptions", "retires")
