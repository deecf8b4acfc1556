"""Add-ons, each within the term of its base whatever happens to that, and the ends of life, which add-ons share with their base.

Sources: the entries cited as ``add_on`` and ``end_of_sale``.
"""

from dataclasses import replace
from datetime import date

from assistant.domain.catalogue import Catalogue
from assistant.domain.customers import Customer
from assistant.domain.subscriptions import Ended, Subscription, SubscriptionState


def aligned(customer: Customer, catalogue: Catalogue, today: date) -> Customer:
    """Return the customer with every add-on on the term of its base, and ended where the base has ended."""
    changed = []
    for subscription in customer.subscriptions:
        required = base_product(subscription, catalogue)
        # one that is over stays so: the base it had may be gone, and another one does not bring it back
        if required is None or not subscription.held(today):
            continue
        base = _base(required, customer, today)
        if base is None or not runs_until(base, subscription.start):
            changed.append(_ended(subscription, today))
        else:
            changed.append(_within(subscription, base))
    return customer.replacing(*changed)


def retiring(customer: Customer, catalogue: Catalogue, today: date) -> Customer:
    """Return the customer with the ends of life that the catalogue states; what is past its own stays so."""
    known = (s for s in customer.subscriptions if not s.ended and not s.retired(today))
    changed = (replace(s, retires=catalogue.products[s.product].end_of_life) for s in known)
    return aligned(customer.replacing(*changed), catalogue, today)


def base_product(subscription: Subscription, catalogue: Catalogue) -> str | None:
    """Return the product an add-on subscription needs, or None for anything else."""
    return catalogue.products[subscription.product].requires


def runs_until(base: Subscription, start: date) -> bool:
    """Tell whether a base is agreed to run when an add-on starts."""
    until = _agreed_until(base)
    return until is None or start < until


def ended_with(before: Customer, after: Customer) -> tuple[Subscription, ...]:
    """Return the subscriptions that a change cancelled, as they were before."""
    return tuple(
        old
        for old in before.subscriptions
        if not old.ended and (new := after.subscription(old.id)) is not None and new.cancelled
    )


def _base(required: str, customer: Customer, today: date) -> Subscription | None:
    # one whose term has ended can still be renewed, and its add-on with it
    bases = [s for s in customer.subscriptions if s.covers(required) and not s.trial and not s.ended]
    return max(bases, key=lambda s: (s.held(today), s.expires), default=None)


def _ended(add_on: Subscription, today: date) -> Subscription:
    return replace(add_on, ended=Ended(today, SubscriptionState.CANCELLED))


def _within(add_on: Subscription, base: Subscription) -> Subscription:
    if add_on.leftover:
        # it ends by itself, only never later than its base
        until = _agreed_until(base)
        kept = add_on.until(until) if until is not None and until < add_on.agreed_end else add_on
        return replace(kept, suspended=base.suspended)
    return replace(
        add_on,
        start=max(add_on.start, base.start),
        anchor=base.anchor,
        months=base.months,
        renew_months=base.renew_months,
        grace_months=base.grace_months,
        lock_months=base.lock_months,
        suspended=base.suspended,
        retires=min((day for day in (add_on.retires, base.retires) if day), default=None),
    )


def _agreed_until(base: Subscription) -> date | None:
    return base.agreed_end if base.renew_months is None else base.retires
