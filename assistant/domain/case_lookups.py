"""Lookups about what goes on beside subscriptions: cases with the vendor, the partner's own licences, its Remote Manager."""

from dataclasses import dataclass
from datetime import datetime

from assistant.domain.identifiers import CaseId, CustomerId, StandardLicenceId, SubscriptionId
from assistant.domain.lookups import Lookup

MOST_LISTED = 500
"""The most cases that a list shows, and the most customers of a Remote Manager."""


@dataclass(frozen=True)
class CaseStepView:
    """One step taken: the state it led to, by whom, when, and what proves it (empty for the first)."""

    state: str
    actor: str
    when: datetime
    evidence: str


@dataclass(frozen=True)
class CaseView:
    """One case. ``next`` are the steps that the asker may record now.

    A migration names the ``product`` as it was bought, the ``plan`` it moves to and its ``seats``; a support case holds the ``reason`` and
    what both levels of support did.
    """

    id: CaseId
    kind: str
    state: str
    open: bool
    partner: str
    customer_id: CustomerId
    customer: str
    steps: tuple[CaseStepView, ...]
    next: tuple[str, ...]
    licence_id: StandardLicenceId | None = None
    subscription_id: SubscriptionId | None = None
    product: str | None = None
    plan: str | None = None
    seats: int | None = None
    reason: str | None = None
    level_one: str | None = None
    level_two: str | None = None


@dataclass(frozen=True)
class NfrView:
    """One of the partner's own licences; ``product`` is the product's name, ``name`` the one given to the licence."""

    product: str
    name: str
    masked_code: str
    since: datetime


@dataclass(frozen=True)
class RemoteCustomerView:
    """One customer in the partner's Remote Manager: how far it is synchronised (pending, synced or failed), or why it is not.

    ``customer_id`` is the customer here that it is the same as, None while there is none.
    """

    name: str
    since: datetime
    sync: str
    sync_refusal: str | None
    customer_id: CustomerId | None


@dataclass(frozen=True)
class Cases(Lookup[tuple[CaseView, ...]]):
    """The partner's cases, of one customer or of all, newest first; for the vendor's desk the open ones of every partner."""

    customer_id: CustomerId | None = None


@dataclass(frozen=True)
class CaseById(Lookup[CaseView]):
    """One case; NotFound for one of another partner, unless the vendor's desk asks."""

    case_id: CaseId


@dataclass(frozen=True)
class OwnLicences(Lookup[tuple[NfrView, ...]]):
    """The partner's not-for-resale licences, by product."""


@dataclass(frozen=True)
class RemoteManager(Lookup[tuple[RemoteCustomerView, ...]]):
    """The customers in the partner's Remote Manager, by name, at most ``limit`` (1 to 500)."""

    limit: int = 100
