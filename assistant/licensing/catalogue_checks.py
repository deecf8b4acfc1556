"""What must hold between the items of a catalogue, so that no rule ever meets a product or a plan that cannot be."""

from collections.abc import Iterable, Iterator

from assistant.domain.bands import band_faults
from assistant.domain.catalogue import BandCard, Catalogue, Product, ProductKind, ServicePlan
from assistant.domain.identifiers import PlanId
from assistant.domain.naming import name_key
from assistant.licensing.catalogue_items import Items


def faults_of(items: Items, catalogue: Catalogue) -> Iterator[str]:
    """Yield what is wrong between the items, one sentence each."""
    if not items.band_cards and not items.faults:
        yield "there must be at least one of band_cards"
    yield from _card_faults(items.band_cards)
    yield from _twice("product", (product.code for product in items.products))
    yield from _twice("plan id", (plan.id for plan in items.plans))
    yield from _twice("plan name or alias", _names(items.plans))
    if not items.plans and not items.faults:
        yield "there must be at least one of plans"
    for product in catalogue.products.values():
        yield from _product_faults(product, catalogue)
        yield from _composition_faults(product, catalogue, items.unread)
    for plan in catalogue.plans.values():
        yield from _plan_faults(plan, catalogue, items.unread)
    yield from _twice("trial of product", (plan.product for plan in items.plans if plan.trial))


def _card_faults(cards: tuple[BandCard, ...]) -> Iterator[str]:
    for card in cards:
        yield from (f"from {card.since}: {fault}" for fault in band_faults(card.bands))
    days = [card.since for card in cards]
    if days != sorted(set(days)):
        yield "band_cards must stand in the order of their days"


def _names(plans: Iterable[ServicePlan]) -> Iterator[str]:
    for plan in plans:
        # an alias that repeats its own plan's name is of no harm
        yield from {name_key(name): name for name in (*plan.aliases, plan.name)}


def _twice(kind: str, names: Iterable[str]) -> Iterator[str]:
    seen = list(names)
    yield from (
        f"{kind} {name} stands more than once" for name in sorted({n for n in seen if seen.count(n) > 1})
    )


def _product_faults(product: Product, catalogue: Catalogue) -> Iterator[str]:
    named = f"product {product.code}"
    if (product.kind is ProductKind.SUITE) != bool(product.compositions):
        yield f"{named} must have compositions if and only if it is a Suite"
    if not (product.family.isascii() and product.family.isalpha() and product.family.isupper()):
        yield f"{named} needs a family of two capital letters"
    hosted = product.kind in {ProductKind.SAAS, ProductKind.ADD_ON}
    if hosted != bool(product.data_centers):
        yield f"{named} must have data_centers if and only if it is SaaS or an AddOn"
    if product.nfr and product.kind not in {ProductKind.SAAS, ProductKind.SOFTWARE}:
        yield f"{named} cannot be nfr: only SaaS and Software can"
    yield from _base_faults(product, catalogue)
    if product.end_of_sale and product.end_of_life and product.end_of_life < product.end_of_sale:
        yield f"{named} ends its life before its sale"


def _base_faults(product: Product, catalogue: Catalogue) -> Iterator[str]:
    if (product.kind is ProductKind.ADD_ON) != (product.requires is not None):
        yield f"product {product.code} must require a base product if and only if it is an AddOn"
    base = catalogue.products.get(product.requires or product.code)
    if base is None or (product.requires and base.kind not in {ProductKind.SAAS, ProductKind.SOFTWARE}):
        yield f"product {product.code} requires {product.requires}, which is not a single base product"


def _composition_faults(product: Product, catalogue: Catalogue, unread: set[str]) -> Iterator[str]:
    days = [composition.since for composition in product.compositions]
    if days != sorted(set(days)):
        yield f"product {product.code} must have its compositions in the order of their days"
    for composition in product.compositions:
        if not composition.components:
            yield f"product {product.code} has an empty composition"
        for code in composition.components:
            part = catalogue.products.get(code)
            if code not in unread and (part is None or part.compositions):
                yield f"product {product.code} has the component {code}, which is not a single product"
        yield from _twice(f"product {product.code} component", composition.components)


def _plan_faults(plan: ServicePlan, catalogue: Catalogue, unread: set[str]) -> Iterator[str]:
    if plan.product in unread:
        return
    product = catalogue.products.get(plan.product)
    if product is None:
        yield f"plan {plan.id} is for the unknown product {plan.product}"
    elif plan.service is not None:
        yield from _trial_faults(plan, product, plan.service, catalogue)


def _trial_faults(
    trial: ServicePlan, product: Product, service_id: PlanId, catalogue: Catalogue
) -> Iterator[str]:
    service = catalogue.plans.get(service_id)
    if service is None or service.trial:
        yield f"plan {trial.id} is a trial of {service_id}, which is not a full plan"
    elif service.product != trial.product:
        yield f"plan {trial.id} is a trial of {service.id}, which is for another product"
    if product.kind is not ProductKind.SAAS:
        yield f"plan {trial.id} is a trial: only SaaS can be tried"
    if trial.initial_months != 1 or trial.renew_months is not None:
        yield f"plan {trial.id} is a trial: it must run for 1 month and not renew"
