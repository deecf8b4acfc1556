"""Subscriptions and licences: the facts kept about them, and the states that follow from the facts on a day.

Nothing that time alone changes is stored: terms that renew, grace and lock are derived from dates, so that a state is right
whenever it is asked for. All dates are calendar dates in the partner's time zone.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from assistant.domain.identifiers import LicenceId, PlanId, SubscriptionId
from assistant.domain.periods import add_months, terms_until


class SubscriptionState(StrEnum):
    """Where a subscription stands on a day.

    ``pending`` has not begun. After the end of the term come ``grace`` (full plans; the service goes on), ``expired`` (locked:
    it can be renewed, nothing works) and ``purged`` (for good). ``cancelled``, ``transferred`` and ``converted`` are ends
    that a change made.
    """

    PENDING = "pending"
    ACTIVE = "active"
    GRACE = "grace"
    EXPIRED = "expired"
    PURGED = "purged"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    TRANSFERRED = "transferred"
    CONVERTED = "converted"


HELD = frozenset(
    {
        SubscriptionState.PENDING,
        SubscriptionState.ACTIVE,
        SubscriptionState.GRACE,
        SubscriptionState.SUSPENDED,
    }
)
"""The states in which a customer has what is licensed, so that it cannot be licensed a second time."""


@dataclass(frozen=True)
class Licence:
    """The right to use one component; its seats are those of the subscription that holds it."""

    id: LicenceId
    product: str
    code: str
    data_center: str | None
    managed: bool


@dataclass(frozen=True)
class Hold:
    """A suspension, or the time a customer is disabled: the first day not served any more, and the renewal to come back."""

    on: date
    renew_months: int | None


@dataclass(frozen=True)
class Ended:
    """An end made by a change: the day, and how (``cancelled``, ``transferred`` or ``converted``)."""

    on: date
    how: SubscriptionState


@dataclass(frozen=True)
class Subscription:
    """One service plan assigned to a customer, or one leftover of an unbundled suite (``plan_id`` None).

    ``product`` is the code of what is billed: a suite, or the one component. A licence that was transferred away is no
    longer among ``licences``.
    ``seats`` holds for every licence of it. The running term ends ``months`` after ``anchor``, on the first day no longer
    covered; counting from the anchor keeps a 31st through shorter months. ``renew_months`` None means that it ends there.
    ``grace_months`` and ``lock_months`` follow the end of a full term. ``composition`` is the version of the suite it was
    made from, 1 for a single product. ``recorded`` is the day up to which its renewals and ends are in the audit.
    ``retires`` is the end of life of its product as far as it is known: on that day all of it ends, without grace.
    """

    id: SubscriptionId
    plan_id: PlanId | None
    product: str
    trial: bool
    seats: int
    start: date
    anchor: date
    months: int
    renew_months: int | None
    licences: tuple[Licence, ...]
    recorded: date
    grace_months: int = 1
    lock_months: int = 1
    notice_days: int = 30
    composition: int = 1
    suspended: Hold | None = None
    disabled: Hold | None = None
    retires: date | None = None
    ended: Ended | None = None

    @property
    def auto_renew(self) -> bool:
        """Whether it goes on by itself when its term ends."""
        return self.renew_months is not None

    @property
    def agreed_end(self) -> date:
        """The end of the running term, whether or not it is suspended before."""
        return self.not_retired(add_months(self.anchor, self.months))

    @property
    def expires(self) -> date:
        """The first day that is not served any more, unless it renews."""
        return min(self.suspended.on, self.agreed_end) if self.suspended else self.agreed_end

    @property
    def grace_end(self) -> date:
        """The first day after the grace period; trials have none."""
        return self.expires if self.trial else self.not_retired(add_months(self.expires, self.grace_months))

    @property
    def lock_end(self) -> date:
        """The day from which it is gone for good."""
        return self.not_retired(add_months(self.grace_end, self.lock_months))

    @property
    def ends_on(self) -> date | None:
        """The first day that is not served any more as things are agreed; None where it goes on by itself."""
        return self.expires if self.renew_months is None else self.retires

    def retired(self, today: date) -> bool:
        """Whether its product is past its end of life on a day."""
        return self.retires is not None and today >= self.retires

    def on(self, today: date) -> "Subscription":
        """Return the subscription as of a day: terms that passed meanwhile have been renewed where that is agreed."""
        if self.renew_months is None or self.ended or today < self.agreed_end:
            return self
        last = today if self.retires is None else min(today, self.retires - timedelta(days=1))
        return replace(self, months=terms_until(self.anchor, self.months, self.renew_months, last))

    def state(self, today: date) -> SubscriptionState:
        """Return the state on a day."""
        if self.ended:
            return self.ended.how
        if self.retired(today):
            return SubscriptionState.PURGED
        if today < self.start and not self.disabled:
            return SubscriptionState.PENDING
        return self.on(today)._running_state(today)  # noqa: SLF001 - its own kind

    def _running_state(self, today: date) -> SubscriptionState:
        if today >= self.lock_end:
            return SubscriptionState.PURGED
        if self.disabled or today >= self.grace_end:
            return SubscriptionState.EXPIRED
        if self.suspended:
            return SubscriptionState.SUSPENDED
        return SubscriptionState.ACTIVE if today < self.expires else SubscriptionState.GRACE

    def held(self, today: date) -> bool:
        """Whether the customer has what it licenses, so that the same cannot be licensed again."""
        return self.state(today) in HELD

    def expiring(self, today: date) -> bool:
        """Whether it ends within its notice: what renews by itself does only at the end of its life."""
        running = self.state(today) is SubscriptionState.ACTIVE
        return running and self.ends_on is not None and (self.ends_on - today).days <= self.notice_days

    def ending(self, today: date, how: SubscriptionState) -> "Subscription":
        """Return the subscription ended by a change, with the terms of that day."""
        return replace(self.on(today), ended=Ended(today, how), recorded=today)

    def until(self, expires: date) -> "Subscription":
        """Return the subscription with a running term that ends on a day, from which later terms are counted."""
        return replace(self, anchor=expires, months=0)

    def not_retired(self, day: date) -> date:
        """Return a day, or the end of life where that comes first."""
        return day if self.retires is None else min(day, self.retires)

    def serves(self, today: date) -> bool:
        """Whether its seats are provisioned on a day: begun, and before its end. Grace is served but not provisioned."""
        if self.ended or self.disabled or today < self.start:
            return False
        return today < self.on(today).expires

    def counts(self, today: date) -> bool:
        """Whether its seats are chargeable on a day: full and provisioned. Trials never are."""
        return not self.trial and self.serves(today)

    @property
    def cancelled(self) -> bool:
        """Whether a change ended it for good, without anything taking its place."""
        return self.ended is not None and self.ended.how is SubscriptionState.CANCELLED

    @property
    def leftover(self) -> bool:
        """Whether it is what remained of a suite that a crossgrade broke up."""
        return self.plan_id is None

    def covers(self, product: str) -> bool:
        """Whether one of its licences is for this product."""
        return any(licence.product == product for licence in self.licences)
