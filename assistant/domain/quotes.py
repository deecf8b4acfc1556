"""Quotes and capsules: what a change would do, and what a user confirms.

A quote is the backend's preview of one action. A capsule wraps the quote with the flow and the actor;
its SHA-256 over canonical JSON is what an assent and a one-time code are bound to.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from assistant.domain.actions import Action
from assistant.domain.canonical import canonical_fields
from assistant.domain.identifiers import CustomerId, UserId
from assistant.domain.policy import Citation

QuoteValue = str | int | None


class ConsequenceCode(StrEnum):
    """The closed list of consequences; each has wording, which a test proves. Params stand behind the code."""

    TRIAL_NOT_BILLED = "trial_not_billed"
    TRIAL_ENDS = "trial_ends"  # ends
    TRIAL_CANNOT_BE_CHANGED = "trial_cannot_be_changed"
    CODE_KEPT = "code_kept"  # code
    TERM_UNCHANGED = "term_unchanged"  # expires
    BAND_STAYS = "band_stays"  # band
    BAND_CHANGES = "band_changes"  # band_before, band_after
    WHOLE_SUITE = "whole_suite"  # plan, parts
    MONTH_PEAK = "month_peak"  # seats
    TERM_STARTS = "term_starts"  # starts, ends
    RENEWS = "renews"  # months, expires
    ENDS_WITHOUT_RENEWAL = "ends_without_renewal"  # expires
    RENEWED_BY_HAND = "renewed_by_hand"  # expires
    PENDING_UNTIL = "pending_until"  # starts
    ADD_ON_FOLLOWS = "add_on_follows"  # base
    ADD_ON_ENDS = "add_on_ends"  # add_on
    SUSPENDED_NO_CHANGES = "suspended_no_changes"
    RESUME_BEFORE = "resume_before"  # until
    RENEWAL_OFF = "renewal_off"
    RENEWAL_BACK = "renewal_back"  # months
    FULL_MONTH = "full_month"  # seats
    NOT_YET_BILLED = "not_yet_billed"
    CANNOT_BE_UNDONE = "cannot_be_undone"
    TRANSFERRED = "transferred"  # product, code
    NEW_LICENCE = "new_licence"  # product
    OBTAINED_NEW = "obtained_new"  # product, plan
    SOURCE_DISABLED = "source_disabled"  # plan
    SOURCE_UNBUNDLED = "source_unbundled"  # plan
    LEFTOVER_KEPT = "leftover_kept"  # product, expires
    LEFTOVER_DELETED = "leftover_deleted"  # product
    BILLED_ONCE = "billed_once"  # seats, plan
    EFFECTIVE_NOW = "effective_now"
    ALL_EXPIRE = "all_expire"  # plans
    RESTORED = "restored"  # plans
    STAY_EXPIRED = "stay_expired"  # plans
    SYNC_FOLLOWS = "sync_follows"
    NO_SYNC = "no_sync"
    KEY_BY_HAND = "key_by_hand"
    AGENTS_STAY = "agents_stay"
    VENDOR_MOVES = "vendor_moves"
    BOTH_VALID = "both_valid"
    CASE_CLOSES = "case_closes"
    LICENCE_ENDS = "licence_ends"  # product
    KEY_CANCELLED = "key_cancelled"  # plan
    KEY_STAYS = "key_stays"  # plan
    SUITE_UNLOCKED = "suite_unlocked"  # plan
    SUITE_EACH_CUSTOMER = "suite_each_customer"
    COMPONENT_ADDED = "component_added"  # product
    COMPONENT_REMOVED = "component_removed"  # product
    REPORT_REVIEWED = "report_reviewed"
    REPORT_AUTO_APPROVED = "report_auto_approved"
    REPORT_FIXED = "report_fixed"
    CASE_FOR_PARTNERS = "case_for_partners"
    NFR_FREE = "nfr_free"
    NFR_FIXED = "nfr_fixed"
    BATCH_LEAVES_OUT = "batch_leaves_out"  # count
    BATCH_CHECKED_AGAIN = "batch_checked_again"


@dataclass(frozen=True)
class Consequence:
    """One thing the user has to know before confirming; worded by ``code``, backed by the cited entries."""

    code: str
    params: Mapping[str, QuoteValue] = field(default_factory=dict)
    cites: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Quote:
    """The preview of one action: the state before and after, what follows from it, and what it rests on.

    ``values`` is the flat summary the contract names (``customer``, ``plan``, ``seats``, ``seats_before``,
    ``seats_after``, ``total_before``, ``total_after``, ``band_before``, ``band_after``, dates as ``YYYY-MM-DD``).
    ``before`` and ``after`` describe what is touched (``before`` is empty for something new). ``customer_id`` is None for a
    change of the whole partner and for a customer that is being created.
    ``revision`` names the state of the backend (customer version, catalogue, policy) it was computed from.
    """

    action: Action
    customer_id: CustomerId | None
    customer: str
    values: Mapping[str, QuoteValue]
    before: Mapping[str, QuoteValue]
    after: Mapping[str, QuoteValue]
    consequences: tuple[Consequence, ...]
    cites: tuple[Citation, ...]
    revision: str


@dataclass(frozen=True)
class Capsule:
    """What is confirmed: one quote, asked by one user through one version of one flow, for one task.

    ``task_id`` makes the capsule single-use: the same change asked again later is another capsule.
    """

    flow: str
    flow_version: int
    task_id: str
    actor: UserId
    quote: Quote

    def canonical(self) -> str:
        """Return the canonical JSON that is hashed: sorted keys, no white space, UTF-8, numbers as integers."""
        return json.dumps(self._content(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON, 64 hex digits; also the idempotency key of the commit."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    @property
    def short_hash(self) -> str:
        """The first four hex digits, shown to the user."""
        return self.hash[:4]

    def _content(self) -> dict[str, Any]:
        quote = self.quote
        return {
            "flow": self.flow,
            "flow_version": self.flow_version,
            "task": self.task_id,
            "actor": self.actor,
            "customer": quote.customer_id,
            "op": quote.action.op,
            "action": {"kind": quote.action.kind, **canonical_fields(quote.action)},
            "values": dict(quote.values),
            "before": dict(quote.before),
            "after": dict(quote.after),
            "consequences": [[c.code, dict(c.params)] for c in quote.consequences],
            "cites": sorted(f"{c.entry_id}@{c.version}" for c in quote.cites),
            "revision": quote.revision,
        }


@dataclass(frozen=True)
class StepUp:
    """Proof that a user's code was accepted for exactly one capsule; made by the second factor only."""

    user_id: UserId
    capsule_hash: str
    accepted_at: datetime


@dataclass(frozen=True)
class Receipt:
    """Proof of a committed change: its reference, what it was, and when it took effect (UTC).

    ``values`` repeats the quote's summary; ``capsule_hash`` links the audit entry, the preview and this receipt.
    """

    reference: str
    op: str
    customer_id: CustomerId | None
    customer: str
    values: Mapping[str, QuoteValue]
    when: datetime
    capsule_hash: str
