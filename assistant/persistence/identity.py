"""Accounts and security events, and the unit of work over everything about identity."""

from datetime import datetime

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from assistant.domain.accounts import User
from assistant.domain.identifiers import CustomerId, PartnerId, UserId
from assistant.domain.principals import Principal, Role
from assistant.domain.security_events import SecurityEvent
from assistant.persistence.database import SqlUnit
from assistant.persistence.failures import conflict_where_taken
from assistant.persistence.identity_attempts import SqlAttempts
from assistant.persistence.identity_factors import SqlFactors
from assistant.persistence.identity_sessions import SqlSessions, SqlSignIns
from assistant.persistence.tables.identity import recovery_codes, second_factors, security_events, users
from assistant.ports.storage.identity import Account, RecordedEvent


class SqlUsers:
    """The ``Users`` repository."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def named(self, username: str) -> Account | None:
        return self._one(_accounts().where(users.c.username == username))

    def by_id(self, user_id: UserId) -> Account | None:
        return self._one(_accounts().where(users.c.id == user_id))

    def all(self) -> tuple[Account, ...]:
        rows = self._connection.execute(_accounts().order_by(users.c.username))
        return tuple(_account(row) for row in rows)

    def put(self, user: User, password_hash: str, at: datetime) -> None:
        principal = user.principal
        values = {
            "username": user.username,
            "name": principal.name,
            "role": principal.role.value,
            "partner_id": principal.partner_id,
            "customer_id": principal.customer_id,
            "password_hash": password_hash,
            "disabled_at": None,
        }
        with conflict_where_taken(f"There is a user {user.username} already.", [users.c.username]):
            replaced = self._connection.execute(
                update(users).where(users.c.id == principal.user_id).values(**values)
            )
            if not replaced.rowcount:
                self._connection.execute(insert(users).values(id=principal.user_id, created_at=at, **values))

    def set_password_hash(self, user_id: UserId, password_hash: str) -> None:
        self._connection.execute(
            update(users).where(users.c.id == user_id).values(password_hash=password_hash)
        )

    def disable(self, user_id: UserId, at: datetime) -> None:
        self._connection.execute(update(users).where(users.c.id == user_id).values(disabled_at=at))

    def _one(self, query: Select[*tuple[object, ...]]) -> Account | None:
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _account(row)


class SqlEvents:
    """The ``Events`` repository."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def record(self, event: SecurityEvent, at: datetime, user_id: UserId | None, address: str = "") -> None:
        self._connection.execute(
            insert(security_events).values(name=event.value, at=at, user_id=user_id, address=address)
        )

    def all(self) -> tuple[RecordedEvent, ...]:
        rows = self._connection.execute(select(security_events).order_by(security_events.c.id))
        return tuple(
            RecordedEvent(name=SecurityEvent(r.name), at=r.at, user_id=r.user_id, address=r.address)
            for r in rows
        )


class SqlIdentityUnit(SqlUnit):
    """One transaction over accounts, factors, sign-ins, sessions, attempts and events."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.users = SqlUsers(connection)
        self.factors = SqlFactors(connection)
        self.sign_ins = SqlSignIns(connection)
        self.sessions = SqlSessions(connection)
        self.attempts = SqlAttempts(connection)
        self.events = SqlEvents(connection)


def _accounts() -> Select[*tuple[object, ...]]:
    codes_left = (
        select(func.count())
        .where(recovery_codes.c.user_id == users.c.id, recovery_codes.c.used_at.is_(None))
        .scalar_subquery()
    )
    return select(
        users, second_factors.c.user_id.label("factor_of"), codes_left.label("codes_left")
    ).select_from(users.outerjoin(second_factors))


def _account(row: Row[*tuple[object, ...]]) -> Account:
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    principal = Principal(
        user_id=UserId(values["id"]),
        name=values["name"],
        role=Role(values["role"]),
        partner_id=PartnerId(values["partner_id"]) if values["partner_id"] else None,
        customer_id=CustomerId(values["customer_id"]) if values["customer_id"] else None,
    )
    user = User(
        principal=principal,
        username=values["username"],
        enrolled=values["factor_of"] is not None,
        recovery_codes_left=values["codes_left"],
    )
    return Account(
        user=user, password_hash=values["password_hash"], disabled=values["disabled_at"] is not None
    )
