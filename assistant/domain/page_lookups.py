"""Lookups for whoever works through many customers: lists cut, sorted and searched by the backend, and what can be done where."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assistant.domain.bands import Band
from assistant.domain.identifiers import CustomerId, PlanId, SubscriptionId
from assistant.domain.lookups import ComponentChoice, HistoryItem, LeftoverChoice, Lookup
from assistant.domain.refusals import Refusal

MOST_CUSTOMERS = 1_000
"""The most customers that one look returns."""
MOST_CHANGES = 500
"""The most changes that one look returns."""


class CustomerOrder(StrEnum):
    """How customers are sorted: by name, most seats first, what needs attention first, or what renews or ends soonest."""

    NAME = "name"
    SEATS = "seats"
    STATE = "state"
    NEXT = "next"


class CustomerKind(StrEnum):
    """Which customers: those with a full plan in use, with a running trial, with something that ends soon, or disabled ones."""

    ACTIVE = "active"
    TRIAL = "trial"
    ENDING = "ending"
    DISABLED = "disabled"


@dataclass(frozen=True)
class CustomerLine:
    """One line of the customer list; seats are chargeable full seats, trials counted apart.

    ``next`` is the first day on which a plan in use renews or ends, and ``renews`` which of the two; None where nothing is in
    use. ``ending`` tells that something in use ends within its notice, ``trial_ends`` when a running trial does.
    """

    id: CustomerId
    name: str
    country: str | None
    enabled: bool
    plans: int
    seats: int
    trial_seats: int
    next: date | None = None
    renews: bool = False
    ending: bool = False
    trial_ends: date | None = None


@dataclass(frozen=True)
class CustomersPage:
    """A cut of the customers: how many were found, how many there are, and the instant for which that holds."""

    lines: tuple[CustomerLine, ...]
    found: int
    total: int
    as_of: datetime


@dataclass(frozen=True)
class CustomersBy(Lookup[CustomersPage]):
    """Customers whose name holds every one of the words, from ``offset`` on, at most ``limit`` (1 to 1,000).

    Capitals do not count; by name, those that begin with the words come first. The order by renewal is that of the terms
    recorded, which due work keeps up.
    """

    words: str = ""
    order: CustomerOrder = CustomerOrder.NAME
    only: CustomerKind | None = None
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True)
class ChangesPage:
    """A cut of the changes, newest first, how many were found, and the partner's time zone."""

    items: tuple[HistoryItem, ...]
    found: int
    time_zone: str


@dataclass(frozen=True)
class ChangesBy(Lookup[ChangesPage]):
    """The partner's changes from ``offset`` on, at most ``limit`` (1 to 500).

    Narrowed by a customer or words in its name, by the ``act`` (an op) and by words in the name of who made them.
    """

    customer_id: CustomerId | None = None
    customer: str = ""
    act: str = ""
    person: str = ""
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True)
class AheadView:
    """What falls due for a plan on a day as things are agreed (``renewed``, ``notice``, ...), and the end of the term after it."""

    on: date
    kind: str
    subscription_id: SubscriptionId
    plan: str
    seats: int
    expires: date


@dataclass(frozen=True)
class Ahead(Lookup[tuple[AheadView, ...]]):
    """What falls due for a customer, the soonest first; of each plan each kind once."""

    customer_id: CustomerId


@dataclass(frozen=True)
class WayView:
    """One thing that can be started for a customer (``op``), or why it cannot: what the rule itself says."""

    op: str
    refusal: Refusal | None


@dataclass(frozen=True)
class Ways(Lookup[tuple[WayView, ...]]):
    """What can be started for a customer now; for whoever may only read, nothing can."""

    customer_id: CustomerId


@dataclass(frozen=True)
class MoveView:
    """A crossgrade of a customer to one plan: each component, what would stay behind, and why it is not possible, if so."""

    plan_id: PlanId
    plan: str
    refusal: Refusal | None
    seats: int | None
    components: tuple[ComponentChoice, ...]
    leftovers: tuple[LeftoverChoice, ...]


@dataclass(frozen=True)
class Moves(Lookup[tuple[MoveView, ...]]):
    """The crossgrades of a customer to every full plan of the catalogue."""

    customer_id: CustomerId


@dataclass(frozen=True)
class MonthDaysView:
    """A month day by day: the partner's chargeable seats at the end of each, and what the month is billed by.

    ``billed`` adds up the highest seats of every line, which may be more than any one day shows. ``to_lower`` and ``to_higher``
    are the seats to the next band down and up. Days after ``today`` are as agreed now.
    """

    month: str
    today: date
    days: tuple[int, ...]
    billed: int
    band: str
    to_lower: int | None
    to_higher: int | None
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class MonthDays(Lookup[MonthDaysView]):
    """The days of a month, ``YYYY-MM``."""

    month: str
