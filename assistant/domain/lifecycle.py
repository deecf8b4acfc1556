"""What time does to subscriptions: the events that fall due between two days, in the order in which they take effect.

The events follow from the facts alone, so that a jump of years gives exactly those that daily runs would have given. Each takes
effect at the beginning of its day in the partner's time zone. Sources: the entries cited as ``auto_renewal`` and ``terms``.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from assistant.domain.customers import Customer
from assistant.domain.periods import add_months
from assistant.domain.subscriptions import Subscription


class DueKind(StrEnum):
    """What can fall due; ``notice`` comes once, some days before an end without renewal."""

    STARTED = "started"
    RENEWED = "renewed"
    NOTICE = "notice"
    GRACE = "grace"
    EXPIRED = "expired"
    PURGED = "purged"


@dataclass(frozen=True)
class DueEvent:
    """One event of one subscription; ``expires`` is the end of the term that runs after it."""

    kind: DueKind
    on: date
    expires: date


def due_events(subscription: Subscription, today: date) -> Iterator[DueEvent]:
    """Yield the events after ``subscription.recorded`` up to and with a day, oldest first."""
    if subscription.ended or subscription.disabled:
        return
    after = subscription.recorded
    if after < subscription.start <= today and not subscription.retired(subscription.start):
        yield DueEvent(DueKind.STARTED, subscription.start, subscription.expires)
    if subscription.renew_months is None:
        yield from (event for event in _ending(subscription) if after < event.on <= today)
    else:
        renewed = _renewing(subscription, subscription.renew_months, today)
        ends = (event for event in _retiring(subscription) if after < event.on <= today)
        yield from renewed if subscription.retires is None else heapq.merge(renewed, ends, key=_day)


def next_due(subscription: Subscription) -> date | None:
    """Return the day of the first event after ``subscription.recorded``, or None when nothing will fall due."""
    return next((event.on for event in due_events(subscription, _horizon(subscription))), None)


def recorded(subscription: Subscription, today: date) -> Subscription:
    """Return the subscription with everything up to a day recorded: its term has moved on."""
    return replace(subscription.on(today), recorded=max(today, subscription.recorded))


def caught_up(customer: Customer, today: date) -> Customer:
    """Return the customer with everything up to a day recorded."""
    return customer.replacing(*(recorded(s, today) for s in customer.subscriptions))


def _renewing(subscription: Subscription, every: int, today: date) -> Iterator[DueEvent]:
    months = subscription.months
    while (ends := add_months(subscription.anchor, months)) <= today and not subscription.retired(ends):
        months += every
        if ends > subscription.recorded:
            yield DueEvent(
                DueKind.RENEWED, ends, subscription.not_retired(add_months(subscription.anchor, months))
            )


def _retiring(subscription: Subscription) -> Iterator[DueEvent]:
    if subscription.retires is not None:
        yield from _ending(subscription.on(subscription.retires))


def _day(event: DueEvent) -> date:
    return event.on


def _ending(subscription: Subscription) -> Iterator[DueEvent]:
    expires = subscription.expires
    notice = max(expires - timedelta(days=subscription.notice_days), subscription.start)
    if subscription.suspended is None and notice < expires:
        yield DueEvent(DueKind.NOTICE, notice, expires)
    if subscription.grace_end > expires:
        yield DueEvent(DueKind.GRACE, expires, expires)
    yield DueEvent(DueKind.EXPIRED, subscription.grace_end, expires)
    yield DueEvent(DueKind.PURGED, subscription.lock_end, expires)


def _horizon(subscription: Subscription) -> date:
    # the first event lies at most a term ahead; where nothing renews any more the last one is the end of the lock
    if subscription.renew_months is None:
        return max(subscription.lock_end, subscription.start)
    return max(subscription.agreed_end, subscription.start)
