"""What the licensing backend keeps: partners, customers, the commands it has executed, and the audit chain."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Protocol

from assistant.domain.audit import AuditEntry, AuditHead, AuditName, ChainedEntry
from assistant.domain.customers import Customer
from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.domain.lookups import CustomerSummary
from assistant.domain.partners import Partner
from assistant.domain.quotes import Receipt
from assistant.ports.storage import Unit
from assistant.ports.storage.licensing_bulk import KeptBatches
from assistant.ports.storage.licensing_catalogue import StoredCatalogue
from assistant.ports.storage.licensing_due import Due
from assistant.ports.storage.licensing_listings import Listings
from assistant.ports.storage.licensing_records import (
    Approvals,
    Cases,
    NfrLicences,
    RemoteCustomers,
    Seats,
    UsageSamples,
)
from assistant.ports.storage.licensing_reports import Reports, Usage


class Partners(Protocol):
    """All partners."""

    def by_id(self, partner_id: PartnerId) -> Partner | None:
        """Return a partner, or None."""

    def by_name(self, name: str) -> Partner | None:
        """Return a partner by its exact name, or None."""

    def all(self) -> tuple[Partner, ...]:
        """Return all partners by name."""

    def lock(self, partner_id: PartnerId) -> None:
        """Keep every other writing unit from changing anything of this partner until this one ends."""

    def add(self, partner: Partner) -> None:
        """Add a partner with an empty audit chain. Raises Conflict when the name is taken."""

    def remove(self, partner_id: PartnerId) -> None:
        """Remove a partner with everything that belongs to it, its audit included; for replacing worlds only."""


class Customers(Protocol):
    """The customers of one partner at a time: no method reaches across partners."""

    def get(self, partner_id: PartnerId, customer_id: CustomerId) -> Customer | None:
        """Return one customer whole, or None when it does not exist or belongs to another partner."""

    def several(self, partner_id: PartnerId, wanted: Collection[CustomerId] | None) -> tuple[Customer, ...]:
        """Return those of these customers that belong to the partner, or all of the partner's, whole and by name."""

    def summaries(self, partner_id: PartnerId, today: date) -> tuple[CustomerSummary, ...]:
        """Return one line for each customer, by name, with the seats and plans that are active on a day."""

    def named(self, partner_id: PartnerId, name: str) -> Customer | None:
        """Return the customer of this name, without regard to capitals and white space, or None."""

    def is_taken(self, partner_id: PartnerId, name: str) -> bool:
        """Tell whether a customer of this partner has this name, without regard to capitals and white space."""

    def add(self, customer: Customer) -> None:
        """Add a new customer with its subscriptions. Raises Conflict when the name is taken."""

    def save(self, before: Customer, after: Customer) -> None:
        """Write what a change made of a customer as it was read, and count the version up.

        Raises Conflict when somebody else saved it meanwhile.
        """


class Commands(Protocol):
    """What was executed, and what never may be, by idempotency key."""

    def find(self, partner_id: PartnerId, key: str) -> tuple[str, Receipt | None] | None:
        """Return the request hash and the receipt stored under a key of this partner, or None.

        A key without a receipt was withdrawn.
        """

    def withdraw(self, partner_id: PartnerId, key: str, at: datetime) -> None:
        """Store that nothing may be executed under this key. Raises Conflict when the key was used meanwhile."""

    def add(self, partner_id: PartnerId, key: str, request_hash: str, receipt: Receipt) -> None:
        """Store a receipt. Raises Conflict when the key was used meanwhile."""


class Audit(Protocol):
    """The audit chains; entries are only ever added."""

    def append(self, entry: AuditEntry) -> ChainedEntry:
        """Link an entry to the end of its partner's chain and move the head."""

    def append_all(self, entries: Iterable[AuditEntry]) -> tuple[ChainedEntry, ...]:
        """Link entries of one partner to the end of its chain, in their order, and move the head once."""

    def head(self, partner_id: PartnerId) -> AuditHead:
        """Return where the partner's chain ends."""

    def chain(self, partner_id: PartnerId) -> Iterable[ChainedEntry]:
        """Return the whole chain, first entry first."""

    def newest(
        self, partner_id: PartnerId, customer_id: CustomerId | None, limit: int
    ) -> tuple[AuditEntry, ...]:
        """Return the newest entries first, of one customer or of all."""

    def by_reference(self, partner_id: PartnerId, reference: str) -> AuditEntry | None:
        """Return one entry of this partner, or None."""

    def of_partner(self, partner_id: PartnerId, names: Collection[AuditName]) -> tuple[AuditEntry, ...]:
        """Return the entries of these names that are about the whole partner and no customer, oldest first."""

    def in_time(
        self, partner_id: PartnerId, customer_id: CustomerId | None, since: datetime, until: datetime
    ) -> tuple[AuditEntry, ...]:
        """Return what took effect from ``since`` on and before ``until``, oldest first, of one customer or of all."""


class LicensingUnit(Unit, Protocol):
    """One transaction of the licensing backend."""

    @property
    def partners(self) -> Partners: ...

    @property
    def customers(self) -> Customers: ...

    @property
    def commands(self) -> Commands: ...

    @property
    def audit(self) -> Audit: ...

    @property
    def due(self) -> Due: ...

    @property
    def seats(self) -> Seats: ...

    @property
    def approvals(self) -> Approvals: ...

    @property
    def nfr_licences(self) -> NfrLicences: ...

    @property
    def cases(self) -> Cases: ...

    @property
    def remote_customers(self) -> RemoteCustomers: ...

    @property
    def catalogue(self) -> StoredCatalogue: ...

    @property
    def usage_samples(self) -> UsageSamples: ...

    @property
    def usage(self) -> Usage: ...

    @property
    def reports(self) -> Reports: ...

    @property
    def listings(self) -> Listings: ...

    @property
    def batches(self) -> KeptBatches: ...
