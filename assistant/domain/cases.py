"""Cases: what the vendor's people work on for a partner, and the migrations that go step by step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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
        return self.state not in {CaseState.CLOSED, CaseState.ABANDONED}
