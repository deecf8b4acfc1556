"""What a crossgrade would do with each component: the matrix that its first two screens show, and that its rule follows.

Source: the entries cited as ``crossgrade`` (duplicates are found, owned services are transferred without a choice, for owned software the partner
decides) and ``leftovers`` (what a broken-up suite leaves).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain.catalogue import Catalogue, Product, ProductKind, ServicePlan
from assistant.domain.customers import Customer
from assistant.domain.subscriptions import Licence, Subscription


class ComponentStep(StrEnum):
    """``new`` gets a new licence, ``transfer`` moves the owned one with its code, ``obtain_new`` leaves it where it is."""

    NEW = "new"
    TRANSFER = "transfer"
    OBTAIN_NEW = "obtain_new"


@dataclass(frozen=True)
class ComponentPlan:
    """One component of the target plan: what is done with it, and what may be chosen.

    ``source`` is the subscription that holds the product now and ``licence`` its licence; both None for one not owned.
    ``choices`` are the steps allowed; a service that is owned leaves none to choose. ``others`` counts further holders.
    """

    product: Product
    step: ComponentStep
    choices: tuple[ComponentStep, ...]
    source: Subscription | None = None
    licence: Licence | None = None
    others: int = 0

    @property
    def duplicate(self) -> bool:
        """Whether the customer has this component already."""
        return self.source is not None


@dataclass(frozen=True)
class Leftover:
    """A component of a suite that the target plan does not have: it stays behind without a plan."""

    product: Product
    source: Subscription
    licence: Licence


@dataclass(frozen=True)
class Matrix:
    """The whole crossgrade: every component of the target, and what stays behind."""

    components: tuple[ComponentPlan, ...]
    leftovers: tuple[Leftover, ...]

    @property
    def overlaps(self) -> bool:
        """Whether anything of the target is owned already."""
        return any(component.duplicate for component in self.components)

    def stays_on(self, plan: ServicePlan, composition: int) -> bool:
        """Whether the customer has the target plan and gains nothing by moving to it.

        It does gain where the plan's suite has become ``composition`` since, with a component that another plan gives already.
        """
        sources = [component.source for component in self.components if component.source]
        own = [source for source in sources if source.plan_id == plan.id]
        outdated = all(source.composition < composition for source in own)
        return bool(own) and not (outdated and len(own) < len(sources))

    @property
    def moved(self) -> tuple[ComponentPlan, ...]:
        """The components whose licence moves."""
        return tuple(c for c in self.components if c.step is ComponentStep.TRANSFER)

    @property
    def sources(self) -> tuple[Subscription, ...]:
        """The subscriptions that lose a licence, each once."""
        by_id = {c.source.id: c.source for c in self.moved if c.source}
        return tuple(by_id.values())


def matrix_of(
    plan: ServicePlan, customer: Customer, catalogue: Catalogue, today: date, obtain_new: tuple[str, ...] = ()
) -> Matrix:
    """Return what a crossgrade to a plan would do; ``obtain_new`` are products of owned software to license anew."""
    components = tuple(
        _component(product, customer, today, obtain_new) for product in catalogue.components_of(plan, today)
    )
    moved = {c.licence.id for c in components if c.step is ComponentStep.TRANSFER and c.licence}
    sources = {c.source.id: c.source for c in components if c.step is ComponentStep.TRANSFER and c.source}
    leftovers = tuple(
        Leftover(catalogue.products[licence.product], source, licence)
        for source in sources.values()
        for licence in source.licences
        if licence.id not in moved
    )
    return Matrix(components, leftovers)


def _component(
    product: Product, customer: Customer, today: date, obtain_new: tuple[str, ...]
) -> ComponentPlan:
    holders = [s.on(today) for s in customer.holding(product.code, today)]
    if not holders:
        return ComponentPlan(product, ComponentStep.NEW, (ComponentStep.NEW,))
    source = holders[0]
    licence = next(part for part in source.licences if part.product == product.code)
    choices: tuple[ComponentStep, ...] = (ComponentStep.TRANSFER,)
    if product.kind is ProductKind.SOFTWARE:
        choices = (ComponentStep.TRANSFER, ComponentStep.OBTAIN_NEW)
    step = ComponentStep.OBTAIN_NEW if product.code in obtain_new and len(choices) > 1 else choices[0]
    return ComponentPlan(product, step, choices, source, licence, len(holders) - 1)
