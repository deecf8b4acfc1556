"""What is billed from a moment on, as it follows from a customer's present facts.

A provision says from when to when how many seats of a product are chargeable; the future is in it as far as it is agreed. So the bill of
a month never depends on when due work ran.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from assistant.domain.customers import Customer
from assistant.domain.identifiers import SubscriptionId
from assistant.domain.periods import local_date, start_of_day
from assistant.domain.subscriptions import Subscription


@dataclass(frozen=True)
class Provision:
    """Chargeable seats of one subscription from ``since`` until ``until`` (None: until further notice), instants in UTC."""

    subscription_id: SubscriptionId
    product: str
    seats: int
    since: datetime
    until: datetime | None


def provision(subscription: Subscription, now: datetime, today: date, time_zone: str) -> Provision | None:
    """Return what is provisioned of a subscription from now on, or None."""
    if subscription.trial or subscription.ended or subscription.disabled:
        return None
    current = subscription.on(today)
    until = None if current.ends_on is None else start_of_day(current.ends_on, time_zone)
    since = max(now, start_of_day(current.start, time_zone))
    if until is not None and until <= since:
        return None
    return Provision(current.id, current.product, current.seats, since, until)


def provisions(customer: Customer, now: datetime, today: date, time_zone: str) -> tuple[Provision, ...]:
    """Return everything that is provisioned of a customer from now on."""
    found = (provision(s, now, today, time_zone) for s in customer.subscriptions)
    return tuple(p for p in found if p)


def total_steps(customer: Customer, today: date) -> Iterator[tuple[date, int]]:
    """Yield the days, from today on, on which the customer's chargeable seats change, and by how much."""
    for subscription in customer.subscriptions:
        if subscription.trial or subscription.ended or subscription.disabled:
            continue
        current = subscription.on(today)
        begins, ends = max(today, current.start), current.ends_on
        if ends is None:
            yield begins, current.seats
        elif ends > begins:
            yield begins, current.seats
            yield ends, -current.seats


@dataclass(frozen=True)
class SeatChanges:
    """What a change does to the record of provisioned seats, at one instant.

    ``closed`` maps the subscriptions whose seats end to how many of them go on in another subscription. ``extended`` maps those
    whose end moves to the new one. ``steps`` are the days on which the partner's chargeable total changes, and by how much.
    """

    at: datetime
    closed: Mapping[SubscriptionId, int]
    extended: Mapping[SubscriptionId, datetime | None]
    opened: tuple[Provision, ...]
    steps: Mapping[date, int]


def seat_changes(
    before: Customer | None,
    after: Customer,
    now: datetime,
    time_zone: str,
    moved: Mapping[SubscriptionId, int],
) -> SeatChanges:
    """Compare what is provisioned of a customer from now on before and after a change; ``before`` None is a new customer."""
    today = local_date(now, time_zone)
    old = {p.subscription_id: p for p in provisions(before, now, today, time_zone)} if before else {}
    new = {p.subscription_id: p for p in provisions(after, now, today, time_zone)}
    kept = {key for key in old.keys() & new.keys() if _same_seats(old[key], new[key])}
    steps = Counter(dict(_summed(total_steps(after, today))))
    if before:
        steps.subtract(dict(_summed(total_steps(before, today))))
    return SeatChanges(
        at=now,
        closed={key: moved.get(key, 0) for key in old.keys() - kept},
        extended={key: new[key].until for key in kept if new[key].until != old[key].until},
        opened=tuple(p for key, p in new.items() if key not in kept),
        steps={day: seats for day, seats in sorted(steps.items()) if seats},
    )


def _same_seats(one: Provision, other: Provision) -> bool:
    return (one.product, one.seats, one.since) == (other.product, other.seats, other.since)


def _summed(steps: Iterable[tuple[date, int]]) -> Iterator[tuple[date, int]]:
    total: Counter[date] = Counter()
    for day, seats in steps:
        total[day] += seats
    return iter(total.items())
