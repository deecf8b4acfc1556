"""The catalogue as values: products, service plans and bands. It is data; nothing here knows a product by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.bands import Band, band_of
from assistant.domain.identifiers import PlanId


class ProductKind(StrEnum):
    """``SaaS`` runs in a data centre, ``Software`` at the customer, ``Suite`` bundles, ``AddOn`` needs a base product."""

    SAAS = "SaaS"
    SOFTWARE = "Software"
    SUITE = "Suite"
    ADD_ON = "AddOn"


@dataclass(frozen=True)
class Product:
    """One product; ``family`` is the two letters its activation codes start with.

    ``components`` are the codes of the products in a suite, and empty for a single product. ``data_centers`` are the
    places it can run, the default first, and empty where there is none. ``managed`` tells whether Remote Manager can.
    """

    code: str
    name: str
    kind: ProductKind
    family: str
    data_centers: tuple[str, ...] = ()
    managed: bool = False
    components: tuple[str, ...] = ()


@dataclass(frozen=True)
class ServicePlan:
    """What a partner assigns: one product or suite on given terms.

    ``initial_months`` is 1 to 66. ``renew_months`` is None for a plan without auto-renewal, as every trial is.
    ``service`` is set for trial plans only: the full plan that names the service to try.
    """

    id: PlanId
    name: str
    product: str
    initial_months: int
    renew_months: int | None = None
    aliases: tuple[str, ...] = ()
    service: PlanId | None = None

    @property
    def trial(self) -> bool:
        """Whether this is the trial plan of a service."""
        return self.service is not None


@dataclass(frozen=True)
class Catalogue:
    """All products, plans and bands of one state of the catalogue; ``revision`` changes with any of them."""

    products: Mapping[str, Product]
    plans: Mapping[PlanId, ServicePlan]
    bands: tuple[Band, ...]
    revision: str

    def plan(self, plan_id: PlanId) -> ServicePlan | None:
        """Return a plan by its id, or None."""
        return self.plans.get(plan_id)

    def plan_named(self, name: str) -> ServicePlan | None:
        """Return a plan by its exact name, or None."""
        return next((plan for plan in self.plans.values() if plan.name == name), None)

    def components_of(self, plan: ServicePlan) -> tuple[Product, ...]:
        """Return the products a plan licenses: the parts of its suite, or its one product."""
        product = self.products[plan.product]
        return tuple(self.products[code] for code in product.components) or (product,)

    def trial_of(self, plan: ServicePlan) -> ServicePlan | None:
        """Return the trial plan of the service that a full plan is for, or None when it cannot be tried."""
        return next((p for p in self.plans.values() if p.trial and p.product == plan.product), None)

    def service_name(self, plan: ServicePlan) -> str:
        """Return the name a plan is shown by: a trial is shown by the name of the service's full plan."""
        return self.plans[plan.service].name if plan.service else plan.name

    def band(self, seats: int) -> Band:
        """Return the band of a partner's total."""
        return band_of(seats, self.bands)
