"""The aggregate ``Customer`` with its subscriptions and licences: every licence change goes through one of these.

``version`` must match when a changed customer is saved, so two changes never overwrite one another.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.domain.identifiers import CustomerId, LicenceId, PartnerId, PlanId, SubscriptionId
from assistant.domain.periods import end_of_term


class SubscriptionState(StrEnum):
    """``pending`` has not begun, ``expired`` is past its term; both are derived from the dates, never stored."""

    PENDING = "pending"
    ACTIVE = "active"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Licence:
    """The right to use one component; its seats are those of the subscription that holds it."""

    id: LicenceId
    product: str
    code: str
    data_center: str | None
    managed: bool


@dataclass(frozen=True)
class Subscription:
    """One service plan assigned to a customer.

    ``seats`` holds for every licence of it. ``start`` and ``expires`` are dates in the partner's time zone, and
    ``expires`` is the first day no longer covered. ``renew_months`` None means that it ends there.
    ``initial_months`` is the length of the first term, from which renewals are counted.
    """

    id: SubscriptionId
    plan_id: PlanId
    trial: bool
    seats: int
    start: date
    expires: date
    initial_months: int
    renew_months: int | None
    licences: tuple[Licence, ...]

    @property
    def auto_renew(self) -> bool:
        """Whether it goes on by itself when its term ends."""
        return self.renew_months is not None

    def on(self, today: date) -> "Subscription":
        """Return the subscription as of a day: terms that passed meanwhile have been renewed where that is agreed."""
        if self.renew_months is None or today < self.expires:
            return self
        return replace(self, expires=end_of_term(self.start, self.initial_months, self.renew_months, today))

    def state(self, today: date) -> SubscriptionState:
        """Return the state on a day."""
        if today < self.start:
            return SubscriptionState.PENDING
        if today >= self.on(today).expires:
            return SubscriptionState.EXPIRED
        return SubscriptionState.ACTIVE

    def counts(self, today: date) -> bool:
        """Whether its seats are chargeable on a day: full and active. Trials never are."""
        return not self.trial and self.state(today) is SubscriptionState.ACTIVE

    def covers(self, product: str) -> bool:
        """Whether one of its licences is for this product."""
        return any(licence.product == product for licence in self.licences)


@dataclass(frozen=True)
class StandardLicence:
    """A licence bought outside the platform: never billed, counted or changed here."""

    product: str
    hosting: str
    model: str
    seats: int


@dataclass(frozen=True)
class Customer:
    """One customer of one partner; ``version`` starts at 1 and grows with every saved change."""

    id: CustomerId
    partner_id: PartnerId
    name: str
    country: str | None
    enabled: bool
    subscriptions: tuple[Subscription, ...]
    standard_licences: tuple[StandardLicence, ...]
    version: int

    def subscription(self, subscription_id: SubscriptionId) -> Subscription | None:
        """Return one of its subscriptions, or None."""
        return next((s for s in self.subscriptions if s.id == subscription_id), None)

    def adding(self, subscription: Subscription) -> "Customer":
        """Return the customer with one more subscription."""
        return replace(self, subscriptions=(*self.subscriptions, subscription))

    def replacing(self, changed: Subscription) -> "Customer":
        """Return the customer with the subscription of the same id replaced."""
        return replace(
            self, subscriptions=tuple(changed if s.id == changed.id else s for s in self.subscriptions)
        )
