"""Usage as the operator of the platform works with it: recording samples, and reading any partner's report."""

from collections.abc import Iterator
from datetime import date

from assistant.domain.catalogue import Catalogue
from assistant.domain.customers import Customer
from assistant.domain.errors import InvalidInput
from assistant.domain.naming import plan_name
from assistant.domain.partners import Partner
from assistant.domain.periods import BillingMonth, local_date
from assistant.domain.report_lookups import BandView, BandWhatIf, ReportView, what_if
from assistant.domain.simulating import SimulatedMonth, lines_of, simulated
from assistant.domain.subscriptions import Subscription
from assistant.domain.usage import MOST_USED, UsageSample
from assistant.licensing.report_look_up import shown_report
from assistant.ports.catalogue import CatalogueSource
from assistant.ports.clock import Clock
from assistant.ports.storage import Storage
from assistant.ports.storage.licensing import LicensingUnit


class UsageDesk:
    """Names partners, customers and plans as people do; everything else goes by ids."""

    def __init__(self, storage: Storage[LicensingUnit], catalogues: CatalogueSource, clock: Clock) -> None:
        self._storage = storage
        self._catalogues = catalogues
        self._clock = clock

    def report(self, partner: str, month: str) -> ReportView:
        """Return the report of a partner for a month ``YYYY-MM``. Raises InvalidInput naming what is wrong."""
        wanted, now, catalogue = BillingMonth.parse(month), self._clock.now(), self._catalogues.current()
        with self._storage.reading() as unit:
            return shown_report(unit, _partner(unit, partner), wanted, catalogue, now)

    def bands(self, asked: BandWhatIf) -> BandView:
        """Answer what anybody may ask about bands, as of today in UTC. Raises InvalidInput naming what is wrong."""
        return what_if(asked, self._catalogues.current().bands(local_date(self._clock.now(), "UTC")))

    def month(self, month: str, lines: str) -> SimulatedMonth:
        """Play a month ``YYYY-MM`` through with entered lines, by the bands of its first day. Raises InvalidInput."""
        played = BillingMonth.parse(month)
        return simulated(played, lines_of(lines, played), self._catalogues.current().bands(played.first))

    def record(self, partner: str, customer: str, plan: str, used: int) -> UsageSample:
        """Record how many seats of a customer's plan are in use now. Raises InvalidInput naming what is wrong."""
        if not 0 <= used <= MOST_USED:
            raise InvalidInput("seats", f"must be 0 to {MOST_USED}")
        now, catalogue = self._clock.now(), self._catalogues.current()
        with self._storage.writing() as unit:
            unit.partners.lock(_partner(unit, partner).id)
            # read again: a world may have replaced it until the lock was ours
            owner = _partner(unit, partner)
            found = unit.customers.named(owner.id, customer)
            if found is None:
                raise InvalidInput("customer", f"must be a customer of {owner.name}; there is no {customer}")
            subscription = _subscription(found, plan, local_date(now, owner.time_zone), catalogue)
            sample = UsageSample(owner.id, found.id, subscription.id, subscription.product, now, used)
            unit.usage_samples.add(sample)
            unit.commit()
        return sample


def _subscription(customer: Customer, plan: str, today: date, catalogue: Catalogue) -> Subscription:
    held = [s.on(today) for s in customer.subscriptions if s.held(today)]
    wanted = plan.strip().casefold()
    found = next((s for s in held if wanted in {n.casefold() for n in _names(s, catalogue)}), None)
    if found is None:
        names = ", ".join(plan_name(s, catalogue) for s in held) or "none"
        raise InvalidInput("plan", f"must be a plan that {customer.name} has: {names}")
    return found


def _names(subscription: Subscription, catalogue: Catalogue) -> Iterator[str]:
    yield plan_name(subscription, catalogue)
    yield catalogue.products[subscription.product].name
    if subscription.plan_id is not None:
        yield from catalogue.plans[subscription.plan_id].aliases


def _partner(unit: LicensingUnit, name: str) -> Partner:
    partner = unit.partners.by_name(name)
    if partner is None:
        known = ", ".join(partner.name for partner in unit.partners.all())
        raise InvalidInput(
            "partner", f"must be one of {known}" if known else "is not known: there is none yet"
        )
    return partner
