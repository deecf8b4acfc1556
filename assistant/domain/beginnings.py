"""How the subscription is told that a change begins: from what the change makes of it, so that no preview can differ.

Sources: the entries cited as ``initial_period``, ``auto_renewal`` and ``add_on``.
"""

from collections.abc import Iterator

from assistant.domain.add_ons import aligned, base_product
from assistant.domain.customers import Customer
from assistant.domain.naming import plan_name
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.situations import Situation
from assistant.domain.subscriptions import Subscription


def begun(after: Customer, situation: Situation) -> Subscription:
    """Return the first subscription that the customer did not have before, on the term it will really have."""
    known = {subscription.id for subscription in situation.customer.subscriptions}
    settled = aligned(after, situation.catalogue, situation.today)
    return next(s for s in settled.subscriptions if s.id not in known)


def described(subscription: Subscription, situation: Situation) -> dict[str, QuoteValue]:
    """Describe a new subscription: plan, seats, and the first day and the end of its term."""
    return {
        "plan": plan_name(subscription, situation.catalogue),
        "seats": subscription.seats,
        "starts": subscription.start.isoformat(),
        "ends": subscription.expires.isoformat(),
    }


def term_told(subscription: Subscription, situation: Situation) -> Iterator[Consequence]:
    """Tell the first term of a new subscription, how it goes on, and whose term it follows."""
    policy, ends = situation.policy, subscription.expires.isoformat()
    term: dict[str, QuoteValue] = {"starts": subscription.start.isoformat(), "ends": ends}
    yield Consequence(ConsequenceCode.TERM_STARTS, term, policy.cite("initial_period"))
    if subscription.renew_months and subscription.expires != subscription.retires:
        renews: dict[str, QuoteValue] = {"months": subscription.renew_months, "expires": ends}
        yield Consequence(ConsequenceCode.RENEWS, renews, policy.cite("auto_renewal"))
    else:
        once: dict[str, QuoteValue] = {"expires": ends}
        yield Consequence(ConsequenceCode.ENDS_WITHOUT_RENEWAL, once, policy.cite("auto_renewal"))
    base = base_product(subscription, situation.catalogue)
    if base is not None:
        follows: dict[str, QuoteValue] = {"base": situation.catalogue.products[base].name}
        yield Consequence(ConsequenceCode.ADD_ON_FOLLOWS, follows, policy.cite("add_on"))
