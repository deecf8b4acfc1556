"""Known devices and tokens of programs as rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, true, update

from assistant.domain.accounts import Scope, TokenView
from assistant.domain.identifiers import UserId
from assistant.persistence.tables.identity import users
from assistant.persistence.tables.identity_links import access_tokens, known_devices
from assistant.ports.storage.identity_links import KnownDevice, StoredToken


class SqlDevices:
    """The ``Devices`` repository."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def knows(self, token_hash: str, user_id: UserId) -> bool:
        devices = known_devices
        query = select(devices.c.token_hash).where(
            devices.c.token_hash == token_hash, devices.c.user_id == user_id
        )
        return self._connection.execute(query).one_or_none() is not None

    def count(self, user_id: UserId) -> int:
        query = select(func.count()).where(known_devices.c.user_id == user_id)
        return self._connection.scalars(query).one()

    def remember(self, device: KnownDevice, at_most: int) -> None:
        devices = known_devices
        mine = devices.c.user_id == device.user_id
        noted = self._connection.execute(
            update(devices)
            .where(mine, devices.c.token_hash == device.token_hash)
            .values(last_seen_at=device.created_at, name=device.name)
        )
        if noted.rowcount:
            return
        self._connection.execute(insert(devices).values(**vars(device), last_seen_at=device.created_at))
        newest_first = select(devices.c.token_hash).where(mine).order_by(devices.c.last_seen_at.desc())
        stale = self._connection.scalars(newest_first).all()[at_most:]
        self._connection.execute(delete(devices).where(mine, devices.c.token_hash.in_(stale)))

    def forget(self, user_id: UserId) -> None:
        self._connection.execute(delete(known_devices).where(known_devices.c.user_id == user_id))


class SqlTokens:
    """The ``Tokens`` repository."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, token: StoredToken) -> None:
        view = token.view
        self._connection.execute(
            insert(access_tokens).values(
                id=view.id,
                token_hash=token.token_hash,
                user_id=token.user_id,
                name=view.name,
                scopes=" ".join(scope.value for scope in view.scopes),
                created_at=view.created_at,
                expires_at=view.expires_at,
            )
        )

    def by_hash(self, token_hash: str) -> StoredToken | None:
        found = self._found(access_tokens.c.token_hash == token_hash)
        return found[0] if found else None

    def of(self, user_id: UserId | None = None) -> tuple[StoredToken, ...]:
        return self._found(true() if user_id is None else access_tokens.c.user_id == user_id)

    def touch(self, token_id: str, at: datetime) -> None:
        tokens = access_tokens
        self._connection.execute(update(tokens).where(tokens.c.id == token_id).values(last_used_at=at))

    def revoke(self, token_id: str, at: datetime) -> bool:
        return self._revoke(access_tokens.c.id == token_id, at) == 1

    def revoke_all(self, user_id: UserId, at: datetime) -> int:
        return self._revoke(access_tokens.c.user_id == user_id, at)

    def _revoke(self, which: Any, at: datetime) -> int:
        revoked = self._connection.execute(
            update(access_tokens).where(which, access_tokens.c.revoked_at.is_(None)).values(revoked_at=at)
        )
        return revoked.rowcount

    def _found(self, which: Any) -> tuple[StoredToken, ...]:
        tokens = access_tokens
        query = (
            select(tokens, users.c.username)
            .join(users, users.c.id == tokens.c.user_id)
            .where(which, tokens.c.revoked_at.is_(None))
            .order_by(tokens.c.created_at.desc(), tokens.c.id)
        )
        return tuple(_token(row) for row in self._connection.execute(query))


def _token(row: Row[*tuple[Any, ...]]) -> StoredToken:
    view = TokenView(
        id=row.id,
        name=row.name,
        scopes=tuple(Scope(scope) for scope in row.scopes.split()),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        username=row.username,
    )
    return StoredToken(token_hash=row.token_hash, user_id=UserId(row.user_id), view=view)
