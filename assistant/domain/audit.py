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

GENESIS = "0" * 64
"""What stands for the hash before the first entry."""


class AuditName(StrEnum):
    """What can have happened, ``subject:thing:action``; the list is closed."""

    TRIAL_STARTED = "customer:trial:start"
    SEATS_CHANGED = "subscription:seats:change"


AUDIT_NAMES: Mapping[str, AuditName] = {"trial": AuditName.TRIAL_STARTED, "seats": AuditName.SEATS_CHANGED}
"""The name under which each action is recorded, by its ``op``."""


@dataclass(frozen=True)
class AuditEntry:
    """Who changed what and when, bound to the capsule that was confirmed and to the entries it rested on."""

    name: AuditName
    reference: str
    op: str
    partner_id: PartnerId
    customer_id: CustomerId
    customer: str
    actor_id: UserId
    actor: str
    when: datetime
    capsule_hash: str
    values: Mapping[str, QuoteValue]
    before: Mapping[str, QuoteValue]
    after: Mapping[str, QuoteValue]
    cites: tuple[Citation, ...]


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
    content: dict[str, Any] = dict(vars(entry))
    content["name"] = entry.name.value
    content["when"] = entry.when.astimezone(UTC).isoformat(timespec="microseconds")
    content["cites"] = [dict(vars(cite)) for cite in entry.cites]
    for name in ("values", "before", "after"):
        content[name] = dict(content[name])
    return content


def entry_hash(seq: int, prev_hash: str, content: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of an entry's content, its place and the hash before it; 64 hex digits."""
    placed = {"seq": seq, "prev": prev_hash, "content": dict(content)}
    canonical = json.dumps(placed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


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
