"""Long lists of a partner, cut, sorted and searched where they are stored."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.domain.audit import AuditEntry
from assistant.domain.customers import Customer
from assistant.domain.identifiers import PartnerId
from assistant.domain.page_lookups import ChangesBy, CustomersBy


@dataclass(frozen=True)
class FoundCustomers:
    """A cut of the customers, without their licences: how many were found, and how many there are."""

    customers: tuple[Customer, ...]
    found: int
    total: int


@dataclass(frozen=True)
class FoundChanges:
    """A cut of the changes, newest first, and how many were found."""

    entries: tuple[AuditEntry, ...]
    found: int


class Listings(Protocol):
    """Cuts of long lists; each takes the same number of statements however long the list is."""

    def customers(self, partner_id: PartnerId, asked: CustomersBy, today: date) -> FoundCustomers:
        """Return a cut of the partner's customers as of a day."""

    def changes(self, partner_id: PartnerId, asked: ChangesBy) -> FoundChanges:
        """Return a cut of the partner's changes."""
