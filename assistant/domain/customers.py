"""The aggregate ``Customer`` with its subscriptions and licences: every licence change goes through one of these.

``version`` must match when a changed customer is saved, so two changes never overwrite one another.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from assistant.domain.identifiers import (
    CustomerId,
    PartnerId,
    StandardLicenceId,
    SubscriptionId,
)
from assistant.domain.subscriptions import Hold, Subscription


class SyncState(StrEnum):
    """How far a customer's copy in Remote Manager is: made there some minutes later, or refused with a reason."""

    PENDING = "pending"
    SYNCED = "synced"
    FAILED = "failed"


@dataclass(frozen=True)
class StandardLicence:
    """A licence bought outside the platform: never billed, counted or changed here.

    ``hosting`` is ``on-prem`` or ``cloud``, ``model`` is ``standard`` or ``upfront``; ``ended`` is the day its migration was
    verified, after which it is history.
    """

    id: StandardLicenceId
    product: str
    hosting: str
    model: str
    seats: int
    ended: date | None = None


@dataclass(frozen=True)
class Profile:
    """What is known of a customer beside its name; country is two letters of ISO 3166-1."""

    country: str | None = None
    city: str | None = None
    state: str | None = None
    contact: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class Customer:
    """One customer of one partner; ``version`` starts at 1 and grows with every saved change.

    ``since`` is when it was created here, ``sync`` how far its copy in Remote Manager is.
    """

    id: CustomerId
    partner_id: PartnerId
    name: str
    profile: Profile
    enabled: bool
    subscriptions: tuple[Subscription, ...]
    standard_licences: tuple[StandardLicence, ...]
    version: int
    since: datetime
    sync: SyncState = SyncState.SYNCED

    @property
    def country(self) -> str | None:
        """The country of its profile."""
        return self.profile.country

    def subscription(self, subscription_id: SubscriptionId) -> Subscription | None:
        """Return one of its subscriptions, or None."""
        return next((s for s in self.subscriptions if s.id == subscription_id), None)

    def standard_licence(self, licence_id: StandardLicenceId) -> StandardLicence | None:
        """Return one of its licences bought outside, or None."""
        return next((s for s in self.standard_licences if s.id == licence_id), None)

    def holding(self, product: str, today: date) -> Iterator[Subscription]:
        """Yield the subscriptions through which it has a product on a day."""
        return (s for s in self.subscriptions if s.covers(product) and s.held(today))

    def chargeable(self, today: date) -> int:
        """Return its seats that count toward the partner's total on a day."""
        return sum(s.seats for s in self.subscriptions if s.counts(today))

    def adding(self, *subscriptions: Subscription) -> "Customer":
        """Return the customer with more subscriptions."""
        return replace(self, subscriptions=(*self.subscriptions, *subscriptions))

    def replacing(self, *changed: Subscription) -> "Customer":
        """Return the customer with the subscriptions of the same ids replaced."""
        by_id = {s.id: s for s in changed}
        return replace(self, subscriptions=tuple(by_id.get(s.id, s) for s in self.subscriptions))


def disabled(customer: Customer, today: date) -> Customer:
    """Return the customer with everything it holds expired on a day; ends and renewals are kept to come back."""
    return replace(
        customer,
        enabled=False,
        subscriptions=tuple(_stopped(s.on(today), today) for s in customer.subscriptions),
    )


def enabled(customer: Customer, today: date) -> Customer:
    """Return a disabled customer with the original ends back; what would have ended meanwhile stays ended."""
    return replace(
        customer, enabled=True, subscriptions=tuple(_restarted(s, today) for s in customer.subscriptions)
    )


def _stopped(subscription: Subscription, today: date) -> Subscription:
    if not subscription.held(today):
        return subscription
    hold = Hold(today, subscription.renew_months)
    return replace(subscription, disabled=hold, renew_months=None, recorded=today)


def _restarted(subscription: Subscription, today: date) -> Subscription:
    if subscription.disabled is None:
        return subscription
    goes_on = today < subscription.agreed_end
    renew_months = subscription.disabled.renew_months if goes_on else None
    return replace(subscription, disabled=None, renew_months=renew_months, recorded=today)
