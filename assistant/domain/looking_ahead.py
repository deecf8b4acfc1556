"""What falls due for a subscription from a day on, as things are agreed: the first event of each kind."""

from collections.abc import Iterator
from datetime import date

from assistant.domain.lifecycle import DueEvent, due_events, recorded
from assistant.domain.subscriptions import Subscription


def events_ahead(subscription: Subscription, today: date) -> Iterator[DueEvent]:
    """Yield the first event of each kind after a day, oldest first; of what goes on by itself the next renewal."""
    seen = set()
    current = recorded(subscription, today)
    for event in due_events(current, _horizon(current)):
        if event.on > today and event.kind not in seen:
            seen.add(event.kind)
            yield event


def _horizon(subscription: Subscription) -> date:
    days = [subscription.start, subscription.agreed_end]
    if subscription.renew_months is None:
        days.append(subscription.lock_end)
    if subscription.retires is not None:
        days.append(subscription.retires)
    return max(days)
