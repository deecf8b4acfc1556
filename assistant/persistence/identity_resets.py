"""Resets of second factors that wait for a second administrator, as rows."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from assistant.domain.accounts import ResetDecision, ResetRequest
from assistant.domain.identifiers import UserId
from assistant.persistence.tables.identity_links import factor_resets


class SqlResets:
    """The ``Resets`` repository."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, reset: ResetRequest) -> None:
        self._connection.execute(insert(factor_resets).values(**vars(reset)))

    def open(self, now: datetime) -> tuple[ResetRequest, ...]:
        resets = factor_resets
        query = select(resets).where(resets.c.decided_at.is_(None), resets.c.expires_at > now)
        return tuple(
            ResetRequest(
                id=row.id,
                user_id=UserId(row.user_id),
                asked_by=UserId(row.asked_by),
                reason=row.reason,
                asked_at=row.asked_at,
                expires_at=row.expires_at,
            )
            for row in self._connection.execute(query.order_by(resets.c.asked_at, resets.c.id))
        )

    def decide(self, reset_id: str, decision: ResetDecision, by: UserId, now: datetime) -> bool:
        resets = factor_resets
        decided = self._connection.execute(
            update(resets)
            .where(resets.c.id == reset_id, resets.c.decided_at.is_(None), resets.c.expires_at > now)
            .values(decision=decision.value, decided_by=by, decided_at=now)
        )
        return decided.rowcount == 1
