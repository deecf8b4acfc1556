"""Creates partners and customers from world files; a partner of the same name is replaced and keeps its id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from assistant.domain.catalogue import Catalogue
from assistant.domain.customers import Customer, Profile, StandardLicence, SyncState, disabled
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import CustomerId, PartnerId, RemoteCustomerId, StandardLicenceId
from assistant.domain.issuing import new_licences, new_subscription
from assistant.domain.partners import Partner
from assistant.domain.periods import local_date, start_of_day
from assistant.domain.provisioning import seat_changes
from assistant.domain.remote_manager import RemoteCustomer
from assistant.domain.subscriptions import Subscription
from assistant.licensing.catalogue import parse_catalogue
from assistant.licensing.catalogue_source import missing
from assistant.licensing.worlds.usage import samples
from assistant.licensing.worlds.values import (
    CustomerWorld,
    Fill,
    PartnerWorld,
    StandardLicenceWorld,
    SubscriptionWorld,
)
from assistant.ports.catalogue import CatalogueSource
from assistant.ports.clock import Clock, Ids
from assistant.ports.storage import Storage
from assistant.ports.storage.licensing import LicensingUnit


@dataclass(frozen=True)
class LoadedPartner:
    """The ids that a partner and its named customers were given."""

    id: PartnerId
    customers: Mapping[str, CustomerId]


class Provisioning:
    """Loads partners, all of them or none."""

    def __init__(
        self, storage: Storage[LicensingUnit], catalogues: CatalogueSource, clock: Clock, ids: Ids
    ) -> None:
        self._storage = storage
        self._catalogues = catalogues
        self._clock = clock
        self._ids = ids

    def partners(self) -> tuple[Partner, ...]:
        """Return the partners there are, by name."""
        with self._storage.reading() as unit:
            return unit.partners.all()

    def load(
        self,
        partners: Iterable[PartnerWorld],
        now: datetime | None = None,
        catalogue_text: str | None = None,
    ) -> Mapping[str, LoadedPartner]:
        """Replace these partners by what the world says, as of ``now`` (default: the clock), and return their ids.

        ``catalogue_text`` is the file that is stored and in force from now on, empty for that of the settings, None to
        leave things as they are. Raises InvalidInput naming the place in the file, with nothing changed, also when the catalogue
        lacks what a partner that stays has.
        """
        now = now or self._clock.now()
        catalogue = self._chosen(catalogue_text)
        loading = _Loading(catalogue, self._ids, now)
        partners = tuple(partners)
        with self._storage.writing() as unit:
            # in one order, so that two worlds with the same partners never wait for one another
            for name in sorted(partner.name for partner in partners):
                _lock(unit, name)
            loaded = {partner.name: loading.replace(unit, partner) for partner in partners}
            if catalogue_text is not None:
                _store(unit, catalogue, catalogue_text, now)
            unit.commit()
        return loaded

    def _chosen(self, text: str | None) -> Catalogue:
        if text is None:
            return self._catalogues.current()
        return parse_catalogue(text) if text else self._catalogues.configured()


def _lock(unit: LicensingUnit, name: str) -> None:
    known = unit.partners.by_name(name)
    if known:
        unit.partners.lock(known.id)


def _store(unit: LicensingUnit, catalogue: Catalogue, text: str, now: datetime) -> None:
    faults = tuple(missing(unit.catalogue.in_use(), catalogue))
    if faults:
        raise InvalidInput("catalogue", "; ".join(faults))
    if text:
        unit.catalogue.put(text, catalogue.revision, now)
    else:
        unit.catalogue.remove()


@dataclass(frozen=True)
class _Loading:
    """One world being loaded."""

    catalogue: Catalogue
    ids: Ids
    now: datetime

    def replace(self, unit: LicensingUnit, world: PartnerWorld) -> LoadedPartner:
        """Put a partner in place of the one of its name."""
        now = self.now
        old = unit.partners.by_name(world.name)
        if old:
            unit.partners.remove(old.id)
        today = local_date(now, world.time_zone)
        partner_id = old.id if old else PartnerId(self.ids.new("P"))
        partner = Partner(partner_id, world.name, world.time_zone, today, world.standard_tenant)
        unit.partners.add(partner)
        named = [self._customer(partner.id, customer, now, today) for customer in world.customers]
        sync = SyncState.FAILED if world.standard_tenant else SyncState.SYNCED
        for customer in [*named, *self._filled(partner.id, world, now, today)]:
            self._add(unit, replace(customer, sync=sync), now, world.time_zone)
        for customer, told in zip(named, world.customers, strict=True):
            for sample in samples(customer, told, now, world.time_zone):
                unit.usage_samples.add(sample)
        unit.remote_customers.add(
            [
                RemoteCustomer(RemoteCustomerId(self.ids.new("RM")), partner.id, name, now)
                for name in world.remote_customers
            ]
        )
        return LoadedPartner(partner.id, {customer.name: customer.id for customer in named})

    def _add(self, unit: LicensingUnit, customer: Customer, now: datetime, time_zone: str) -> None:
        unit.customers.add(customer)
        # what a world says has been so since each subscription began
        for subscription in customer.subscriptions:
            begun = min(now, start_of_day(subscription.start, time_zone))
            alone = replace(customer, subscriptions=(subscription,))
            changes = seat_changes(None, alone, begun, time_zone, {})
            unit.seats.record(customer.partner_id, customer.id, changes, "")

    def _filled(
        self, partner_id: PartnerId, world: PartnerWorld, now: datetime, today: date
    ) -> list[Customer]:
        if world.fill is None:
            return []
        start = today.replace(day=1)
        path = f"{world.path}.fill"
        taken = {customer.name for customer in world.customers}
        return [
            self._customer(
                partner_id,
                CustomerWorld(name, subscriptions=(SubscriptionWorld(world.fill.plan, seats, start, path),)),
                now,
                today,
            )
            for name, seats in _shares(world.fill, taken)
        ]

    def _customer(self, partner_id: PartnerId, world: CustomerWorld, now: datetime, today: date) -> Customer:
        customer = Customer(
            id=CustomerId(self.ids.new("C")),
            partner_id=partner_id,
            name=world.name,
            profile=Profile(country=world.country),
            enabled=True,
            subscriptions=(),
            standard_licences=tuple(self._standard(licence) for licence in world.standard_licences),
            version=1,
            since=now,
        )
        for item in world.subscriptions:
            subscription = self._subscription(item, today)
            _refuse_overlap(customer, subscription, item)
            customer = customer.adding(subscription)
        return customer if world.enabled else disabled(customer, today)

    def _standard(self, world: StandardLicenceWorld) -> StandardLicence:
        return StandardLicence(StandardLicenceId(self.ids.new("X")), **vars(world))

    def _subscription(self, world: SubscriptionWorld, today: date) -> Subscription:
        plan = self.catalogue.plan_named(world.plan)
        if plan is None:
            known = ", ".join(p.name for p in self.catalogue.plans.values())
            raise InvalidInput(world.path, f"must be a service plan of the catalogue: {known}")
        start = world.start or today
        composition = self.catalogue.products[plan.product].composition(today)
        return new_subscription(
            plan,
            new_licences(self.catalogue.components_of(plan, today), self.ids),
            self.ids,
            seats=world.seats,
            start=start,
            today=today,
            composition=composition.version if composition else 1,
            retires=self.catalogue.products[plan.product].end_of_life,
        )


def _shares(fill: Fill, taken: set[str]) -> Iterable[tuple[str, int]]:
    share, left = divmod(fill.seats, fill.customers)
    width = len(str(fill.customers))
    for index in range(fill.customers):
        name = f"Anonymous {index + 1:0{width}d}"
        yield name + ("*" if name in taken else ""), share + (1 if index < left else 0)


def _refuse_overlap(customer: Customer, added: Subscription, world: SubscriptionWorld) -> None:
    owned = {licence.product for subscription in customer.subscriptions for licence in subscription.licences}
    if any(licence.product in owned for licence in added.licences):
        raise InvalidInput(world.path, f"gives {customer.name} a component twice")
