"""Who acts, in which role, and what each role may do.

The permission table below is the whole of it: chat, pages, API and command line all decide through
``may`` in the licensing backend or the use case, so they cannot differ.
"""

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.identifiers import CustomerId, PartnerId, UserId


class Role(StrEnum):
    """The roles of the contract; ``operator`` is the vendor's licensing desk."""

    PARTNER_ADMIN = "partner_admin"
    PARTNER_READER = "partner_reader"
    END_CUSTOMER = "end_customer"
    SALES = "sales"
    EDITOR = "editor"
    APPROVER = "approver"
    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """Named acts, ``subject:act``."""

    CUSTOMERS_READ = "customers:read"
    LICENCES_CHANGE = "licences:change"
    HISTORY_READ = "history:read"
    KNOWLEDGE_EDIT = "knowledge:edit"
    KNOWLEDGE_PUBLISH = "knowledge:publish"
    CASES_OPEN = "cases:open"
    CASES_WORK = "cases:work"
    TEAM_ADMINISTER = "team:administer"
    USERS_ADMINISTER = "users:administer"


_GRANTED: dict[Role, frozenset[Permission]] = {
    Role.PARTNER_ADMIN: frozenset(
        {
            Permission.CUSTOMERS_READ,
            Permission.LICENCES_CHANGE,
            Permission.HISTORY_READ,
            Permission.CASES_OPEN,
            Permission.TEAM_ADMINISTER,
        }
    ),
    Role.PARTNER_READER: frozenset(
        {Permission.CUSTOMERS_READ, Permission.HISTORY_READ, Permission.CASES_OPEN}
    ),
    Role.END_CUSTOMER: frozenset(),
    Role.SALES: frozenset(),
    Role.EDITOR: frozenset({Permission.KNOWLEDGE_EDIT}),
    Role.APPROVER: frozenset({Permission.KNOWLEDGE_EDIT, Permission.KNOWLEDGE_PUBLISH}),
    Role.OPERATOR: frozenset({Permission.CASES_WORK}),
    Role.ADMINISTRATOR: frozenset({Permission.USERS_ADMINISTER}),
}


@dataclass(frozen=True)
class Principal:
    """The signed-in user on whose behalf something is asked or done.

    ``partner_id`` is set for partner roles, ``customer_id`` for an end customer; both are None for the
    vendor's own people, who therefore see no partner's data through these roles.
    """

    user_id: UserId
    name: str
    role: Role
    partner_id: PartnerId | None = None
    customer_id: CustomerId | None = None


def may(principal: Principal | None, permission: Permission) -> bool:
    """Tell whether this principal may do the named act; a signed-out visitor may do none of them."""
    return principal is not None and permission in _GRANTED[principal.role]
