"""Row-level security of PostgreSQL: the second wall between partners, behind the conditions of the repositories.

Each transaction says whose rows it reaches. A table that is walled off shows no other row, takes no other row, and shows
none at all to a transaction that says nothing, also to the owner of the table. Two kinds of user pass over it: superusers
and those with ``BYPASSRLS``. It guards against a forgotten condition, not against somebody who may run any statement.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from assistant.persistence.tables import metadata

_COLUMN = "partner_id"
_OWN = f"{_COLUMN} = (SELECT nullif(current_setting('assistant.partner', true), ''))"
_EVERY = "(SELECT current_setting('assistant.every_partner', true)) = 'on'"
_POLICY = "own_partner"

OUTSIDE = frozenset({"users"})
"""Tables with a partner in them that are read to find out who asks, and therefore before anybody's partner is known."""

WITHOUT_COLUMN = frozenset({"partners", "licences", "standard_licences"})
"""Tables whose rows belong to a partner by another column than ``partner_id``."""


@dataclass(frozen=True)
class Reach:
    """Whose rows a transaction reaches: those of one partner, of every partner, or by default nobody's."""

    partner_id: str = ""
    every_partner: bool = False

    @property
    def settings(self) -> dict[str, str]:
        """The settings of the transaction that say so to the database."""
        return {
            "assistant.partner": self.partner_id,
            "assistant.every_partner": "on" if self.every_partner else "",
        }


NOBODYS = Reach()
EVERY_PARTNERS = Reach(every_partner=True)


def wall_off(table: str, condition: str = _OWN) -> list[str]:
    """Return the statements that wall off a table; ``condition`` holds for the rows of the partner that is set."""
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY {_POLICY} ON "{table}" USING ({_EVERY} OR {condition})',
    ]


def take_down(table: str) -> list[str]:
    """Return the statements that take the wall away."""
    return [
        f'DROP POLICY {_POLICY} ON "{table}"',
        f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
    ]


def belonging_to_partners() -> frozenset[str]:
    """Return the names of the tables that have to be walled off."""
    carrying = {table.name for table in metadata.sorted_tables if _COLUMN in table.columns}
    return frozenset((carrying | WITHOUT_COLUMN) - OUTSIDE)


def faults(connection: Connection) -> Iterable[str]:
    """Return a few words for each table that should be walled off and is not; none where there is no such wall."""
    if connection.dialect.name != "postgresql":
        return
    walled = connection.scalars(
        text("SELECT tablename FROM pg_policies p JOIN pg_class c ON c.oid = to_regclass(quote_ident(p.tablename))"
             " WHERE p.policyname = :policy AND c.relrowsecurity AND c.relforcerowsecurity"),
        {"policy": _POLICY},
    )  # fmt: skip
    for name in sorted(belonging_to_partners() - set(walled)):
        yield f"{name} has no row-level security"


def is_passed_over(connection: Connection) -> bool:
    """Tell whether the wall does not count for the user of this connection."""
    if connection.dialect.name != "postgresql":
        return False
    privileged = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    return bool(connection.scalar(privileged))
