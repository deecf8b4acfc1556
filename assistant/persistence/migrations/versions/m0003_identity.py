"""Users, second factors, sessions, throttles and security events."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_accounts()
    _create_sign_ins_and_sessions()
    _create_records()


def _create_accounts() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("username", sa.String(100), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("partner_id", sa.String(40)),
        sa.Column("customer_id", sa.String(40)),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("disabled_at", _INSTANT),
    )
    op.create_table(
        "second_factors",
        sa.Column("user_id", sa.String(40), sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("sealed_secret", sa.String(300), nullable=False),
        sa.Column("last_step", sa.BigInteger, nullable=False),
        sa.Column("failures_in_a_row", sa.Integer, nullable=False),
        sa.Column("in_force_since", _INSTANT, nullable=False),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("user_id", sa.String(40), sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("selector", sa.String(4), primary_key=True),
        sa.Column("code_hash", sa.String(200), nullable=False),
        sa.Column("used_at", _INSTANT),
    )


def _create_sign_ins_and_sessions() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("user_id", sa.String(40), sa.ForeignKey("users.id"), nullable=False, index=True),
        sa.Column("expires_at", _INSTANT, nullable=False, index=True),
        sa.Column("device", sa.String(200), nullable=False),
        sa.Column("spent_at", _INSTANT),
        sa.Column("sealed_secret", sa.String(300)),
        sa.Column("verified_step", sa.BigInteger),
        sa.Column("recovery_codes", sa.JSON),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("user_id", sa.String(40), sa.ForeignKey("users.id"), nullable=False, index=True),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("last_seen_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("ended_at", _INSTANT),
        sa.Column("device", sa.String(200), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
    )


def _create_records() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
    )
    op.create_index(None, "attempts", ["key", "at"])
    op.create_table(
        "security_events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("at", _INSTANT, nullable=False, index=True),
        sa.Column("user_id", sa.String(40)),
        sa.Column("address", sa.String(64), nullable=False),
    )


def downgrade() -> None:
    for table in (
        "security_events",
        "attempts",
        "sessions",
        "sign_ins",
        "recovery_codes",
        "second_factors",
        "users",
    ):
        op.drop_table(table)
