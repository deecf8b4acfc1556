"""Row-level security on PostgreSQL for every table that belongs to partners."""

from alembic import op

from assistant.persistence.row_security import take_down, wall_off

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_BY_PARTNER_ID = (
    "customers",
    "subscriptions",
    "commands",
    "audit_entries",
    "audit_heads",
    "seat_spans",
    "seat_steps",
    "usage_samples",
    "usage_reports",
    "usage_report_lines",
    "suite_approvals",
    "cases",
    "nfr_licences",
    "remote_customers",
)
# what a row refers to is itself walled off, so that finding it there is enough
_OTHERWISE = {
    "partners": "id = (SELECT nullif(current_setting('assistant.partner', true), ''))",
    "licences": "EXISTS (SELECT FROM subscriptions s WHERE s.id = licences.subscription_id)",
    "standard_licences": "EXISTS (SELECT FROM customers c WHERE c.id = standard_licences.customer_id)",
}


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in _BY_PARTNER_ID:
        _run(wall_off(table))
    for table, condition in _OTHERWISE.items():
        _run(wall_off(table, condition))


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in (*_OTHERWISE, *_BY_PARTNER_ID):
        _run(take_down(table))


def _run(statements: list[str]) -> None:
    for statement in statements:
        op.execute(statement)
