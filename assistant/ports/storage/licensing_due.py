"""What falls due, for the work that time does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.domain.subscriptions import Subscription


@dataclass(frozen=True)
class DueSubscription:
    """A subscription something of which is due, without its licences, and whose it is."""

    customer_id: CustomerId
    customer: str
    subscription: Subscription


class Due(Protocol):
    """The subscriptions by the day on which something of them falls due."""

    def take(self, partner_id: PartnerId, today: date, limit: int) -> tuple[DueSubscription, ...]:
        """Return at most ``limit`` subscriptions of a partner of which something is due on a day or before."""

    def retiring(
        self, partner_id: PartnerId, ends: Mapping[str, date], today: date
    ) -> tuple[CustomerId, ...]:
        """Return the customers with a subscription whose end of life, not past yet, is not its product's in ``ends``."""

    def waiting(self, partner_id: PartnerId, today: date) -> int:
        """Return how many subscriptions of a partner have something due on a day or before."""

    def record(self, subscriptions: Iterable[Subscription]) -> None:
        """Store how far these are recorded and the terms they run on; nothing else of them is written."""
