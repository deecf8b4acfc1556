"""The audit: one entry for each change, chained by hashes so that a changed past shows.

Each partner has a chain of its own. An entry's hash covers its content, its place and the hash before it; the head
(last place and hash) is kept beside the chain, so that an entry missing at the end shows as well.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from assistant.domain.identifiers import CustomerId, PartnerId, UserId
from assistant.domain.policy import Citation
from assistant.domain.quotes import QuoteValue

_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
GENESIS = "0" * 64
"""What stands for the hash before the first entry."""


class AuditName(StrEnum):
    """What can have happened, ``subject:thing:act``; the list is closed."""

    TRIAL_STARTED = "customer:trial:start"
    TRIAL_CONVERTED = "subscription:trial:convert"
    PLAN_ASSIGNED = "customer:plan:assign"
    SEATS_CHANGED = "subscription:seats:change"
    TERM_CHANGED = "subscription:term:change"
    RENEWAL_CHANGED = "subscription:renewal:change"
    SUSPENDED = "subscription:service:suspend"
    RESUMED = "subscription:service:resume"
    CANCELLED = "subscription:service:cancel"
    CROSSGRADED = "customer:plan:crossgrade"
    CUSTOMER_CREATED = "partner:customer:create"
    CUSTOMER_STATE_CHANGED = "customer:state:change"
    MIGRATION_STARTED = "customer:migration:start"
    MIGRATION_CONTINUED = "customer:migration:continue"
    SUITE_APPROVED = "partner:suite:approve"
    SUITE_ACCEPTED = "subscription:suite:accept"
    REPORT_SUBMITTED = "partner:report:submit"
    REPORT_REVIEWED = "partner:report:review"
    CASE_OPENED = "customer:case:open"
    NFR_ORDERED = "partner:nfr:order"
    BATCH_CONFIRMED = "partner:batch:confirm"
    CODE_SHOWN = "subscription:code:show"
    STARTED = "subscription:term:start"
    RENEWED = "subscription:term:renew"
    NOTICE_GIVEN = "subscription:term:notice"
    GRACE_BEGAN = "subscription:term:grace"
    EXPIRED = "subscription:term:expire"
    PURGED = "subscription:term:purge"
    LIFE_CHANGED = "customer:life:change"
    CUSTOMER_SYNCED = "customer:sync:finish"
    CUSTOMER_IMPORTED = "partner:customer:import"


AUDIT_NAMES: Mapping[str, AuditName] = {
    "trial": AuditName.TRIAL_STARTED,
    "convert_trial": AuditName.TRIAL_CONVERTED,
    "assign": AuditName.PLAN_ASSIGNED,
    "seats": AuditName.SEATS_CHANGED,
    "term": AuditName.TERM_CHANGED,
    "renewal": AuditName.RENEWAL_CHANGED,
    "suspend": AuditName.SUSPENDED,
    "resume": AuditName.RESUMED,
    "cancel": AuditName.CANCELLED,
    "crossgrade": AuditName.CROSSGRADED,
    "customer": AuditName.CUSTOMER_CREATED,
    "customer_state": AuditName.CUSTOMER_STATE_CHANGED,
    "migrate": AuditName.MIGRATION_STARTED,
    "migration_step": AuditName.MIGRATION_CONTINUED,
    "suite_approval": AuditName.SUITE_APPROVED,
    "suite_change": AuditName.SUITE_ACCEPTED,
    "usage_report": AuditName.REPORT_SUBMITTED,
    "report_review": AuditName.REPORT_REVIEWED,
    "support_case": AuditName.CASE_OPENED,
    "nfr": AuditName.NFR_ORDERED,
    "bulk": AuditName.BATCH_CONFIRMED,
    "code_shown": AuditName.CODE_SHOWN,
    "started": AuditName.STARTED,
    "renewed": AuditName.RENEWED,
    "notice": AuditName.NOTICE_GIVEN,
    "grace": AuditName.GRACE_BEGAN,
    "expired": AuditName.EXPIRED,
    "purged": AuditName.PURGED,
    "end_of_life": AuditName.LIFE_CHANGED,
    "customer_synced": AuditName.CUSTOMER_SYNCED,
    "customer_imported": AuditName.CUSTOMER_IMPORTED,
}
"""The name under which each action is recorded, by its ``kind``, and each event that falls due."""

DUE = "due"
"""The ``op`` of what time did, and not a user."""

SYSTEM = "Licensing platform"
"""Who is named as having done it."""


class TransactionType(StrEnum):
    """The four types of customer transactions that the platform reports."""

    NEW_PURCHASE = "new_purchase"
    LICENCE_CHANGE = "licence_change"
    LICENCE_CONVERSION = "licence_conversion"
    SUITE_CHANGE = "suite_change"


TRANSACTION_TYPES: Mapping[AuditName, TransactionType] = {
    AuditName.TRIAL_STARTED: TransactionType.NEW_PURCHASE,
    AuditName.PLAN_ASSIGNED: TransactionType.NEW_PURCHASE,
    AuditName.MIGRATION_STARTED: TransactionType.NEW_PURCHASE,
    AuditName.TRIAL_CONVERTED: TransactionType.LICENCE_CONVERSION,
    AuditName.SUITE_ACCEPTED: TransactionType.SUITE_CHANGE,
    **dict.fromkeys(
        (
            AuditName.SEATS_CHANGED,
            AuditName.TERM_CHANGED,
            AuditName.RENEWAL_CHANGED,
            AuditName.SUSPENDED,
            AuditName.RESUMED,
            AuditName.CANCELLED,
            AuditName.CROSSGRADED,
            AuditName.RENEWED,
            AuditName.EXPIRED,
            AuditName.STARTED,
        ),
        TransactionType.LICENCE_CHANGE,
    ),
}
"""The transaction that a recorded change is, where it is one; a change is never two."""


@dataclass(frozen=True)
class AuditEntry:
    """Who changed what and when, bound to the capsule that was confirmed and to the entries it rested on.

    ``when`` is when it took effect, ``recorded`` when it was written: what falls due may be recorded later. ``customer_id`` is
    None for a change of the whole partner. Entries of an earlier release have neither ``kind`` nor ``recorded``.
    """

    name: AuditName
    reference: str
    op: str
    partner_id: PartnerId
    customer_id: CustomerId | None
    customer: str
    actor_id: UserId
    actor: str
    when: datetime
    capsule_hash: str
    values: Mapping[str, QuoteValue]
    before: Mapping[str, QuoteValue]
    after: Mapping[str, QuoteValue]
    cites: tuple[Citation, ...]
    kind: str | None = None
    recorded: datetime | None = None


@dataclass(frozen=True)
class ChainedEntry:
    """An entry's content in its place: ``seq`` counts from 1 without gaps, ``prev_hash`` is the hash before it.

    The content is plain JSON, so that a stored row can be checked even where it no longer makes a valid entry.
    """

    seq: int
    prev_hash: str
    hash: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class AuditHead:
    """The end of a partner's chain: its last place (0 for an empty chain) and the hash there."""

    seq: int = 0
    hash: str = GENESIS


@dataclass(frozen=True)
class ChainFault:
    """Where a chain does not hold: the place, and ``changed``, ``missing``, ``out_of_place`` or ``unlinked``."""

    seq: int
    fault: str


def link(head: AuditHead, entry: AuditEntry) -> ChainedEntry:
    """Put an entry at the end of a chain."""
    seq, content = head.seq + 1, entry_content(entry)
    return ChainedEntry(seq, head.hash, entry_hash(seq, head.hash, content), content)


def entry_content(entry: AuditEntry) -> dict[str, Any]:
    """Return an entry as plain JSON; its instant is in UTC with microseconds."""
    content: dict[str, Any] = {name: value for name, value in vars(entry).items() if value is not None}
    content["name"] = entry.name.value
    content["customer_id"] = entry.customer_id or ""
    content["cites"] = [dict(vars(cite)) for cite in entry.cites]
    for name in ("values", "before", "after"):
        content[name] = dict(content[name])
    for name in ("when", "recorded"):
        if name in content:
            content[name] = content[name].astimezone(UTC).isoformat(timespec="microseconds")
    return content


def entry_hash(seq: int, prev_hash: str, content: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of an entry's content, its place and the hash before it; 64 hex digits."""
    placed = {"seq": seq, "prev": prev_hash, "content": dict(content)}
    return hashlib.sha256(_canonical(placed).encode()).hexdigest()


def chain_faults(chain: Iterable[ChainedEntry], head: AuditHead) -> tuple[ChainFault, ...]:
    """Check a partner's chain in the order of ``seq`` against its head; empty means that nothing was touched."""
    faults: list[ChainFault] = []
    last = AuditHead()
    for row in chain:
        faults.extend(ChainFault(row.seq, fault) for fault in _row_faults(row, last))
        last = AuditHead(row.seq, row.hash)
    if last != head:
        faults.append(ChainFault(head.seq, "missing" if last.seq < head.seq else "unlinked"))
    return tuple(faults)


def _row_faults(row: ChainedEntry, last: AuditHead) -> Iterable[str]:
    if row.seq != last.seq + 1:
        yield "missing" if row.seq > last.seq else "out_of_place"
    if row.prev_hash != last.hash:
        yield "unlinked"
    if row.hash != entry_hash(row.seq, row.prev_hash, row.content):
        yield "changed"
