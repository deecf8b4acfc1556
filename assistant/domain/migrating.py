"""Licences bought outside the platform, and the service plans of the same product that they can be moved to.

A licence names its product as it was bought, so names are compared with those of products, of plans and of their aliases. Where
it runs stays as it is: what is installed at the customer moves to software, what runs in the cloud to a service. Source: the entry cited as
``migration``.
"""

from collections.abc import Iterator
from datetime import date

from assistant.domain.catalogue import Catalogue, Product, ProductKind, ServicePlan
from assistant.domain.customers import StandardLicence
from assistant.domain.issuing import new_licences, new_subscription
from assistant.domain.naming import name_key
from assistant.domain.situations import Issuer, Situation
from assistant.domain.standing import current_version
from assistant.domain.subscriptions import Subscription

ON_PREMISES = "on-prem"
UPFRONT = "upfront"


def fits(plan: ServicePlan, licence: StandardLicence, catalogue: Catalogue, today: date) -> bool:
    """Tell whether a plan licenses the family of a licence's product, at the same kind of place."""
    kind = _kind(licence)
    families = {product.family for product in named_products(licence.product, catalogue, today)}
    components = catalogue.components_of(plan, today)
    return any(product.kind is kind and product.family in families for product in components)


def targets(licence: StandardLicence, catalogue: Catalogue, today: date) -> tuple[ServicePlan, ...]:
    """Return the full plans that a licence can be moved to; none where it stays outside."""
    if licence.model == UPFRONT or licence.ended:
        return ()
    full = (plan for plan in catalogue.plans.values() if not plan.trial)
    return tuple(plan for plan in full if fits(plan, licence, catalogue, today))


def taken_over(plan: ServicePlan, seats: int, situation: Situation, issuer: Issuer) -> Subscription:
    """Return the subscription that takes the place of a licence from outside, from today on, with its seats."""
    catalogue, today = situation.catalogue, situation.today
    return new_subscription(
        plan,
        new_licences(catalogue.components_of(plan, today), issuer),
        issuer,
        seats=seats,
        start=today,
        today=today,
        composition=current_version(catalogue.products[plan.product], situation),
        retires=catalogue.products[plan.product].end_of_life,
    )


def named_products(name: str, catalogue: Catalogue, today: date) -> tuple[Product, ...]:
    """Return the products that go by a name, by that of a plan or an alias as well; a suite gives its components."""
    wanted = name_key(name)
    found: dict[str, Product] = {}
    for product, names in _names(catalogue):
        if wanted in map(name_key, names):
            composition = product.composition(today)
            parts = composition.components if composition else (product.code,)
            found.update({code: catalogue.products[code] for code in parts})
    return tuple(found.values())


def _names(catalogue: Catalogue) -> Iterator[tuple[Product, tuple[str, ...]]]:
    for product in catalogue.products.values():
        yield product, (product.code, product.name, *product.aliases)
    for plan in catalogue.plans.values():
        yield catalogue.products[plan.product], (plan.name, *plan.aliases)


def _kind(licence: StandardLicence) -> ProductKind:
    return ProductKind.SOFTWARE if licence.hosting == ON_PREMISES else ProductKind.SAAS
