"""Keeping a partner's customers and those of its Remote Manager the same, as one step of the work that falls due."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assistant.domain.audit import AUDIT_NAMES, DUE, SYSTEM, AuditEntry
from assistant.domain.customers import Customer, Profile, SyncState
from assistant.domain.identifiers import CustomerId, RemoteCustomerId, UserId
from assistant.domain.partners import Partner
from assistant.domain.quotes import QuoteValue
from assistant.domain.remote_manager import RemoteCustomer, SyncEvent, SyncKind, sync_events
from assistant.licensing.scope import Surroundings
from assistant.ports.clock import Ids
from assistant.ports.storage.licensing import LicensingUnit


def synchronise(unit: LicensingUnit, partner: Partner, around: Surroundings, ids: Ids) -> Mapping[str, int]:
    """Do, in the open transaction, what is due between the two sides; returns how many were synchronised and imported.

    What was done is not due any more, so that running it again does nothing.
    """
    # those that a tenant of standard licences refused once stay refused
    tried = {SyncState.PENDING} if partner.standard_tenant else {SyncState.PENDING, SyncState.FAILED}
    events = tuple(
        sync_events(
            partner,
            unit.remote_customers.waiting(partner.id, tried),
            unit.remote_customers.unlinked(partner.id),
            lambda name: unit.customers.is_taken(partner.id, name),
            around.now,
        )
    )
    run = _Run(unit, partner, around, ids)
    for event in events:
        run.take(event)
    run.store()
    return Counter(entry.kind or "" for entry in run.entries)


@dataclass(frozen=True)
class _Run:
    """Collects what events make of both sides, and stores it in sets."""

    unit: LicensingUnit
    partner: Partner
    around: Surroundings
    ids: Ids
    synced: list[CustomerId] = field(default_factory=list)
    failed: list[CustomerId] = field(default_factory=list)
    copies: list[RemoteCustomer] = field(default_factory=list)
    changed: list[RemoteCustomer] = field(default_factory=list)
    entries: list[AuditEntry] = field(default_factory=list)

    def take(self, event: SyncEvent) -> None:
        """Take one event; a refusal changes nothing that a partner would call a change, and has no audit entry."""
        if event.kind is SyncKind.REFUSED:
            self._refuse(event)
            return
        if event.kind is SyncKind.IMPORTED:
            customer_id = self._imported(event)
        else:
            assert event.here is not None
            customer_id = event.here.id
            self.synced.append(customer_id)
        linked = self._linked(event, customer_id)
        self.entries.append(self._entry(event, customer_id, linked))

    def store(self) -> None:
        """Store what was taken."""
        self.unit.remote_customers.mark(self.synced, SyncState.SYNCED)
        self.unit.remote_customers.mark(self.failed, SyncState.FAILED)
        self.unit.remote_customers.add(self.copies)
        self.unit.remote_customers.change(self.changed)
        if self.entries:
            self.unit.audit.append_all(self.entries)

    def _refuse(self, event: SyncEvent) -> None:
        if event.here:
            self.failed.append(event.here.id)
        if event.there:
            self.changed.append(replace(event.there, sync=SyncState.FAILED))

    def _linked(self, event: SyncEvent, customer_id: CustomerId) -> RemoteCustomer:
        if event.there:
            linked = replace(event.there, sync=SyncState.SYNCED, customer_id=customer_id)
            self.changed.append(linked)
            return linked
        copy = RemoteCustomer(
            RemoteCustomerId(self.ids.new("RM")),
            self.partner.id,
            event.name,
            event.at,
            SyncState.SYNCED,
            customer_id,
        )
        self.copies.append(copy)
        return copy

    def _imported(self, event: SyncEvent) -> CustomerId:
        customer = Customer(
            id=CustomerId(self.ids.new("C")),
            partner_id=self.partner.id,
            name=event.name,
            profile=Profile(),
            enabled=True,
            subscriptions=(),
            standard_licences=(),
            version=1,
            since=event.at,
            sync=SyncState.SYNCED,
        )
        self.unit.customers.add(customer)
        return customer.id

    def _entry(self, event: SyncEvent, customer_id: CustomerId, linked: RemoteCustomer) -> AuditEntry:
        kind = "customer_imported" if event.kind is SyncKind.IMPORTED else "customer_synced"
        after: dict[str, QuoteValue] = {"sync": SyncState.SYNCED.value, "remote_customer": linked.id}
        return AuditEntry(
            name=AUDIT_NAMES[kind],
            reference=self.ids.new("R"),
            op=DUE,
            partner_id=self.partner.id,
            customer_id=customer_id,
            customer=event.name,
            actor_id=UserId(""),
            actor=SYSTEM,
            when=event.at,
            capsule_hash=hashlib.sha256(f"{customer_id}:{kind}".encode()).hexdigest(),
            values={"customer": event.name, **after},
            before={},
            after=after,
            cites=self.around.policy.cite("remote_manager_sync"),
            kind=kind,
            recorded=self.around.now,
        )
