"""What a user can pick from in each flow, and the matrix of a crossgrade."""

from collections.abc import Callable, Mapping
from datetime import date

from assistant.domain.activation_codes import masked
from assistant.domain.catalogue import Catalogue, LifeCycle, ServicePlan
from assistant.domain.crossgrades import ComponentPlan, matrix_of
from assistant.domain.customers import Customer
from assistant.domain.identifiers import SubscriptionId
from assistant.domain.lookups import (
    ComponentChoice,
    CrossgradeMatrix,
    CrossgradeView,
    LeftoverChoice,
    PlanChoice,
)
from assistant.domain.migrating import targets
from assistant.domain.naming import plan_name
from assistant.domain.subscriptions import HELD, Subscription, SubscriptionState

_RENEWABLE = frozenset(
    {
        SubscriptionState.PENDING,
        SubscriptionState.ACTIVE,
        SubscriptionState.GRACE,
        SubscriptionState.EXPIRED,
    }
)
Picks = Callable[[Subscription, date], bool]


def _changeable(subscription: Subscription, today: date) -> bool:
    full = not subscription.trial and not subscription.leftover
    return full and subscription.state(today) is SubscriptionState.ACTIVE


OWN: Mapping[str, Picks] = {
    "seats": _changeable,
    "term": lambda s, today: not s.trial and not s.leftover and s.state(today) in _RENEWABLE,
    "renewal": _changeable,
    "suspend": lambda s, today: s.auto_renew and _changeable(s, today),
    "resume": lambda s, today: s.state(today) is SubscriptionState.SUSPENDED,
    "cancel": lambda s, today: s.state(today) in HELD,
    "convert_trial": lambda s, today: s.trial and s.state(today) is SubscriptionState.ACTIVE,
    "suite_change": lambda s, today: s.held(today) and not s.leftover,
    "support_case": lambda s, today: s.held(today),
}
"""For each flow that works on a subscription the customer has: of which that can be done."""

OPS = frozenset({*OWN, "trial", "assign", "crossgrade", "migrate", "nfr"})


def plan_choices(
    op: str, customer: Customer | None, catalogue: Catalogue, today: date
) -> tuple[PlanChoice, ...]:
    """List what can be picked for an op of ``OPS``, for one customer or for any."""
    if op == "trial":
        services = (catalogue.plans[plan.service] for plan in catalogue.plans.values() if plan.service)
        return tuple(_plan(service) for service in services)
    if customer is not None and op in OWN:
        return tuple(_own(s, catalogue) for s in customer.subscriptions if OWN[op](s.on(today), today))
    plans = (p for p in catalogue.plans.values() if not p.trial and _on_sale(p, catalogue, today))
    if op == "suite_change":
        plans = (plan for plan in plans if catalogue.products[plan.product].compositions)
    if op == "nfr":
        plans = (plan for plan in plans if catalogue.products[plan.product].nfr)
    if customer is not None and op == "migrate":
        movable = {p.id for s in customer.standard_licences for p in targets(s, catalogue, today)}
        plans = (plan for plan in plans if plan.id in movable)
    if customer is not None and op == "assign":
        plans = (p for p in plans if not matrix_of(p, customer, catalogue, today).overlaps)
    if customer is not None and op == "crossgrade":
        plans = (p for p in plans if _can_move(p, customer, catalogue, today))
    return tuple(_plan(plan) for plan in plans)


def crossgrade_view(
    lookup: CrossgradeMatrix,
    plan: ServicePlan,
    customer: Customer,
    catalogue: Catalogue,
    today: date,
    used: Mapping[SubscriptionId, int],
) -> CrossgradeView:
    """Show what a crossgrade would do."""
    matrix = matrix_of(plan, customer, catalogue, today, lookup.obtain_new)
    return CrossgradeView(
        plan=plan.name,
        seats=max((source.seats for source in matrix.sources), default=None),
        components=tuple(_component(component, catalogue) for component in matrix.components),
        leftovers=tuple(
            LeftoverChoice(
                leftover.product.code,
                leftover.product.name,
                leftover.source.on(today).agreed_end,
                used.get(leftover.source.id, 0),
            )
            for leftover in matrix.leftovers
        ),
    )


def _component(component: ComponentPlan, catalogue: Catalogue) -> ComponentChoice:
    product = component.product
    return ComponentChoice(
        product=product.code,
        name=product.name,
        step=component.step.value,
        choices=tuple(choice.value for choice in component.choices),
        duplicate=component.duplicate,
        owned_in=plan_name(component.source, catalogue) if component.source else None,
        masked_code=masked(component.licence.code) if component.licence else None,
        data_center=component.licence.data_center if component.licence else product.data_center(None),
    )


def _can_move(plan: ServicePlan, customer: Customer, catalogue: Catalogue, today: date) -> bool:
    matrix = matrix_of(plan, customer, catalogue, today)
    composition = catalogue.products[plan.product].composition(today)
    return matrix.overlaps and not matrix.stays_on(plan, composition.version if composition else 1)


def _on_sale(plan: ServicePlan, catalogue: Catalogue, today: date) -> bool:
    return catalogue.products[plan.product].life_cycle(today) is LifeCycle.ON_SALE


def _plan(plan: ServicePlan) -> PlanChoice:
    return PlanChoice(plan.id, plan.name, plan.aliases, product=plan.product)


def _own(subscription: Subscription, catalogue: Catalogue) -> PlanChoice:
    aliases = catalogue.plans[subscription.plan_id].aliases if subscription.plan_id else ()
    name = plan_name(subscription, catalogue)
    return PlanChoice(
        subscription.plan_id, name, aliases, subscription.id, subscription.seats, subscription.product
    )
