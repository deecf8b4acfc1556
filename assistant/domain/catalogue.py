"""The catalogue as values: products, service plans, bands and terms. It is data; nothing here knows a product by name.

What changes over time carries the day from which it holds: compositions of suites, bands, and the end of sale and of life
of a product.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain.bands import Band, band_of
from assistant.domain.identifiers import PlanId


class ProductKind(StrEnum):
    """``SaaS`` runs in a data centre, ``Software`` at the customer, ``Suite`` bundles, ``AddOn`` needs a base product."""

    SAAS = "SaaS"
    SOFTWARE = "Software"
    SUITE = "Suite"
    ADD_ON = "AddOn"


class LifeCycle(StrEnum):
    """``end_of_sale``: nothing new and no changes, renewals go on. ``end_of_life``: everything of it ends."""

    ON_SALE = "on_sale"
    END_OF_SALE = "end_of_sale"
    END_OF_LIFE = "end_of_life"


@dataclass(frozen=True)
class Composition:
    """What a suite is made of from a day on; versions count from 1."""

    version: int
    since: date
    components: tuple[str, ...]


@dataclass(frozen=True)
class Product:
    """One product; ``family`` is the two letters its activation codes start with.

    ``compositions`` are those of a suite, oldest first, and empty for a single product. ``data_centers`` are the places it
    can run, the default first, and empty where there is none. ``managed`` tells whether Remote Manager can. ``requires`` is
    the base product of an add-on. ``level`` orders products of one family that can replace one another; ``unit`` is what is
    counted. ``nfr`` tells whether a not-for-resale licence exists. ``aliases`` are other names of it outside the platform.
    """

    code: str
    name: str
    kind: ProductKind
    family: str
    data_centers: tuple[str, ...] = ()
    managed: bool = False
    compositions: tuple[Composition, ...] = ()
    requires: str | None = None
    level: int = 1
    unit: str = "seat"
    nfr: bool = False
    end_of_sale: date | None = None
    end_of_life: date | None = None
    aliases: tuple[str, ...] = ()

    def life_cycle(self, today: date) -> LifeCycle:
        """Return where the product is in its sale on a day."""
        if self.end_of_life and today >= self.end_of_life:
            return LifeCycle.END_OF_LIFE
        return LifeCycle.END_OF_SALE if self.end_of_sale and today >= self.end_of_sale else LifeCycle.ON_SALE

    def composition(self, today: date) -> Composition | None:
        """Return a suite's composition on a day, or None for a single product."""
        return next((c for c in reversed(self.compositions) if c.since <= today), None)

    def data_center(self, wanted: str | None) -> str | None:
        """Return the wanted data centre where the product runs in it, else its default; None where it runs in none."""
        if not self.data_centers:
            return None
        return wanted if wanted in self.data_centers else self.data_centers[0]


@dataclass(frozen=True)
class ServicePlan:
    """What a partner assigns: one product or suite on given terms.

    ``initial_months`` is 1 to 66. ``renew_months`` is None for a plan without auto-renewal, as every trial is.
    ``service`` is set for trial plans only: the full plan that names the service to try. ``grace_months`` and ``lock_months``
    follow the end of a term, ``notice_days`` come before it.
    """

    id: PlanId
    name: str
    product: str
    initial_months: int
    renew_months: int | None = None
    aliases: tuple[str, ...] = ()
    service: PlanId | None = None
    grace_months: int = 1
    lock_months: int = 1
    notice_days: int = 30

    @property
    def trial(self) -> bool:
        """Whether this is the trial plan of a service."""
        return self.service is not None


@dataclass(frozen=True)
class BandCard:
    """The bands that hold from a day on."""

    since: date
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class ReportTerms:
    """How monthly reports go: the days after a month in which a partner submits, and what needs no comment.

    More than ``unused_percent`` unused seats on a line need a comment, and so does a lowered line.
    """

    submit_within_days: int = 10
    unused_percent: int = 10


@dataclass(frozen=True)
class Catalogue:
    """All products, plans, bands and terms of one catalogue file; ``revision`` changes with any of them."""

    products: Mapping[str, Product]
    plans: Mapping[PlanId, ServicePlan]
    band_cards: tuple[BandCard, ...]
    revision: str
    reports: ReportTerms = ReportTerms()

    def plan(self, plan_id: PlanId) -> ServicePlan | None:
        """Return a plan by its id, or None."""
        return self.plans.get(plan_id)

    def plan_named(self, name: str) -> ServicePlan | None:
        """Return a plan by its exact name, or None."""
        return next((plan for plan in self.plans.values() if plan.name == name), None)

    def components_of(self, plan: ServicePlan, today: date) -> tuple[Product, ...]:
        """Return the products a plan licenses on a day: the parts of its suite, or its one product."""
        product = self.products[plan.product]
        composition = product.composition(today)
        return tuple(self.products[code] for code in composition.components) if composition else (product,)

    def trial_of(self, plan: ServicePlan) -> ServicePlan | None:
        """Return the trial plan of the service that a full plan is for, or None when it cannot be tried."""
        return next((p for p in self.plans.values() if p.trial and p.product == plan.product), None)

    def service_name(self, plan: ServicePlan) -> str:
        """Return the name a plan is shown by: a trial is shown by the name of the service's full plan."""
        return self.plans[plan.service].name if plan.service else plan.name

    def bands(self, today: date) -> tuple[Band, ...]:
        """Return the bands of a day."""
        return next(
            (c.bands for c in reversed(self.band_cards) if c.since <= today), self.band_cards[0].bands
        )

    def band(self, seats: int, today: date) -> Band:
        """Return the band of a partner's total on a day."""
        return band_of(seats, self.bands(today))
