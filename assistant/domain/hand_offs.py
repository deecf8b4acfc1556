"""Hand-off cases: what a conversation passes to the vendor's licensing desk, and who may do what with it when.

A case is a row of acts: everything done with it, by the desk or by the partner, is one act with who and when, linked by
hashes like the audit, so that a changed past shows. Its version is the number of acts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from assistant.domain.audit import GENESIS, ChainedEntry, entry_hash
from assistant.domain.errors import Conflict
from assistant.domain.identifiers import ConversationId, HandOffId, TaskId
from assistant.domain.principals import Principal


class HandOffState(StrEnum):
    """Where a case stands; all but the first two are its end."""

    OPEN = "open"
    CLAIMED = "claimed"
    RETURNED = "returned"
    COMPLETED = "completed"
    CLOSED = "closed"
    TAKEN_BACK = "taken_back"
    WITHDRAWN = "withdrawn"


LIVE = frozenset({HandOffState.OPEN, HandOffState.CLAIMED})
"""The states in which something is left to do."""


class HandOffAct(StrEnum):
    """What can be done with a case: ``open``, ``add``, ``take_back`` and ``withdraw`` by the partner, the rest by the desk."""

    OPEN = "open"
    ADD = "add"
    TAKE_BACK = "take_back"
    WITHDRAW = "withdraw"
    CLAIM = "claim"
    RELEASE = "release"
    MESSAGE = "message"
    CORRECT = "correct"
    RETURN = "return"
    COMPLETE = "complete"
    CLOSE = "close"


_LEADS_TO: Mapping[HandOffAct, HandOffState] = {
    HandOffAct.TAKE_BACK: HandOffState.TAKEN_BACK,
    HandOffAct.WITHDRAW: HandOffState.WITHDRAWN,
    HandOffAct.CLAIM: HandOffState.CLAIMED,
    HandOffAct.RELEASE: HandOffState.OPEN,
    HandOffAct.RETURN: HandOffState.RETURNED,
    HandOffAct.COMPLETE: HandOffState.COMPLETED,
    HandOffAct.CLOSE: HandOffState.CLOSED,
}
_UNCLAIMED = frozenset({HandOffAct.CLAIM, HandOffAct.TAKE_BACK, HandOffAct.WITHDRAW})
"""What is possible only while nobody at the desk has the case."""
_TOLD = frozenset(
    {HandOffAct.MESSAGE, HandOffAct.CORRECT, HandOffAct.RETURN, HandOffAct.COMPLETE, HandOffAct.CLOSE}
)
"""What the partner has to learn of."""
_OWN = frozenset({HandOffAct.OPEN, HandOffAct.ADD, HandOffAct.TAKE_BACK, HandOffAct.WITHDRAW})


@dataclass(frozen=True)
class HandOff:
    """One case as it stands.

    ``asker`` is who handed it over, ``subject`` what it is about, ``flow`` and ``task`` are None where it is about a question only.
    ``holder`` is the name of the operator who has it, ``unread`` counts what the asker has not seen yet, ``head`` is the last
    act's hash. ``changed_at`` is the instant of the last act.
    """

    id: HandOffId
    conversation: ConversationId
    asker: Principal
    subject: str
    reason: str
    opened_at: datetime
    changed_at: datetime
    task: TaskId | None = None
    flow: str | None = None
    customer: str | None = None
    state: HandOffState = HandOffState.OPEN
    holder_id: str | None = None
    holder: str | None = None
    unread: int = 0
    version: int = 0
    head: str = GENESIS

    @property
    def live(self) -> bool:
        """Whether anything is left to do."""
        return self.state in LIVE


@dataclass(frozen=True)
class Done:
    """One act to be done: by whom, when, with which words and details."""

    act: HandOffAct
    by: Principal
    at: datetime
    text: str = ""
    detail: Mapping[str, Any] | None = None


def acted(case: HandOff, done: Done) -> tuple[HandOff, ChainedEntry]:
    """Return the case after an act, and the act in its place. Raises Conflict where the case does not allow it now."""
    _refuse(case, done)
    content = {
        "act": done.act.value,
        "by_id": done.by.user_id,
        "by": done.by.name,
        "at": done.at.isoformat(timespec="microseconds"),
        "text": done.text,
        "detail": dict(done.detail or {}),
    }
    seq = case.version + 1
    entry = ChainedEntry(seq, case.head, entry_hash(seq, case.head, content), content)
    changed = replace(
        case,
        state=_LEADS_TO.get(done.act, case.state),
        changed_at=done.at,
        version=seq,
        head=entry.hash,
        unread=case.unread + 1 if done.act in _TOLD else 0 if done.act in _OWN else case.unread,
    )
    return _held(changed, done), entry


def _held(case: HandOff, done: Done) -> HandOff:
    if done.act is HandOffAct.CLAIM:
        return replace(case, holder_id=done.by.user_id, holder=done.by.name)
    if case.state is HandOffState.OPEN:
        return replace(case, holder_id=None, holder=None)
    return case


def _refuse(case: HandOff, done: Done) -> None:
    if not case.live:
        raise Conflict("This case is over; nothing was changed.")
    if done.act in _UNCLAIMED and case.state is not HandOffState.OPEN:
        raise Conflict(f"{case.holder} has this case; nothing was changed.")
    desk = done.act not in _OWN and done.act is not HandOffAct.CLAIM
    if desk and case.holder_id != done.by.user_id:
        raise Conflict(
            f"{case.holder} has this case; nothing was changed."
            if case.holder
            else "Claim this case first; nothing was changed."
        )


def refuse_stale(case: HandOff, seen: int | None) -> None:
    """Raise Conflict unless the case is still as it was seen; None means that it does not matter."""
    refuse_stale_version(case.version, seen)


def refuse_stale_version(version: int, seen: int | None) -> None:
    """Raise Conflict unless this version was seen; None means that it does not matter."""
    if seen is not None and seen != version:
        raise Conflict("This case has changed since it was shown; nothing was changed. Read it again.")
