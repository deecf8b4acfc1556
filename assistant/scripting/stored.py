"""What is stored of a script's conversation, read past whoever is signed in and past any fault."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.bootstrap import Application
from assistant.domain.audit import AuditEntry
from assistant.domain.bulk import item_key
from assistant.domain.change_many import ChangeMany
from assistant.domain.identifiers import ConversationId, PartnerId, UserId
from assistant.persistence.conversations import SqlConversationUnit
from assistant.persistence.database import SqlPartnerStorage, SqlStorage
from assistant.persistence.licensing import SqlLicensingUnit
from assistant.ports.conversations import ConversationView, TranscriptTurn

_AUDITED = 500
_REPLIES = 1000


@dataclass(frozen=True)
class Stored:
    """A conversation's owner, log and transcript, and the changes it made, newest first."""

    owner: UserId | None
    events: list[dict[str, Any]]
    transcript: ConversationView
    written: tuple[AuditEntry, ...]


def stored(application: Application, conversation: ConversationId, partners: Iterable[PartnerId]) -> Stored:
    """Read everything that is stored of a conversation; its changes are looked for at these partners."""
    with SqlStorage(application.database, SqlConversationUnit).reading() as unit:
        record = unit.find(conversation)
        events = unit.events(conversation)
        replies: list[TranscriptTurn] = [
            {"message_id": r.message_id, "at": r.at.isoformat(), "said": r.said, "turn": r.turn}
            for r in unit.replies(conversation, _REPLIES)
        ]
    assert record is not None
    hashes = {event["capsule_hash"] for event in events if "capsule_hash" in event}
    written = [entry for partner in partners for entry in _audit(application, partner, hashes)]
    view: ConversationView = {"id": conversation, "transcript": replies, "task": None, "tasks": []}
    return Stored(record.owner, events, view, tuple(written))


def _audit(application: Application, partner: PartnerId, hashes: set[str]) -> list[AuditEntry]:
    if not hashes:
        return []
    storage = SqlPartnerStorage(application.database, SqlLicensingUnit)
    with storage.of_partner(partner).reading() as unit:
        entries = unit.audit.newest(partner, None, _AUDITED)
    batches = [entry for entry in entries if entry.kind == ChangeMany.kind and entry.capsule_hash in hashes]
    # confirming a batch is no change; its items are, each under a key of its own
    keys = hashes - {batch.capsule_hash for batch in batches} | {key for b in batches for key in _items(b)}
    return [entry for entry in entries if entry.capsule_hash in keys]


def _items(batch: AuditEntry) -> Iterator[str]:
    rows = sum(int(batch.values[name] or 0) for name in ("changes", "left_out"))
    return (item_key(batch.capsule_hash, position) for position in range(rows))
