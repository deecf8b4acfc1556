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
from assistant.domain.identifiers import CustomerId, UserId
from assistant.domain.policy import Citation

QuoteValue = str | int | None


class ConsequenceCode(StrEnum):
    """The closed list of consequences; each has wording, which a test proves. Params stand behind the code."""

    TRIAL_NOT_BILLED = "trial_not_billed"
    TRIAL_ENDS = "trial_ends"  # ends
    TRIAL_CANNOT_BE_CHANGED = "trial_cannot_be_changed"
    TERM_UNCHANGED = "term_unchanged"  # expires
    BAND_STAYS = "band_stays"  # band
    BAND_CHANGES = "band_changes"  # band_before, band_after
    WHOLE_SUITE = "whole_suite"  # plan, parts
    MONTH_PEAK = "month_peak"  # seats


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
    ``before`` and ``after`` describe the touched subscription (``before`` is empty for a new one).
    ``revision`` names the state of the backend (customer version, catalogue, policy) it was computed from.
    """

    action: Action
    customer_id: CustomerId
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
            "action": dict(vars(quote.action)),
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
    customer_id: CustomerId
    customer: str
    values: Mapping[str, QuoteValue]
    when: datetime
    capsule_hash: str
