"""The samples of use that a world file stands for."""

from collections.abc import Iterator
from datetime import datetime

from assistant.domain.customers import Customer
from assistant.domain.periods import BillingMonth, local_date, start_of_day
from assistant.domain.usage import UsageSample
from assistant.licensing.worlds.values import CustomerWorld

_MONTHS = 24


def samples(customer: Customer, world: CustomerWorld, now: datetime, time_zone: str) -> Iterator[UsageSample]:
    """Yield one sample for each month up to now, at most two years of them, of each subscription that the world tells the use of."""
    for subscription, told in zip(customer.subscriptions, world.subscriptions, strict=True):
        if told.used is None:
            continue
        begun = start_of_day(subscription.start, time_zone)
        for at in _instants(begun, now, time_zone):
            yield UsageSample(
                customer.partner_id, customer.id, subscription.id, subscription.product, at, told.used
            )


def _instants(begun: datetime, now: datetime, time_zone: str) -> Iterator[datetime]:
    month = BillingMonth.of(local_date(now, time_zone))
    for _ in range(_MONTHS):
        since, until = month.bounds(time_zone)
        if begun >= until or begun > now:
            return
        yield max(since, begun)
        month = month.before
