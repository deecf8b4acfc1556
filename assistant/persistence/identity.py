"""Accounts and security events, and the unit of work over everything about identity."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from assistant.domain.accounts import User
from assistant.domain.identifiers import CustomerId, PartnerId, UserId
from assistant.domain.principals import Principal, Role
from assistant.persistence.database import SqlUnit
from assistant.persistence.failures import conflict_where_taken
from assistant.persistence.identity_attempts import SqlAttempts
from assistant.persistence.identity_devices import SqlDevices, SqlTokens
from assistant.persistence.identity_events import SqlEvents
from assistant.persistence.identity_factors import SqlFactors
from assistant.persistence.identity_links import SqlLetters, SqlLinks
from assistant.persistence.identity_resets import SqlResets
from assistant.persistence.identity_sessions import SqlSessions, SqlSignIns
from assistant.persistence.tables.identity import recovery_codes, second_factors, users
from assistant.ports.storage.identity import Account


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

    def put(self, user: User, password_hash: str, at: datetime, *, enrols_by_link: bool = False) -> None:
        principal = user.principal
        values = {
            "username": user.username,
            "name": principal.name,
            "role": principal.role.value,
            "partner_id": principal.partner_id,
            "customer_id": principal.customer_id,
            "password_hash": password_hash,
            "disabled_at": None,
            "email": user.email,
            "enrols_by_link": enrols_by_link,
        }
        with conflict_where_taken(f"There is a user {user.username} already.", [users.c.username]):
            replaced = self._connection.execute(
                update(users).where(users.c.id == principal.user_id).values(**values)
            )
            if not replaced.rowcount:
                self._connection.execute(insert(users).values(id=principal.user_id, created_at=at, **values))

    def set_password_hash(self, user_id: UserId, password_hash: str) -> None:
        self._set(user_id, password_hash=password_hash)

    def disable(self, user_id: UserId, at: datetime | None) -> None:
        self._set(user_id, disabled_at=at)

    def set_role(self, user_id: UserId, role: Role) -> None:
        self._set(user_id, role=role.value)

    def set_email(self, user_id: UserId, email: str | None) -> None:
        self._set(user_id, email=email)

    def close_enrolment(self, user_id: UserId) -> None:
        self._set(user_id, enrols_by_link=True)

    def _set(self, user_id: UserId, **values: object) -> None:
        self._connection.execute(update(users).where(users.c.id == user_id).values(**values))

    def _one(self, query: Select[*tuple[object, ...]]) -> Account | None:
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _account(row)


class SqlIdentityUnit(SqlUnit):
    """One transaction over everything about identity; ``request`` gives the id under which the request in hand is logged."""

    def __init__(self, connection: Connection, request: Callable[[], str] = str) -> None:
        super().__init__(connection)
        self.users = SqlUsers(connection)
        self.factors = SqlFactors(connection)
        self.sign_ins = SqlSignIns(connection)
        self.sessions = SqlSessions(connection)
        self.attempts = SqlAttempts(connection)
        self.events = SqlEvents(connection, request)
        self.links = SqlLinks(connection)
        self.letters = SqlLetters(connection)
        self.devices = SqlDevices(connection)
        self.tokens = SqlTokens(connection)
        self.resets = SqlResets(connection)

    def commit(self) -> None:
        """Write what was recorded to the end of the chain, and commit."""
        self.events.write()
        super().commit()


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
        email=values["email"],
        invited=not values["password_hash"],
        closed=values["disabled_at"] is not None,
    )
    return Account(
        user=user,
        password_hash=values["password_hash"],
        disabled=user.closed,
        enrols_by_link=values["enrols_by_link"],
    )
