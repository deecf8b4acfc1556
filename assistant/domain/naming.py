"""What a subscription is called, given the catalogue, and by what names are compared."""

import unicodedata

from assistant.domain.catalogue import Catalogue
from assistant.domain.subscriptions import Subscription


def plan_name(subscription: Subscription, catalogue: Catalogue) -> str:
    """Return the name a subscription is shown by: its service plan's, or its product's for a leftover of a suite."""
    if subscription.plan_id is None:
        return catalogue.products[subscription.product].name
    return catalogue.service_name(catalogue.plans[subscription.plan_id])


def name_key(name: str) -> str:
    """Return a name without regard to capitals, white space, invisible signs and ways of writing an accent, as names are compared."""
    shown = "".join(sign for sign in name if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFC", " ".join(unicodedata.normalize("NFC", shown).split()).casefold())
