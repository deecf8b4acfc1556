"""Creates partners and customers from world files; a partner of the same name is replaced and keeps its id."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from assistant.domain.activation_codes import synthetic_code
from assistant.domain.catalogue import Catalogue, Product, ServicePlan
from assistant.domain.customers import Customer, Licence, Subscription
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import CustomerId, LicenceId, PartnerId, SubscriptionId
from assistant.domain.partners import Partner
from assistant.domain.periods import end_of_term, local_date
from assistant.licensing.worlds.values import CustomerWorld, Fill, PartnerWorld, SubscriptionWorld
from assistant.ports.clock import Clock, Ids
from assistant.ports.storage import Storage
from assistant.ports.storage.licensing import LicensingUnit

FILL_PLAN = "WF Services Monthly Rolling"


@dataclass(frozen=True)
class LoadedPartner:
    """The ids that a partner and its named customers were given."""

    id: PartnerId
    customers: Mapping[str, CustomerId]


class Provisioning:
    """Loads partners, all of them or none."""

    def __init__(self, storage: Storage[LicensingUnit], catalogue: Catalogue, clock: Clock, ids: Ids) -> None:
        self._storage = storage
        self._catalogue = catalogue
        self._clock = clock
        self._ids = ids

    def partners(self) -> tuple[Partner, ...]:
        """Return the partners there are, by name."""
        with self._storage.reading() as unit:
            return unit.partners.all()

    def load(
        self, partners: Iterable[PartnerWorld], now: datetime | None = None
    ) -> Mapping[str, LoadedPartner]:
        """Replace these partners by what the world says, as of ``now`` (default: the clock), and return their ids.

        Raises InvalidInput naming the place in the file, with nothing changed.
        """
        now = now or self._clock.now()
        with self._storage.writing() as unit:
            loaded = {partner.name: self._replace(unit, partner, now) for partner in partners}
            unit.commit()
        return loaded

    def _replace(self, unit: LicensingUnit, world: PartnerWorld, now: datetime) -> LoadedPartner:
        old = unit.partners.by_name(world.name)
        if old:
            unit.partners.remove(old.id)
        partner = Partner(old.id if old else PartnerId(self._ids.new("P")), world.name, world.time_zone)
        unit.partners.add(partner)
        today = local_date(now, partner.time_zone)
        named = [self._customer(partner.id, customer, today) for customer in world.customers]
        for customer in [*named, *self._filled(partner.id, world, today)]:
            unit.customers.add(customer)
        return LoadedPartner(partner.id, {customer.name: customer.id for customer in named})

    def _filled(self, partner_id: PartnerId, world: PartnerWorld, today: date) -> list[Customer]:
        if world.fill is None:
            return []
        start = today.replace(day=1)
        path = f"{world.path}.fill"
        taken = {customer.name for customer in world.customers}
        return [
            self._customer(
                partner_id,
                CustomerWorld(name, subscriptions=(SubscriptionWorld(FILL_PLAN, seats, start, path),)),
                today,
            )
            for name, seats in _shares(world.fill, taken)
        ]

    def _customer(self, partner_id: PartnerId, world: CustomerWorld, today: date) -> Customer:
        customer = Customer(
            id=CustomerId(self._ids.new("C")),
            partner_id=partner_id,
            name=world.name,
            country=world.country,
            enabled=world.enabled,
            subscriptions=(),
            standard_licences=world.standard_licences,
            version=1,
        )
        for item in world.subscriptions:
            subscription = self._subscription(item, today)
            _refuse_overlap(customer, subscription, item)
            customer = customer.adding(subscription)
        return customer

    def _subscription(self, world: SubscriptionWorld, today: date) -> Subscription:
        plan = self._catalogue.plan_named(world.plan)
        if plan is None:
            known = ", ".join(p.name for p in self._catalogue.plans.values())
            raise InvalidInput(world.path, f"must be a service plan of the catalogue: {known}")
        start = world.start or today
        return Subscription(
            id=SubscriptionId(self._ids.new("S")),
            plan_id=plan.id,
            trial=plan.trial,
            seats=world.seats,
            start=start,
            expires=end_of_term(start, plan.initial_months, plan.renew_months, today),
            initial_months=plan.initial_months,
            renew_months=plan.renew_months,
            licences=self._licences(plan),
        )

    def _licences(self, plan: ServicePlan) -> tuple[Licence, ...]:
        return tuple(self._licence(product) for product in self._catalogue.components_of(plan))

    def _licence(self, product: Product) -> Licence:
        return Licence(
            id=LicenceId(self._ids.new("L")),
            product=product.code,
            code=synthetic_code(product.family, self._ids.number),
            data_center=product.data_centers[0] if product.data_centers else None,
            managed=product.managed,
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
