"""The audit chain in rows."""

import json
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, Text, insert, select, type_coerce, update

from assistant.domain.audit import AuditEntry, AuditHead, AuditName, ChainedEntry, link
from assistant.domain.errors import Conflict
from assistant.domain.identifiers import CustomerId, PartnerId, UserId
from assistant.persistence.tables.licensing import audit_entries, audit_heads
from assistant.ports.wire.policy import citation_from_json

_TEXTS = (
    "name", "reference", "op", "partner_id", "customer_id", "customer", "actor_id", "actor", "capsule_hash",
)  # fmt: skip
_JSON = ("values", "before", "after", "cites")


class SqlAudit:
    """Keeps one chain for each partner."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, entry: AuditEntry) -> ChainedEntry:
        """Link an entry to its partner's chain; the head moves only if nobody else has moved it."""
        return self.append_all([entry])[0]

    def append_all(self, entries: Iterable[AuditEntry]) -> tuple[ChainedEntry, ...]:
        """Link entries of one partner to the end of its chain, in their order."""
        listed = list(entries)
        if not listed:
            return ()
        partner_id = listed[0].partner_id
        before = self.head(partner_id)
        head, rows = before, []
        for entry in listed:
            rows.append(link(head, entry))
            head = AuditHead(rows[-1].seq, rows[-1].hash)
        moved = self._connection.execute(
            update(audit_heads)
            .where(audit_heads.c.partner_id == partner_id, audit_heads.c.seq == before.seq)
            .values(seq=head.seq, hash=head.hash)
        )
        if moved.rowcount != 1:
            raise Conflict("The audit was continued by somebody else.")
        columns = [_columns(row, entry) for row, entry in zip(rows, listed, strict=True)]
        self._connection.execute(insert(audit_entries), columns)
        return tuple(rows)

    def head(self, partner_id: PartnerId) -> AuditHead:
        """Return where the chain ends; a missing head reads as the end of an empty chain."""
        found = select(audit_heads).where(audit_heads.c.partner_id == partner_id)
        row = self._connection.execute(found).one_or_none()
        return AuditHead(row.seq, row.hash) if row else AuditHead()

    def chain(self, partner_id: PartnerId) -> Iterable[ChainedEntry]:
        """Return the whole chain, first entry first, as plain content."""
        columns = [c for c in audit_entries.c if c.name != "seq"]
        found = (
            select(audit_entries.c.seq, *(type_coerce(c, Text).label(c.name) for c in columns))
            .where(audit_entries.c.partner_id == partner_id)
            .order_by(audit_entries.c.seq)
        )
        for row in self._connection.execute(found):
            stored = row._mapping  # noqa: SLF001 - the documented way to read a column named "values"
            yield ChainedEntry(stored["seq"], stored["prev_hash"], stored["hash"], _content(stored))

    def newest(
        self, partner_id: PartnerId, customer_id: CustomerId | None, limit: int
    ) -> tuple[AuditEntry, ...]:
        """Return the newest entries first."""
        found = select(audit_entries).where(audit_entries.c.partner_id == partner_id)
        if customer_id is not None:
            found = found.where(audit_entries.c.customer_id == customer_id)
        rows = self._connection.execute(found.order_by(audit_entries.c.seq.desc()).limit(limit))
        return tuple(entry_of(row) for row in rows)

    def by_reference(self, partner_id: PartnerId, reference: str) -> AuditEntry | None:
        """Return one entry of this partner, or None."""
        found = select(audit_entries).where(
            audit_entries.c.partner_id == partner_id, audit_entries.c.reference == reference
        )
        row = self._connection.execute(found).one_or_none()
        return entry_of(row) if row else None

    def of_partner(self, partner_id: PartnerId, names: Collection[AuditName]) -> tuple[AuditEntry, ...]:
        """Return the entries of these names that are about the whole partner and no customer, oldest first."""
        columns = audit_entries.c
        found = select(audit_entries).where(
            columns.partner_id == partner_id,
            columns.customer_id == "",
            columns.name.in_([name.value for name in names]),
        )
        # sorted by a sum, so that SQLite takes the index of the condition and not that of the order, which is the whole chain
        rows = self._connection.execute(found.order_by(columns.seq + 0))
        return tuple(entry_of(row) for row in rows)

    def in_time(
        self, partner_id: PartnerId, customer_id: CustomerId | None, since: datetime, until: datetime
    ) -> tuple[AuditEntry, ...]:
        """Return what took effect from ``since`` on and before ``until``, oldest first, of one customer or of all."""
        columns = audit_entries.c
        found = select(audit_entries).where(
            columns.partner_id == partner_id, columns.at >= since, columns.at < until
        )
        if customer_id is not None:
            found = found.where(columns.customer_id == customer_id)
        rows = self._connection.execute(found.order_by(columns.at, columns.seq))
        return tuple(entry_of(row) for row in rows)


def _columns(row: ChainedEntry, entry: AuditEntry) -> dict[str, Any]:
    place = {"seq": row.seq, "prev_hash": row.prev_hash, "hash": row.hash}
    told = {"at": entry.when, "recorded": entry.recorded, "kind": entry.kind}
    return {name: row.content[name] for name in (*_TEXTS, *_JSON)} | place | told


def _content(stored: RowMapping) -> dict[str, Any]:
    # a row that was tampered with may hold anything: what cannot be read is kept as it is, and breaks the hash
    content = {name: stored[name] for name in _TEXTS} | {name: _json(stored[name]) for name in _JSON}
    if stored["kind"] is not None:
        content["kind"] = stored["kind"]
    if stored["recorded"] is not None:
        content["recorded"] = _instant(stored["recorded"])
    return content | {"when": _instant(stored["at"])}


def _json(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _instant(value: Any) -> str:
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else value
        aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        return str(aware.astimezone(UTC).isoformat(timespec="microseconds"))
    except ValueError:
        return str(value)


def entry_of(row: Row[Any]) -> AuditEntry:
    """Return the audit entry in a row."""
    stored = row._mapping  # noqa: SLF001 - the documented way to read a column named "values"
    return AuditEntry(
        name=AuditName(stored["name"]),
        reference=stored["reference"],
        op=stored["op"],
        partner_id=PartnerId(stored["partner_id"]),
        customer_id=CustomerId(stored["customer_id"]) if stored["customer_id"] else None,
        customer=stored["customer"],
        actor_id=UserId(stored["actor_id"]),
        actor=stored["actor"],
        when=stored["at"],
        capsule_hash=stored["capsule_hash"],
        values=stored["values"],
        before=stored["before"],
        after=stored["after"],
        cites=tuple(citation_from_json(cite) for cite in stored["cites"]),
        kind=stored["kind"],
        recorded=stored["recorded"],
    )
