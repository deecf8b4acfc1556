"""The customers of partners' Remote Managers in rows, and how far those here are synchronised with them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from assistant.domain.customers import SyncState
from assistant.domain.identifiers import CustomerId, PartnerId, RemoteCustomerId
from assistant.domain.remote_manager import RemoteCustomer, WaitingCustomer
from assistant.persistence.tables.licensing import customers
from assistant.persistence.tables.licensing_records import remote_customers


class SqlRemoteCustomers:
    """Keeps customers of Remote Managers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, partner_id: PartnerId, limit: int) -> tuple[RemoteCustomer, ...]:
        """Return those of a partner by name, at most ``limit``."""
        columns = remote_customers.c
        found = select(remote_customers).where(columns.partner_id == partner_id)
        ordered = found.order_by(columns.name, columns.id).limit(limit)
        return tuple(_remote(row) for row in self._connection.execute(ordered))

    def unlinked(self, partner_id: PartnerId) -> tuple[RemoteCustomer, ...]:
        """Return those of a partner that are the same as none here."""
        columns = remote_customers.c
        found = select(remote_customers).where(
            columns.partner_id == partner_id, columns.customer_id.is_(None)
        )
        return tuple(_remote(row) for row in self._connection.execute(found))

    def waiting(self, partner_id: PartnerId, states: Collection[SyncState]) -> tuple[WaitingCustomer, ...]:
        """Return the customers here whose synchronisation is in one of these states."""
        columns = customers.c
        found = select(columns.id, columns.name, columns.since, columns.sync).where(
            columns.partner_id == partner_id, columns.sync.in_([state.value for state in states])
        )
        return tuple(
            WaitingCustomer(CustomerId(row.id), row.name, row.since, SyncState(row.sync))
            for row in self._connection.execute(found)
        )

    def save(self, remote: RemoteCustomer) -> None:
        """Store one as it is now, new or known."""
        values = {**vars(remote), "state": remote.sync.value}
        del values["sync"]
        known = update(remote_customers).where(remote_customers.c.id == remote.id).values(values)
        if not self._connection.execute(known).rowcount:
            self._connection.execute(insert(remote_customers).values(values))

    def mark(self, customer_id: CustomerId, sync: SyncState) -> None:
        """Store how far a customer here is synchronised; nothing else of it changes, its version neither."""
        changed = update(customers).where(customers.c.id == customer_id).values(sync=sync.value)
        self._connection.execute(changed)


def _remote(row: Row[Any]) -> RemoteCustomer:
    return RemoteCustomer(
        id=RemoteCustomerId(row.id),
        partner_id=PartnerId(row.partner_id),
        name=row.name,
        since=row.since,
        sync=SyncState(row.state),
        customer_id=CustomerId(row.customer_id) if row.customer_id else None,
    )
