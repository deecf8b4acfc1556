"""Second factors and recovery codes as rows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select, true, update

from assistant.domain.identifiers import UserId
from assistant.persistence.tables.identity import recovery_codes, second_factors
from assistant.ports.storage.identity import Factor, HashedRecoveryCode


class SqlFactors:
    """The ``Factors`` repository."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, user_id: UserId) -> Factor | None:
        query = select(second_factors).where(second_factors.c.user_id == user_id)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _factor(row)

    def all(self) -> tuple[Factor, ...]:
        return tuple(_factor(row) for row in self._connection.execute(select(second_factors)))

    def put(self, factor: Factor, codes: Sequence[HashedRecoveryCode], at: datetime) -> None:
        self.remove(factor.user_id)
        self._connection.execute(
            insert(second_factors).values(
                user_id=factor.user_id,
                sealed_secret=factor.sealed_secret,
                last_step=factor.last_step,
                failures_in_a_row=factor.failures_in_a_row,
                in_force_since=at,
            )
        )
        rows = [{"user_id": factor.user_id, "selector": c.selector, "code_hash": c.code_hash} for c in codes]
        if rows:
            self._connection.execute(insert(recovery_codes), rows)

    def remove(self, user_id: UserId) -> None:
        self._connection.execute(delete(recovery_codes).where(recovery_codes.c.user_id == user_id))
        self._connection.execute(delete(second_factors).where(second_factors.c.user_id == user_id))

    def use_step(self, user_id: UserId, step: int) -> bool:
        factors = second_factors
        used = self._connection.execute(
            update(factors)
            .where(factors.c.user_id == user_id, factors.c.last_step < step)
            .values(last_step=step, failures_in_a_row=0)
        )
        return used.rowcount == 1

    def count_failure(self, user_id: UserId) -> None:
        factors = second_factors
        self._connection.execute(
            update(factors)
            .where(factors.c.user_id == user_id)
            .values(failures_in_a_row=factors.c.failures_in_a_row + 1)
        )

    def forgive(self, user_id: UserId | None = None) -> None:
        whose = true() if user_id is None else second_factors.c.user_id == user_id
        self._connection.execute(update(second_factors).where(whose).values(failures_in_a_row=0))

    def reseal(self, user_id: UserId, before: str, after: str) -> bool:
        factors = second_factors
        resealed = self._connection.execute(
            update(factors)
            .where(factors.c.user_id == user_id, factors.c.sealed_secret == before)
            .values(sealed_secret=after)
        )
        return resealed.rowcount == 1

    def recovery_code(self, user_id: UserId, selector: str) -> HashedRecoveryCode | None:
        codes = recovery_codes
        query = select(codes).where(
            codes.c.user_id == user_id, codes.c.selector == selector, codes.c.used_at.is_(None)
        )
        row = self._connection.execute(query).one_or_none()
        return None if row is None else HashedRecoveryCode(selector=row.selector, code_hash=row.code_hash)

    def burn(self, user_id: UserId, selector: str, at: datetime) -> bool:
        codes = recovery_codes
        burnt = self._connection.execute(
            update(codes)
            .where(codes.c.user_id == user_id, codes.c.selector == selector, codes.c.used_at.is_(None))
            .values(used_at=at)
        )
        return burnt.rowcount == 1


def _factor(row: Row[*tuple[object, ...]]) -> Factor:
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    return Factor(
        user_id=UserId(values["user_id"]),
        sealed_secret=values["sealed_secret"],
        last_step=values["last_step"],
        failures_in_a_row=values["failures_in_a_row"],
    )
