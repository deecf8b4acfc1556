"""Security events as rows, each linked to the one before it by a hash."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, Row, Select, insert, select, update

from assistant.domain.audit import GENESIS, AuditHead, ChainedEntry, entry_hash
from assistant.domain.identifiers import UserId
from assistant.domain.security_events import RecordedEvent, SecurityEvent, event_content
from assistant.persistence.locks import serialise
from assistant.persistence.tables.identity import security_events, security_head

_ROW = 1


class SqlEvents:
    """The ``Events`` repository; what is recorded waits here until ``write``."""

    def __init__(self, connection: Connection, request: Callable[[], str]) -> None:
        self._connection = connection
        self._request = request
        self._waiting: list[RecordedEvent] = []

    def record(
        self,
        event: SecurityEvent,
        at: datetime,
        user_id: UserId | None,
        address: str = "",
        actor_id: UserId | None = None,
    ) -> None:
        self._waiting.append(RecordedEvent(event, at, user_id, address, actor_id, self._request()))

    def write(self) -> None:
        """Add what was recorded to the end of the chain; the last thing that a transaction does."""
        if not self._waiting:
            return
        serialise(self._connection, "security events")
        head = last = self.head()
        for event in self._waiting:
            content = event_content(event)
            last = AuditHead(last.seq + 1, entry_hash(last.seq + 1, last.hash, content))
            self._connection.execute(
                insert(security_events).values(**content | {"at": event.at}, seq=last.seq, hash=last.hash)
            )
        values = {"seq": last.seq, "hash": last.hash}
        if head.seq:
            self._connection.execute(update(security_head).values(**values))
        else:
            self._connection.execute(insert(security_head).values(id=_ROW, **values))
        self._waiting.clear()

    def all(self) -> tuple[RecordedEvent, ...]:
        rows = self._connection.execute(select(security_events).order_by(security_events.c.id))
        return tuple(_event(row) for row in rows)

    def newest(self, at_most: int, user_id: UserId | None = None) -> tuple[RecordedEvent, ...]:
        query: Select[*tuple[object, ...]] = select(security_events)
        if user_id is not None:
            query = query.where(security_events.c.user_id == user_id)
        rows = self._connection.execute(query.order_by(security_events.c.id.desc()).limit(at_most))
        return tuple(_event(row) for row in rows)

    def chain(self) -> tuple[ChainedEntry, ...]:
        events = security_events
        rows = self._connection.execute(
            select(events).where(events.c.seq.is_not(None)).order_by(events.c.seq)
        )
        found, before = [], GENESIS
        for row in rows:
            found.append(ChainedEntry(row.seq, before, row.hash or "", _content(row)))
            before = row.hash or ""
        return tuple(found)

    def head(self) -> AuditHead:
        row = self._connection.execute(select(security_head)).one_or_none()
        return AuditHead() if row is None else AuditHead(row.seq, row.hash)


def _content(row: Row[*tuple[object, ...]]) -> dict[str, object]:
    # as it is stored, so that a row which no longer makes a valid event can be checked as well
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    return {
        "name": values["name"],
        "at": values["at"].isoformat(timespec="microseconds"),
        "user_id": values["user_id"] or "",
        "address": values["address"],
        "actor_id": values["actor_id"] or "",
        "request": values["request"],
    }


def _event(row: Row[*tuple[object, ...]]) -> RecordedEvent:
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    return RecordedEvent(
        name=SecurityEvent(values["name"]),
        at=values["at"],
        user_id=UserId(values["user_id"]) if values["user_id"] else None,
        address=values["address"],
        actor_id=UserId(values["actor_id"]) if values["actor_id"] else None,
        request=values["request"],
        seq=values["seq"],
    )
