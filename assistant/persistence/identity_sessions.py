"""Sign-ins under way and full sessions as rows."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, true, update

from assistant.domain.accounts import BegunBy
from assistant.domain.identifiers import UserId
from assistant.persistence.tables.identity import sessions, sign_ins
from assistant.ports.storage.identity import (
    HashedRecoveryCode,
    PendingEnrolment,
    PendingSignIn,
    StoredSession,
)


class SqlSignIns:
    """The ``SignIns`` repository."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, pending: PendingSignIn) -> None:
        self._connection.execute(
            insert(sign_ins).values(
                token_hash=pending.token_hash,
                user_id=pending.user_id,
                expires_at=pending.expires_at,
                device=pending.device,
                begun_by=pending.begun_by.value,
            )
        )

    def find(self, token_hash: str, now: datetime) -> PendingSignIn | None:
        query = select(sign_ins).where(
            sign_ins.c.token_hash == token_hash, sign_ins.c.spent_at.is_(None), sign_ins.c.expires_at > now
        )
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _pending(row)

    def save_enrolment(self, token_hash: str, enrolment: PendingEnrolment, expires_at: datetime) -> None:
        self._connection.execute(
            update(sign_ins)
            .where(sign_ins.c.token_hash == token_hash)
            .values(
                sealed_secret=enrolment.sealed_secret,
                verified_step=enrolment.verified_step,
                recovery_codes=[[code.selector, code.code_hash] for code in enrolment.codes],
                expires_at=expires_at,
            )
        )

    def spend(self, token_hash: str, at: datetime) -> bool:
        spent = self._connection.execute(
            update(sign_ins)
            .where(sign_ins.c.token_hash == token_hash, sign_ins.c.spent_at.is_(None))
            .values(spent_at=at)
        )
        return spent.rowcount == 1

    def end_all(self, user_id: UserId, at: datetime) -> None:
        self._connection.execute(
            update(sign_ins)
            .where(sign_ins.c.user_id == user_id, sign_ins.c.spent_at.is_(None))
            .values(spent_at=at)
        )

    def forget_before(self, instant: datetime) -> None:
        self._connection.execute(delete(sign_ins).where(sign_ins.c.expires_at < instant))

    def age(self, by: timedelta) -> None:
        # row by row: databases differ in how they subtract a duration
        for row in self._connection.execute(select(sign_ins.c.token_hash, sign_ins.c.expires_at)).all():
            self._connection.execute(
                update(sign_ins)
                .where(sign_ins.c.token_hash == row.token_hash)
                .values(expires_at=row.expires_at - by)
            )


class SqlSessions:
    """The ``Sessions`` repository."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, session: StoredSession) -> None:
        self._connection.execute(insert(sessions).values(**vars(session)))

    def by_token(self, token_hash: str) -> StoredSession | None:
        query = select(sessions).where(sessions.c.token_hash == token_hash, sessions.c.ended_at.is_(None))
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _session(row)

    def of(self, user_id: UserId | None = None) -> tuple[StoredSession, ...]:
        whose = true() if user_id is None else sessions.c.user_id == user_id
        query = select(sessions).where(whose, sessions.c.ended_at.is_(None))
        newest_first = query.order_by(sessions.c.created_at.desc(), sessions.c.id)
        return tuple(_session(row) for row in self._connection.execute(newest_first))

    def touch(self, session_id: str, at: datetime) -> None:
        self._connection.execute(
            update(sessions)
            .where(sessions.c.id == session_id, sessions.c.last_seen_at < at)
            .values(last_seen_at=at)
        )

    def end(self, session_id: str, at: datetime) -> bool:
        ended = self._connection.execute(
            update(sessions)
            .where(sessions.c.id == session_id, sessions.c.ended_at.is_(None))
            .values(ended_at=at)
        )
        return ended.rowcount == 1

    def end_all(self, user_id: UserId, at: datetime) -> int:
        ended = self._connection.execute(
            update(sessions)
            .where(sessions.c.user_id == user_id, sessions.c.ended_at.is_(None))
            .values(ended_at=at)
        )
        return ended.rowcount

    def age(self, by: timedelta) -> int:
        live = self.of()
        for session in live:
            self._connection.execute(
                update(sessions)
                .where(sessions.c.id == session.id)
                .values(
                    created_at=session.created_at - by,
                    last_seen_at=session.last_seen_at - by,
                    expires_at=session.expires_at - by,
                )
            )
        return len(live)


def _pending(row: Row[*tuple[Any, ...]]) -> PendingSignIn:
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    enrolment = None
    if values["sealed_secret"] is not None:
        enrolment = PendingEnrolment(
            sealed_secret=values["sealed_secret"],
            verified_step=values["verified_step"],
            codes=tuple(HashedRecoveryCode(*pair) for pair in values["recovery_codes"] or ()),
        )
    return PendingSignIn(
        token_hash=values["token_hash"],
        user_id=UserId(values["user_id"]),
        expires_at=values["expires_at"],
        device=values["device"],
        enrolment=enrolment,
        begun_by=BegunBy(values["begun_by"]),
    )


def _session(row: Row[*tuple[Any, ...]]) -> StoredSession:
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    return StoredSession(
        id=values["id"],
        token_hash=values["token_hash"],
        user_id=UserId(values["user_id"]),
        created_at=values["created_at"],
        last_seen_at=values["last_seen_at"],
        expires_at=values["expires_at"],
        device=values["device"],
        address=values["address"],
    )
