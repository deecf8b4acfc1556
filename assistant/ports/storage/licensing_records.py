"""What the licensing backend keeps beside customers: seats over time, approvals, own licences, cases, samples of use."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from assistant.domain.cases import Case, ListedCase
from assistant.domain.customers import SyncState
from assistant.domain.identifiers import CaseId, CustomerId, PartnerId, SubscriptionId
from assistant.domain.nfr import NfrLicence
from assistant.domain.provisioning import SeatChanges
from assistant.domain.remote_manager import RemoteCustomer, WaitingCustomer
from assistant.domain.situations import SuiteApproval
from assistant.domain.usage import UsageSample


class Seats(Protocol):
    """Provisioned seats over time, the future included as far as it is agreed."""

    def record(
        self, partner_id: PartnerId, customer_id: CustomerId, changes: SeatChanges, reference: str
    ) -> None:
        """Write down a change of provisioned seats and the audit entry it comes from."""

    def total(self, partner_id: PartnerId, today: date) -> int:
        """Return the partner's chargeable seats on a day, whatever the number of its customers at the same cost."""

    def steps(self, partner_id: PartnerId, since: date, until: date) -> Mapping[date, int]:
        """Return by how much the partner's total changes on each day after ``since`` and up to ``until``."""


class Approvals(Protocol):
    """Which composition of a suite each partner approved."""

    def versions(self, partner_id: PartnerId) -> Mapping[str, int]:
        """Return the approved version of each suite that this partner approved a change of."""

    def data_center(self, partner_id: PartnerId, product: str) -> str | None:
        """Return the data centre wanted for what the approved change of a suite added."""

    def save(self, partner_id: PartnerId, approval: SuiteApproval) -> None:
        """Store an approval; a later one takes its place."""


class NfrLicences(Protocol):
    """The partners' own not-for-resale licences."""

    def of(self, partner_id: PartnerId) -> tuple[NfrLicence, ...]:
        """Return those of a partner, by product."""

    def add(self, partner_id: PartnerId, licence: NfrLicence) -> None:
        """Add one. Raises Conflict when the partner has one of this product."""


class Cases(Protocol):
    """Support and migration cases."""

    def get(self, partner_id: PartnerId, case_id: CaseId) -> Case | None:
        """Return one of a partner's cases, or None."""

    def anywhere(self, case_id: CaseId) -> Case | None:
        """Return a case of whatever partner, or None; for the vendor's licensing desk."""

    def open_of(self, partner_id: PartnerId, customer_id: CustomerId) -> tuple[Case, ...]:
        """Return a customer's open cases."""

    def listed(
        self, partner_id: PartnerId | None, customer_id: CustomerId | None, limit: int
    ) -> tuple[ListedCase, ...]:
        """Return a partner's cases, of one customer or of all, newest first; without a partner the open ones of all partners."""

    def save(self, case: Case) -> None:
        """Store a new case, or the next version of one. Raises Conflict when somebody else stored that meanwhile."""


class UsageSamples(Protocol):
    """Samples of seats in use."""

    def add(self, sample: UsageSample) -> None:
        """Store a sample; a second one of the same instant takes its place."""

    def newest(self, partner_id: PartnerId, customer_id: CustomerId) -> Mapping[SubscriptionId, int]:
        """Return the newest sample of each subscription of a customer."""


class RemoteCustomers(Protocol):
    """The customers of partners' Remote Managers, and how far those here are synchronised with them."""

    def of(self, partner_id: PartnerId, limit: int) -> tuple[RemoteCustomer, ...]:
        """Return those of a partner by name, at most ``limit``."""

    def unlinked(self, partner_id: PartnerId) -> tuple[RemoteCustomer, ...]:
        """Return those of a partner that are the same as none here."""

    def waiting(self, partner_id: PartnerId, states: Collection[SyncState]) -> tuple[WaitingCustomer, ...]:
        """Return the customers here whose synchronisation is in one of these states."""

    def add(self, remotes: Sequence[RemoteCustomer]) -> None:
        """Add new ones."""

    def change(self, remotes: Sequence[RemoteCustomer]) -> None:
        """Store known ones as they are now."""

    def mark(self, customer_ids: Sequence[CustomerId], sync: SyncState) -> None:
        """Store how far customers here are synchronised; nothing else of them changes, their versions neither."""
