"""Cases: what the vendor's people work on for a partner, and the migrations that go step by step."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from assistant.domain.customers import Customer
from assistant.domain.identifiers import CaseId, CustomerId, PartnerId, StandardLicenceId, SubscriptionId


class CaseKind(StrEnum):
    """``support`` asks the vendor for help; the others move a licence onto the platform."""

    SUPPORT = "support"
    KEY_MIGRATION = "key_migration"
    CLOUD_MIGRATION = "cloud_migration"


class CaseState(StrEnum):
    """Where a case stands. ``key_issued``, ``key_entered`` are of key migrations, ``vendor_`` ones of cloud migrations."""

    OPEN = "open"
    KEY_ISSUED = "key_issued"
    KEY_ENTERED = "key_entered"
    VENDOR_REQUESTED = "vendor_requested"
    VENDOR_CONFIRMED = "vendor_confirmed"
    VERIFIED = "verified"
    CLOSED = "closed"
    ABANDONED = "abandoned"


CLOSED_STATES = frozenset({CaseState.CLOSED, CaseState.ABANDONED})
"""The states of a case with nothing left to do."""

DESK_STATES = frozenset({CaseState.VENDOR_CONFIRMED})
"""What only the vendor's licensing desk can record."""

_NEXT: Mapping[CaseState, tuple[CaseState, ...]] = {
    CaseState.KEY_ISSUED: (CaseState.KEY_ENTERED, CaseState.ABANDONED),
    CaseState.KEY_ENTERED: (CaseState.VERIFIED, CaseState.ABANDONED),
    CaseState.VENDOR_REQUESTED: (CaseState.VENDOR_CONFIRMED, CaseState.ABANDONED),
    CaseState.VENDOR_CONFIRMED: (CaseState.VERIFIED, CaseState.ABANDONED),
    # what was verified is in use: it is cancelled like any subscription, not abandoned
    CaseState.VERIFIED: (CaseState.CLOSED,),
}

_FIRST: Mapping[CaseKind, CaseState] = {
    CaseKind.SUPPORT: CaseState.OPEN,
    CaseKind.KEY_MIGRATION: CaseState.KEY_ISSUED,
    CaseKind.CLOUD_MIGRATION: CaseState.VENDOR_REQUESTED,
}


@dataclass(frozen=True)
class CaseStep:
    """One step taken: the state it led to, by whom, when, and what proves it."""

    state: CaseState
    actor: str
    when: datetime
    evidence: str


@dataclass(frozen=True)
class Case:
    """One case of one customer; ``about`` holds what its kind needs to know, as texts.

    ``licence_id`` is the licence bought outside that is migrated, ``subscription_id`` the subscription concerned. ``version``
    starts at 1 and must match on save.
    """

    id: CaseId
    kind: CaseKind
    partner_id: PartnerId
    customer_id: CustomerId
    state: CaseState
    steps: tuple[CaseStep, ...]
    about: Mapping[str, str]
    licence_id: StandardLicenceId | None = None
    subscription_id: SubscriptionId | None = None
    version: int = 1

    @property
    def open(self) -> bool:
        """Whether anything is left to do."""
        return self.state not in CLOSED_STATES

    @property
    def next(self) -> tuple[CaseState, ...]:
        """The states that the next step of a migration can lead to; support cases are worked on elsewhere."""
        return _NEXT.get(self.state, ())

    def stepped(self, step: CaseStep) -> "Case":
        """Return the case with one more step, as its next version."""
        return replace(self, state=step.state, steps=(*self.steps, step), version=self.version + 1)


@dataclass(frozen=True)
class ListedCase:
    """A case with the names of its customer and partner."""

    case: Case
    customer: str
    partner: str


def opened(
    case_id: CaseId,
    kind: CaseKind,
    customer: Customer,
    about: Mapping[str, str],
    by: tuple[str, datetime],
    *,
    licence_id: StandardLicenceId | None = None,
    subscription_id: SubscriptionId | None = None,
) -> Case:
    """Return a new case of a customer in the first state of its kind; ``by`` is who opens it and when."""
    actor, when = by
    return Case(
        id=case_id,
        kind=kind,
        partner_id=customer.partner_id,
        customer_id=customer.id,
        state=_FIRST[kind],
        steps=(CaseStep(_FIRST[kind], actor, when, ""),),
        about=about,
        licence_id=licence_id,
        subscription_id=subscription_id,
    )
