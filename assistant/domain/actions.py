"""Licence actions: what can be asked of the licensing backend, as values.

An action names things by id or by the catalogue's plan id and holds final numbers, never relative ones.
``op`` is the flow id of the contract and appears in the audit and in the list of writes; ``kind`` names the action on the
wire and is the op wherever an op has one action only. ``customer_id`` is None for an action of the whole partner.
Every field is a text, a whole number, a date, None or a tuple of those, so that an action has one canonical form.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from assistant.domain.change_many import ChangeMany
from assistant.domain.identifiers import (
    CaseId,
    CustomerId,
    PartnerId,
    PlanId,
    StandardLicenceId,
    SubscriptionId,
)


@dataclass(frozen=True)
class StartTrial:
    """Start a trial of one service for one customer; ``plan_id`` is the full plan of the service to try."""

    op: ClassVar[str] = "trial"
    kind: ClassVar[str] = "trial"
    customer_id: CustomerId
    plan_id: PlanId
    seats: int


@dataclass(frozen=True)
class ConvertTrial:
    """Turn a running trial into a full subscription of ``plan_id``; code and data stay."""

    op: ClassVar[str] = "convert_trial"
    kind: ClassVar[str] = "convert_trial"
    customer_id: CustomerId
    subscription_id: SubscriptionId
    plan_id: PlanId
    seats: int


@dataclass(frozen=True)
class AssignPlan:
    """Assign a full plan none of whose components the customer has yet.

    ``start`` None means now, a later day makes it pending until then. ``data_center`` None takes each service's default.
    """

    op: ClassVar[str] = "assign"
    kind: ClassVar[str] = "assign"
    customer_id: CustomerId
    plan_id: PlanId
    seats: int
    start: date | None = None
    data_center: str | None = None


@dataclass(frozen=True)
class ChangeSeats:
    """Set the seats of one subscription to ``seats`` (the total afterwards)."""

    op: ClassVar[str] = "seats"
    kind: ClassVar[str] = "seats"
    customer_id: CustomerId
    subscription_id: SubscriptionId
    seats: int


@dataclass(frozen=True)
class ChangeTerm:
    """Set the day on which the running term ends; for one that has ended, this renews it by hand."""

    op: ClassVar[str] = "term"
    kind: ClassVar[str] = "term"
    customer_id: CustomerId
    subscription_id: SubscriptionId
    expires: date


@dataclass(frozen=True)
class ChangeRenewal:
    """Set auto-renewal to every ``months`` (1 to 66), or switch it off with 0."""

    op: ClassVar[str] = "renewal"
    kind: ClassVar[str] = "renewal"
    customer_id: CustomerId
    subscription_id: SubscriptionId
    months: int


@dataclass(frozen=True)
class Suspend:
    """Suspend a subscription; ``expires`` None stops the service today, a later day on that day."""

    op: ClassVar[str] = "suspend"
    kind: ClassVar[str] = "suspend"
    customer_id: CustomerId
    subscription_id: SubscriptionId
    expires: date | None = None


@dataclass(frozen=True)
class Resume:
    """Lift a suspension; ``expires`` None brings the agreed end of the term back."""

    op: ClassVar[str] = "resume"
    kind: ClassVar[str] = "resume"
    customer_id: CustomerId
    subscription_id: SubscriptionId
    expires: date | None = None


@dataclass(frozen=True)
class Cancel:
    """Cancel a subscription or delete a leftover of an unbundled suite, at once.

    ``reason`` has to be given for a leftover that is in use.
    """

    op: ClassVar[str] = "cancel"
    kind: ClassVar[str] = "cancel"
    customer_id: CustomerId
    subscription_id: SubscriptionId
    reason: str | None = None


@dataclass(frozen=True)
class Crossgrade:
    """Move a customer to a plan whose components overlap with what it has.

    Owned services are transferred without a choice. ``obtain_new`` holds the products of owned software to license anew
    instead, ``delete`` the leftovers of unbundled suites that shall end now, ``data_center`` the place for new services.
    ``start`` is allowed only where everything is software licensed anew.
    """

    op: ClassVar[str] = "crossgrade"
    kind: ClassVar[str] = "crossgrade"
    customer_id: CustomerId
    plan_id: PlanId
    seats: int
    obtain_new: tuple[str, ...] = ()
    delete: tuple[str, ...] = ()
    data_center: str | None = None
    start: date | None = None


@dataclass(frozen=True)
class CreateCustomer:
    """Create a customer of the partner; it appears in Remote Manager some minutes later."""

    op: ClassVar[str] = "customer"
    kind: ClassVar[str] = "customer"
    name: str
    country: str | None = None
    city: str | None = None
    state: str | None = None
    contact: str | None = None
    email: str | None = None
    customer_id: None = None


@dataclass(frozen=True)
class SetCustomerEnabled:
    """Disable a customer, which ends all its licences at once, or enable it again."""

    op: ClassVar[str] = "customer"
    kind: ClassVar[str] = "customer_state"
    customer_id: CustomerId
    enabled: bool


@dataclass(frozen=True)
class Migrate:
    """Bring a licence bought outside the platform onto it, with a plan of the same product."""

    op: ClassVar[str] = "migrate"
    kind: ClassVar[str] = "migrate"
    customer_id: CustomerId
    licence_id: StandardLicenceId
    plan_id: PlanId


@dataclass(frozen=True)
class MigrationStep:
    """Record the next step of a migration case with its evidence, or abandon the case."""

    op: ClassVar[str] = "migrate"
    kind: ClassVar[str] = "migration_step"
    customer_id: CustomerId
    case_id: CaseId
    step: str
    evidence: str


@dataclass(frozen=True)
class ApproveSuite:
    """Approve the changed composition of a suite for the whole partner, which unlocks its plans."""

    op: ClassVar[str] = "suite_change"
    kind: ClassVar[str] = "suite_approval"
    plan_id: PlanId
    data_center: str | None = None
    customer_id: None = None


@dataclass(frozen=True)
class AcceptSuite:
    """Bring one customer's subscription to the approved composition of its suite."""

    op: ClassVar[str] = "suite_change"
    kind: ClassVar[str] = "suite_change"
    customer_id: CustomerId
    subscription_id: SubscriptionId


@dataclass(frozen=True)
class SubmitReport:
    """Submit the usage report of a month (``YYYY-MM``).

    ``adjustments`` holds (line key, chargeable seats, comment) for each line that is to be charged differently or explained.
    """

    op: ClassVar[str] = "usage_report"
    kind: ClassVar[str] = "usage_report"
    month: str
    adjustments: tuple[tuple[str, int, str], ...] = ()
    customer_id: None = None


@dataclass(frozen=True)
class ReviewReport:
    """Decide on a partner's submitted report; by the vendor's licensing desk."""

    op: ClassVar[str] = "usage_report"
    kind: ClassVar[str] = "report_review"
    partner_id: PartnerId
    month: str
    decision: str
    reason: str | None = None
    customer_id: None = None


@dataclass(frozen=True)
class OpenCase:
    """Open a support case with the vendor; both support levels of the partner say what they did."""

    op: ClassVar[str] = "support_case"
    kind: ClassVar[str] = "support_case"
    customer_id: CustomerId
    subscription_id: SubscriptionId
    reason: str
    level_one: str
    level_two: str


@dataclass(frozen=True)
class OrderNfr:
    """Order the partner's own not-for-resale licence of the product of a plan."""

    op: ClassVar[str] = "nfr"
    kind: ClassVar[str] = "nfr"
    plan_id: PlanId
    name: str
    customer_id: None = None


Action = (
    StartTrial
    | ConvertTrial
    | AssignPlan
    | ChangeSeats
    | ChangeTerm
    | ChangeRenewal
    | Suspend
    | Resume
    | Cancel
    | Crossgrade
    | CreateCustomer
    | SetCustomerEnabled
    | Migrate
    | MigrationStep
    | ApproveSuite
    | AcceptSuite
    | SubmitReport
    | ReviewReport
    | OpenCase
    | OrderNfr
    | ChangeMany
)
"""Every licence action; a new action is a new member here, a rule file and a line in ``assessment``."""
