"""The customers of partners' Remote Managers in rows, and how far those here are synchronised with them."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

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

    def add(self, remotes: Sequence[RemoteCustomer]) -> None:
        """Add new ones."""
        if remotes:
            self._connection.execute(insert(remote_customers), [_row(remote) for remote in remotes])

    def change(self, remotes: Sequence[RemoteCustomer]) -> None:
        """Store known ones as they are now."""
        if remotes:
            known = update(remote_customers).where(remote_customers.c.id == bindparam("known_id"))
            changed = known.values(state=bindparam("state"), customer_id=bindparam("customer_id"))
            self._connection.execute(changed, [{**_row(r), "known_id": r.id} for r in remotes])

    def mark(self, customer_ids: Sequence[CustomerId], sync: SyncState) -> None:
        """Store how far customers here are synchronised; nothing else of them changes, their versions neither."""
        if customer_ids:
            known = update(customers).where(customers.c.id == bindparam("known_id"))
            marked = known.values(sync=sync.value)
            self._connection.execute(marked, [{"known_id": found} for found in customer_ids])


def _row(remote: RemoteCustomer) -> dict[str, Any]:
    row = {**vars(remote), "state": remote.sync.value}
    del row["sync"]
    return row


def _remote(row: Row[Any]) -> RemoteCustomer:
    return RemoteCustomer(
        id=RemoteCustomerId(row.id),
        partner_id=PartnerId(row.partner_id),
        name=row.name,
        since=row.since,
        sync=SyncState(row.state),
        customer_id=CustomerId(row.customer_id) if row.customer_id else None,
    )
