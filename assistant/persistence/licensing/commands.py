"""Executed commands in rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from assistant.domain.identifiers import PartnerId
from assistant.domain.quotes import Receipt
from assistant.persistence.failures import conflict_where_taken
from assistant.persistence.tables.licensing import commands
from assistant.ports.wire.licensing import receipt_from_json, receipt_json


class SqlCommands:
    """Keeps the receipts of executed commands under their idempotency keys."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, partner_id: PartnerId, key: str) -> tuple[str, Receipt | None] | None:
        """Return the request hash and receipt of a key, or None when this partner has not used it."""
        found = select(commands).where(commands.c.key == key, commands.c.partner_id == partner_id)
        row = self._connection.execute(found).one_or_none()
        return (row.request_hash, receipt_from_json(row.receipt) if row.receipt else None) if row else None

    def add(self, partner_id: PartnerId, key: str, request_hash: str, receipt: Receipt) -> None:
        """Store a receipt."""
        self._insert(partner_id, key, request_hash, receipt_json(receipt), receipt.when)

    def withdraw(self, partner_id: PartnerId, key: str, at: datetime) -> None:
        """Store that nothing may be executed under this key."""
        self._insert(partner_id, key, "", None, at)

    def _insert(
        self, partner_id: PartnerId, key: str, request_hash: str, receipt: dict[str, Any] | None, at: datetime
    ) -> None:
        row = {
            "key": key,
            "partner_id": partner_id,
            "request_hash": request_hash,
            "receipt": receipt,
            "decided_at": at,
        }
        with conflict_where_taken("This key was used meanwhile.", commands.primary_key):
            self._connection.execute(insert(commands).values(row))
