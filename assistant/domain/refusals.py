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
    TRIAL_NOT_MODIFIABLE = "trial_not_modifiable"
    TRIAL_ENDED = "trial_ended"
    NOT_A_TRIAL = "not_a_trial"
    OTHER_SERVICE = "other_service"

    PLAN_UNKNOWN = "plan_unknown"
    PLAN_IS_TRIAL = "plan_is_trial"
    PLAN_END_OF_SALE = "plan_end_of_sale"
    PLAN_END_OF_LIFE = "plan_end_of_life"
    PLAN_LOCKED = "plan_locked"
    COMPONENT_OWNED = "component_owned"
    BASE_NEEDED = "base_needed"
    FOLLOWS_BASE = "follows_base"
    START_INVALID = "start_invalid"
    DATA_CENTER_UNKNOWN = "data_center_unknown"

    CUSTOMER_DISABLED = "customer_disabled"
    CUSTOMER_UNCHANGED = "customer_unchanged"
    CUSTOMER_EXISTS = "customer_exists"
    CUSTOMER_INVALID = "customer_invalid"

    SEATS_INVALID = "seats_invalid"
    SEATS_UNCHANGED = "seats_unchanged"
    NO_SUBSCRIPTION = "no_subscription"
    SUBSCRIPTION_NOT_ACTIVE = "subscription_not_active"
    SUBSCRIPTION_SUSPENDED = "subscription_suspended"
    SUBSCRIPTION_GONE = "subscription_gone"
    LEFTOVER_NOT_MODIFIABLE = "leftover_not_modifiable"

    EXPIRES_INVALID = "expires_invalid"
    EXPIRES_UNCHANGED = "expires_unchanged"
    MONTHS_INVALID = "months_invalid"
    RENEWAL_UNCHANGED = "renewal_unchanged"
    SUSPEND_NEEDS_RENEWAL = "suspend_needs_renewal"
    SUSPEND_DATE_INVALID = "suspend_date_invalid"
    NOT_SUSPENDED = "not_suspended"
    RESUME_TOO_LATE = "resume_too_late"
    RESUME_DATE_INVALID = "resume_date_invalid"
    LEFTOVER_IN_USE = "leftover_in_use"

    NOTHING_OVERLAPS = "nothing_overlaps"
    SOURCE_NOT_ACTIVE = "source_not_active"
    SOURCE_IS_TRIAL = "source_is_trial"
    SAME_PLAN = "same_plan"
    TRANSFER_IS_AUTOMATIC = "transfer_is_automatic"
    NO_SUCH_LEFTOVER = "no_such_leftover"
    START_ONLY_FOR_SOFTWARE = "start_only_for_software"
    DATA_CENTER_CONFLICT = "data_center_conflict"
    TWO_SOURCES = "two_sources"

    LICENCE_UNKNOWN = "licence_unknown"
    UPFRONT_STAYS = "upfront_stays"
    MIGRATION_OTHER_PRODUCT = "migration_other_product"
    MIGRATION_RUNNING = "migration_running"
    LICENCE_ENDED = "licence_ended"
    CASE_UNKNOWN = "case_unknown"
    STEP_INVALID = "step_invalid"
    STEP_NOT_YOURS = "step_not_yours"
    EVIDENCE_NEEDED = "evidence_needed"

    NO_SUITE = "no_suite"
    SUITE_UNCHANGED = "suite_unchanged"
    SUITE_NOT_APPROVED = "suite_not_approved"

    REPORT_NOT_OVER = "report_not_over"
    REPORT_NOT_EDITABLE = "report_not_editable"
    REPORT_EMPTY = "report_empty"
    REPORT_LINE_UNKNOWN = "report_line_unknown"
    REPORT_CHARGEABLE_INVALID = "report_chargeable_invalid"
    REPORT_COMMENT_NEEDED = "report_comment_needed"
    REPORT_DECISION_INVALID = "report_decision_invalid"
    REPORT_REASON_NEEDED = "report_reason_needed"

    CASE_TEXT_NEEDED = "case_text_needed"
    NFR_NOT_AVAILABLE = "nfr_not_available"
    NFR_OWNED = "nfr_owned"
    NFR_NAME_NEEDED = "nfr_name_needed"

    NOTHING_POSSIBLE = "nothing_possible"
    ROW_REPEATED = "row_repeated"
    CHANGED_MEANWHILE = "changed_meanwhile"
    BATCH_GONE = "batch_gone"

    POLICY_NOT_STATED = "policy_not_stated"
    NOT_PERMITTED = "not_permitted"


DESK_SOLVES = frozenset(
    {
        RefusalCode.STEP_NOT_YOURS,
        RefusalCode.DATA_CENTER_CONFLICT,
        RefusalCode.TWO_SOURCES,
        RefusalCode.POLICY_NOT_STATED,
    }
)
"""What nobody but the vendor's licensing desk can get past."""


@dataclass(frozen=True)
class Refusal:
    """A rule's no: the code, the values its wording shows, the slot it concerns, and the citing entries.

    ``slot`` is the contract's slot name (``customer``, ``plan``, ``seats``, ``months``, ``expires``, ``data_center``, ``reason``,
    ``choice``) whose value has to change, or None when no other value would help.
    """

    code: RefusalCode
    params: Mapping[str, str | int | None] = field(default_factory=dict)
    slot: str | None = None
    cites: tuple[Citation, ...] = ()
