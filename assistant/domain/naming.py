"""What a subscription is called, given the catalogue, and by what names are compared."""

from assistant.domain.catalogue import Catalogue
from assistant.domain.subscriptions import Subscription


def plan_name(subscription: Subscription, catalogue: Catalogue) -> str:
    """Return the name a subscription is shown by: its service plan's, or its product's for a leftover of a suite."""
    if subscription.plan_id is None:
        return catalogue.products[subscription.product].name
    return catalogue.service_name(catalogue.plans[subscription.plan_id])


def name_key(name: str) -> str:
    """Return a name without regard to capitals and white space, as names are compared."""
    return " ".join(name.split()).casefold()
