"""Partners in rows."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, delete, insert, select

from assistant.domain.audit import AuditHead
from assistant.domain.identifiers import PartnerId
from assistant.domain.partners import Partner
from assistant.persistence.failures import conflict_where_taken
from assistant.persistence.reading import read_once
from assistant.persistence.tables import licensing as tables
from assistant.persistence.tables import licensing_records as records
from assistant.persistence.tables.licensing_bulk import batch_items, batches

_RECORDS = (
    batch_items,
    batches,
    records.seat_spans,
    records.seat_steps,
    records.usage_samples,
    records.usage_report_lines,
    records.usage_reports,
    records.suite_approvals,
    records.cases,
    records.nfr_licences,
    records.remote_customers,
)
# read with every look at the licences, so it is put together once
_BY_ID = select(tables.partners).where(tables.partners.c.id == bindparam("wanted"))


class SqlPartners:
    """Keeps partners."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_id(self, partner_id: PartnerId) -> Partner | None:
        """Return a partner, or None."""
        return read_once(self._connection, ("partner", partner_id), lambda: self._by_id(partner_id))

    def by_name(self, name: str) -> Partner | None:
        """Return a partner by its exact name, or None."""
        row = self._connection.execute(
            select(tables.partners).where(tables.partners.c.name == name)
        ).one_or_none()
        return _partner(row) if row else None

    def all(self) -> tuple[Partner, ...]:
        """Return all partners by name."""
        rows = self._connection.execute(select(tables.partners).order_by(tables.partners.c.name))
        return tuple(_partner(row) for row in rows)

    def lock(self, partner_id: PartnerId) -> None:
        """Hold the partner's row, which others may go on referring to; SQLite holds the whole database already."""
        held = _row_of(partner_id).with_for_update(key_share=True)
        # a world may have put another row in the place of the one that was waited for
        while self._connection.scalar(held) is None and self.by_id(partner_id):
            continue

    def add(self, partner: Partner) -> None:
        """Add a partner with an empty audit chain."""
        head = AuditHead()
        with conflict_where_taken(
            f"There is a partner named {partner.name} already.", [tables.partners.c.name]
        ):
            self._connection.execute(insert(tables.partners).values(**vars(partner)))
        self._connection.execute(
            insert(tables.audit_heads).values(partner_id=partner.id, seq=head.seq, hash=head.hash)
        )

    def remove(self, partner_id: PartnerId) -> None:
        """Remove a partner and, before it, everything that refers to it; nobody can add to that meanwhile."""
        self._connection.execute(_row_of(partner_id).with_for_update())
        customers = select(tables.customers.c.id).where(tables.customers.c.partner_id == partner_id)
        subscriptions = select(tables.subscriptions.c.id).where(
            tables.subscriptions.c.customer_id.in_(customers)
        )
        for table in _RECORDS:
            self._delete(table.c.partner_id == partner_id, table)
        self._delete(tables.licences.c.subscription_id.in_(subscriptions), tables.licences)
        self._delete(tables.subscriptions.c.customer_id.in_(customers), tables.subscriptions)
        self._delete(tables.standard_licences.c.customer_id.in_(customers), tables.standard_licences)
        for table in (tables.customers, tables.commands, tables.audit_entries, tables.audit_heads):
            self._delete(table.c.partner_id == partner_id, table)
        self._delete(tables.partners.c.id == partner_id, tables.partners)

    def _by_id(self, partner_id: PartnerId) -> Partner | None:
        row = self._connection.execute(_BY_ID, {"wanted": partner_id}).one_or_none()
        return _partner(row) if row else None

    def _delete(self, condition: ColumnElement[bool], table: Any) -> None:
        self._connection.execute(delete(table).where(condition))


def _row_of(partner_id: PartnerId) -> Select[Any]:
    return select(tables.partners.c.id).where(tables.partners.c.id == partner_id)


def _partner(row: Row[Any]) -> Partner:
    return Partner(PartnerId(row.id), row.name, row.time_zone, row.since, row.standard_tenant)
