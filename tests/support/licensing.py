"""Builders for the licensing backend: customers, situations, a policy, and a backend on a real database."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache

from assistant.domain.customers import Customer, Profile
from assistant.domain.identifiers import CustomerId, LicenceId, PartnerId, SubscriptionId, UserId
from assistant.domain.partners import Partner
from assistant.domain.policy import Citation, Fact, Policy
from assistant.domain.principals import Principal, Role
from assistant.domain.quotes import Capsule, Quote, StepUp
from assistant.domain.situations import Situation
from assistant.domain.subscriptions import Licence, Subscription
from assistant.licensing.catalogue import read_catalogue
from assistant.licensing.embedded import EmbeddedLicensing
from assistant.licensing.provisioning import Provisioning
from assistant.licensing.worlds import read_world
from assistant.persistence.database import SqlPartnerStorage
from assistant.persistence.licensing import SqlLicensingUnit
from assistant.ports.simulation import Fault
from support.clock import FakeClock, FakeIds
from support.databases import new_file, open_migrated

TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)

WORLD = """
partners:
  Northwind:
    time_zone: Europe/Berlin
    customers:
      Contoso: {country: DE, subscriptions: [{plan: WF Services Monthly Rolling, seats: 25, start: 2025-04-01}]}
      Tailspin: {subscriptions: [{plan: WF Services XDR, seats: 60, start: 2025-03-01}]}
      Lucerne: {}
    fill: {customers: 4, seats: 163}
  Southridge:
    customers:
      Woodgrove: {subscriptions: [{plan: WF Services Monthly Rolling, seats: 55, start: 2025-02-01}]}
"""


def a_citation(entry_id, version=1):
    return Citation(entry_id, version, entry_id.replace("-", " "), "MSP FAQ", "2020-05")


def a_policy(*, trial_seats_max=10, revision="policy-1"):
    facts = {}
    if trial_seats_max is not None:
        facts["trial_seats_max"] = Fact("trial_seats_max", trial_seats_max, a_citation("trials"))
    rules = {"trial": "trials", "seats_keep_term": "runtime", "user_band": "billing"}
    return Policy(facts, {rule: a_citation(entry) for rule, entry in rules.items()}, revision)


class EveryRule(dict):
    """Cites an entry for whatever rule is asked for."""

    def get(self, rule, default=None):
        return a_citation(rule)


def every_rule_cited():
    """A policy in which some entry states every rule, as the shipped knowledge does."""
    return replace(a_policy(), citations=EveryRule())


class FakePolicySource:
    """Returns the policy it holds; tests put another one in."""

    def __init__(self, policy=None):
        self.policy = policy or a_policy()

    def current(self):
        return self.policy


class FixedCatalogue:
    """A source of always the same catalogue."""

    def __init__(self, catalogue):
        self._catalogue = catalogue

    def current(self):
        return self._catalogue

    def configured(self):
        return self._catalogue


class FakeSimulation:
    """Holds the switches in memory."""

    def __init__(self):
        self._instant, self._fault = None, Fault.NONE

    def instant(self):
        return self._instant

    def set_instant(self, instant):
        self._instant = instant

    def fault(self):
        return self._fault

    def set_fault(self, fault):
        self._fault = fault


@cache
def the_catalogue():
    return read_catalogue()


def a_subscription(plan="WF Services Monthly Rolling", seats=25, start=date(2025, 4, 1), number=1):
    catalogue = the_catalogue()
    found = catalogue.plan_named(plan)
    licences = tuple(
        Licence(
            LicenceId(f"L-{number}-{p.code}"),
            p.code,
            f"WF-DEMO-AAAAA-AAAAA-AAAAA-AAAAA-AAA{number:02d}",
            None,
            p.managed,
        )
        for p in catalogue.components_of(found, start)
    )
    return Subscription(
        id=SubscriptionId(f"S-{number}"),
        plan_id=found.id,
        product=found.product,
        trial=found.trial,
        seats=seats,
        start=start,
        anchor=start,
        months=found.initial_months,
        renew_months=found.renew_months,
        licences=licences,
        recorded=start,
    )


def a_customer(seats=None, *, subscriptions=(), name="Contoso", enabled=True, version=1):
    owned = tuple(subscriptions) or ((a_subscription(seats=seats),) if seats is not None else ())
    return Customer(
        CustomerId("C-1"), PartnerId("P-1"), name, Profile("DE"), enabled, owned, (), version, NOW
    )


def a_partner(**changed):
    return replace(Partner(PartnerId("P-1"), "Northwind", "UTC", date(2025, 1, 1)), **changed)


def a_situation(customer=None, *, policy=None, today=TODAY, total=None, catalogue=None, **more):
    customer = customer or a_customer()
    return Situation(
        stored=customer,
        partner=more.pop("partner", None) or a_partner(),
        catalogue=catalogue or the_catalogue(),
        policy=policy or a_policy(),
        now=datetime.combine(today, time(12), UTC),
        total=customer.chargeable(today) if total is None else total,
        **more,
    )


def a_principal(role=Role.PARTNER_ADMIN, *, partner_id="P-1", user_id="U-anna"):
    return Principal(UserId(user_id), "Anna", role, partner_id)


def a_capsule(quote, *, principal, task_id="T-1"):
    return Capsule(quote.action.op, 1, task_id, principal.user_id, quote)


def a_proof(capsule, *, user_id=None, capsule_hash=None):
    return StepUp(
        user_id or capsule.actor, capsule_hash or capsule.hash, datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
    )


@dataclass(frozen=True)
class _Loaded:
    """A world as it was loaded into a file, with the number of ids that it took."""

    content: bytes
    loaded: dict
    count: int


_WORLDS_KEPT = 16
_worlds = {}


class Backend:
    """An embedded backend over a database, given by path or address, with the world above loaded and everything around it in hand."""

    def __init__(self, place, world=WORLD):
        file = new_file(place)
        known = _worlds.get(world) if file else None
        if known:
            file.write_bytes(known.content)
        self.database = open_migrated(place)
        self.of_partners = SqlPartnerStorage(self.database, SqlLicensingUnit)
        self.storage = self.of_partners.of_every_partner()
        self.clock, self.ids = FakeClock(), FakeIds()
        self.policy, self.simulation = FakePolicySource(), FakeSimulation()
        self.waits = []
        self.catalogue = the_catalogue()
        self.licensing = self.another()
        self.catalogues = FixedCatalogue(self.catalogue)
        self.provisioning = Provisioning(self.storage, self.catalogues, self.clock, self.ids)
        if known:
            self.loaded, self.ids.count = dict(known.loaded), known.count
            return
        self.loaded = self.provisioning.load(read_world(world).partners)
        if file and len(_worlds) < _WORLDS_KEPT:
            # closing puts everything into the file; the next use opens it again
            self.database.close()
            _worlds[world] = _Loaded(file.read_bytes(), dict(self.loaded), self.ids.count)

    def another(self, catalogue=None):
        return EmbeddedLicensing(
            self.of_partners,
            FixedCatalogue(catalogue or self.catalogue),
            self.policy,
            self.clock,
            self.ids,
            self.simulation,
            wait=lambda: self.waits.append("waited"),
        )

    def user(self, role=Role.PARTNER_ADMIN, partner="Northwind", user_id="U-anna"):
        return Principal(
            UserId(user_id), user_id.removeprefix("U-").title(), role, partner and self.loaded[partner].id
        )

    def customer(self, name):
        return next(loaded.customers[name] for loaded in self.loaded.values() if name in loaded.customers)

    def stored(self, name):
        with self.storage.reading() as unit:
            found = (unit.customers.get(loaded.id, self.customer(name)) for loaded in self.loaded.values())
            return next(customer for customer in found if customer)

    def confirm(self, action, principal=None, task_id="T-1"):
        """Preview an action and return its capsule, as if it was confirmed."""
        principal = principal or self.user()
        quote = self.licensing.preview(principal, action)
        assert isinstance(quote, Quote), quote
        return a_capsule(quote, principal=principal, task_id=task_id)

    def change(self, action, principal=None, task_id="T-1"):
        """Preview, confirm and execute."""
        principal = principal or self.user()
        return self.execute(self.confirm(action, principal, task_id), principal)

    def execute(self, capsule, principal=None):
        """Execute a confirmed capsule."""
        return self.licensing.execute(principal or self.user(), capsule, a_proof(capsule))


def with_seats(capsule, seats):
    return replace(capsule, quote=replace(capsule.quote, values={**capsule.quote.values, "seats": seats}))
