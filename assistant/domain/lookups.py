"""Lookups: what can be asked of the licensing backend without changing anything, and the views returned.

Each lookup is a value whose type parameter is its result. The backend narrows every result to what the
principal may see; a customer of somebody else is ``NotFound``, exactly like one that does not exist.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from assistant.domain.identifiers import CustomerId, LicenceId, PlanId, StandardLicenceId, SubscriptionId
from assistant.domain.policy import Citation
from assistant.domain.quotes import QuoteValue
from assistant.domain.refusals import Refusal

ResultT = TypeVar("ResultT")


class Lookup(Generic[ResultT]):
    """Base of all lookups; ``ResultT`` is what ``look_up`` returns for it."""


@dataclass(frozen=True)
class CustomerSummary:
    """One line of the customer list; seats are chargeable full seats, trials counted apart."""

    id: CustomerId
    name: str
    country: str | None
    enabled: bool
    plans: int
    seats: int
    trial_seats: int


@dataclass(frozen=True)
class LicenceView:
    """One licence of a subscription; the activation code is always masked here."""

    product: str
    masked_code: str | None
    state: str
    data_center: str | None
    managed: bool
    id: LicenceId | None = None


@dataclass(frozen=True)
class SubscriptionView:
    """One service plan assigned to a customer; dates are calendar dates in the partner's time zone.

    ``plan_id`` is None for a leftover of an unbundled suite. ``until`` is the day up to which a suspension can be lifted or a
    term that is over renewed, else None. ``updates`` tells that its suite has a composition this customer has not got yet.
    """

    id: SubscriptionId
    plan_id: PlanId | None
    plan: str
    trial: bool
    seats: int
    state: str
    start: date
    expires: date
    auto_renew: bool
    licences: tuple[LicenceView, ...]
    renew_months: int | None = None
    expiring: bool = False
    until: date | None = None
    updates: bool = False


@dataclass(frozen=True)
class StandardLicenceView:
    """A licence bought outside the platform (standard or upfront), shown beside the subscriptions."""

    product: str
    hosting: str
    model: str
    seats: int
    id: StandardLicenceId | None = None
    ended: date | None = None


@dataclass(frozen=True)
class CustomerView:
    """Everything about one customer that its partner may see.

    ``sync`` tells how far its copy in the Remote Manager is (pending, synced or failed), ``sync_refusal`` why it failed.
    """

    id: CustomerId
    name: str
    country: str | None
    enabled: bool
    subscriptions: tuple[SubscriptionView, ...]
    standard_licences: tuple[StandardLicenceView, ...]
    sync: str = "synced"
    sync_refusal: str | None = None


@dataclass(frozen=True)
class PlanChoice:
    """One plan a user can pick for a flow; ``subscription_id`` and ``seats`` are set for an assigned one.

    ``plan_id`` is None for a leftover of an unbundled suite. ``product`` is the code of what it is billed as.
    """

    plan_id: PlanId | None
    name: str
    aliases: tuple[str, ...] = ()
    subscription_id: SubscriptionId | None = None
    seats: int | None = None
    product: str | None = None


@dataclass(frozen=True)
class SeatBounds:
    """The allowed number of seats for one flow, both ends included.

    ``maximum`` None means no upper limit is stated. ``too_many`` is the refusal for a number above it, made by the
    same rule that would refuse the action; its ``params`` hold ``maximum``.
    """

    minimum: int
    maximum: int | None
    cites: tuple[Citation, ...] = ()
    too_many: Refusal | None = None


@dataclass(frozen=True)
class HistoryItem:
    """One change as its partner sees it: who, what, when, the capsule's hash and the before and after."""

    reference: str
    op: str
    customer_id: CustomerId | None
    customer: str
    actor: str
    when: datetime
    capsule_hash: str
    values: dict[str, QuoteValue]
    before: dict[str, QuoteValue]
    after: dict[str, QuoteValue]
    cites: tuple[Citation, ...]
    kind: str | None = None
    transaction: str | None = None


@dataclass(frozen=True)
class Totals:
    """The partner's chargeable seats now and the user band they fall in (``251-500`` or ``1001+``).

    ``to_lower`` is how many fewer seats reach the next lower band, ``to_higher`` how many more the next higher; None where
    there is none.
    """

    seats: int
    band: str
    to_lower: int | None = None
    to_higher: int | None = None


@dataclass(frozen=True)
class CalendarView:
    """What day it is, and in which IANA time zone."""

    time_zone: str
    today: date


@dataclass(frozen=True)
class ComponentChoice:
    """One row of the crossgrade matrix: a component of the target, what is done with it and what may be chosen.

    ``owned_in`` names the plan that holds it now, ``masked_code`` the licence that would move; both None for one not owned.
    """

    product: str
    name: str
    step: str
    choices: tuple[str, ...]
    duplicate: bool
    owned_in: str | None
    masked_code: str | None
    data_center: str | None


@dataclass(frozen=True)
class LeftoverChoice:
    """One component of a suite that would stay behind: until its term ends, or deleted if nobody uses it."""

    product: str
    name: str
    expires: date
    used: int


@dataclass(frozen=True)
class CrossgradeView:
    """A crossgrade before it is decided: each component of the target plan, and what would stay behind."""

    plan: str
    seats: int | None
    components: tuple[ComponentChoice, ...]
    leftovers: tuple[LeftoverChoice, ...]


@dataclass(frozen=True)
class VisibleCustomers(Lookup[tuple[CustomerSummary, ...]]):
    """All customers the principal may see, by name; empty for roles that see none."""


@dataclass(frozen=True)
class CustomerById(Lookup[CustomerView]):
    """One customer; NotFound for one the principal may not see."""

    customer_id: CustomerId


@dataclass(frozen=True)
class PlanChoices(Lookup[tuple[PlanChoice, ...]]):
    """The plans to pick from for ``op`` (a flow id).

    For ``trial`` the services a trial exists of; for ``assign`` and ``crossgrade`` the plans on sale that the customer has nothing of,
    or something of; for all others the customer's own subscriptions of which that can be done. ``customer_id`` None asks for
    every plan of the op.
    """

    op: str
    customer_id: CustomerId | None = None


@dataclass(frozen=True)
class SeatLimits(Lookup[SeatBounds]):
    """The seats allowed for ``op``, with the policy that says so."""

    op: str


@dataclass(frozen=True)
class CrossgradeMatrix(Lookup[CrossgradeView]):
    """What a crossgrade of a customer to a plan would do with each component; ``obtain_new`` as in the action."""

    customer_id: CustomerId
    plan_id: PlanId
    obtain_new: tuple[str, ...] = ()


@dataclass(frozen=True)
class History(Lookup[tuple[HistoryItem, ...]]):
    """The partner's changes, newest first, at most ``limit`` (1 to 500), of one customer or of all."""

    customer_id: CustomerId | None = None
    limit: int = 100


@dataclass(frozen=True)
class ChangeByReference(Lookup[HistoryItem]):
    """One change by its reference; NotFound for one of another partner."""

    reference: str


@dataclass(frozen=True)
class OwnCalendar(Lookup[CalendarView]):
    """The day it is at the principal's partner; in UTC for whoever may see none."""


@dataclass(frozen=True)
class PartnerTotals(Lookup[Totals]):
    """The partner's chargeable seats and band as of now."""
