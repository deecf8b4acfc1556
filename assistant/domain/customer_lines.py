"""One line of a list about a customer as of a day."""

from datetime import date

from assistant.domain.customers import Customer
from assistant.domain.page_lookups import CustomerLine
from assistant.domain.subscriptions import SubscriptionState


def line_of(customer: Customer, today: date) -> CustomerLine:
    """Sum up what a customer has in use on a day."""
    running = [s.on(today) for s in customer.subscriptions if s.state(today) is SubscriptionState.ACTIVE]
    ends = sorted((s.expires, not s.auto_renew or s.expires == s.retires) for s in running)
    return CustomerLine(
        id=customer.id,
        name=customer.name,
        country=customer.country,
        enabled=customer.enabled,
        plans=len(running),
        seats=customer.chargeable(today),
        trial_seats=sum(s.seats for s in running if s.trial),
        next=ends[0][0] if ends else None,
        renews=bool(ends) and not ends[0][1],
        ending=any(s.expiring(today) for s in running),
        trial_ends=min((s.expires for s in running if s.trial), default=None),
    )
