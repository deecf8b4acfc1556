"""One-time links, mail, known devices, tokens of programs, resets by two, and the chain of security events."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("users", sa.Column("email", sa.String(254)))
    op.add_column("users", sa.Column("enrols_by_link", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("sign_ins", sa.Column("begun_by", sa.String(20), nullable=False, server_default="password"))
    _chain_events()
    _create_links_and_letters()
    _create_devices_and_tokens()
    op.create_table(
        "factor_resets",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("user_id", sa.String(40), sa.ForeignKey("users.id"), nullable=False, index=True),
        sa.Column("asked_by", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("decided_by", sa.String(40)),
        sa.Column("decided_at", _INSTANT),
        sa.Column("decision", sa.String(20)),
    )


def _chain_events() -> None:
    with op.batch_alter_table("security_events") as events:
        events.add_column(sa.Column("actor_id", sa.String(40)))
        events.add_column(sa.Column("request", sa.String(40), nullable=False, server_default=""))
        events.add_column(sa.Column("seq", sa.Integer))
        events.add_column(sa.Column("hash", sa.String(64)))
        events.create_unique_constraint("uq_security_events_seq", ["seq"])
    op.create_table(
        "security_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )


def _create_links_and_letters() -> None:
    op.create_table(
        "one_time_links",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("user_id", sa.String(40), sa.ForeignKey("users.id"), index=True),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False, index=True),
        sa.Column("used_at", _INSTANT),
    )
    op.create_table(
        "letters",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("next_try_at", _INSTANT, index=True),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("sent_at", _INSTANT),
        sa.Column("fault", sa.String(200), nullable=False),
    )


def _create_devices_and_tokens() -> None:
    op.create_table(
        "known_devices",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("user_id", sa.String(40), sa.ForeignKey("users.id"), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("last_seen_at", _INSTANT, nullable=False),
    )
    op.create_table(
        "access_tokens",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("user_id", sa.String(40), sa.ForeignKey("users.id"), nullable=False, index=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("scopes", sa.String(200), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("last_used_at", _INSTANT),
        sa.Column("revoked_at", _INSTANT),
    )


def downgrade() -> None:
    for table in (
        "factor_resets", "access_tokens", "known_devices", "letters", "one_time_links", "security_head",
    ):  # fmt: skip
        op.drop_table(table)
    with op.batch_alter_table("security_events") as events:
        events.drop_constraint("uq_security_events_seq", type_="unique")
        for column in ("hash", "seq", "request", "actor_id"):
            events.drop_column(column)
    op.drop_column("sign_ins", "begun_by")
    op.drop_column("users", "enrols_by_link")
    op.drop_column("users", "email")
