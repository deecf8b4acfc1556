"""Refusals: ordinary answers of a rule that says no, with a stable code and the entry that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.domain.policy import Citation


class RefusalCode(StrEnum):
    """The closed list of reasons; each has wording, which a test proves."""

    TRIAL_TOO_LARGE = "trial_too_large"
    TRIAL_EXISTS = "trial_exists"
    SERVICE_ALREADY_OWNED = "service_already_owned"
    PLAN_NOT_TRIALABLE = "plan_not_trialable"
    PLAN_UNKNOWN = "plan_unknown"
    CUSTOMER_DISABLED = "customer_disabled"
    SEATS_INVALID = "seats_invalid"
    SEATS_UNCHANGED = "seats_unchanged"
    TRIAL_NOT_MODIFIABLE = "trial_not_modifiable"
    SUBSCRIPTION_NOT_ACTIVE = "subscription_not_active"
    NO_SUBSCRIPTION = "no_subscription"
    POLICY_NOT_STATED = "policy_not_stated"
    NOT_PERMITTED = "not_permitted"


@dataclass(frozen=True)
class Refusal:
    """A rule's no: the code, the values its wording shows, the slot it concerns, and the citing entries.

    ``slot`` is the contract's slot name (``customer``, ``plan``, ``seats``) whose value has to change, or None
    when no other value would help.
    """

    code: RefusalCode
    params: Mapping[str, str | int | None] = field(default_factory=dict)
    slot: str | None = None
    cites: tuple[Citation, ...] = ()
