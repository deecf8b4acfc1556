"""Keeping cases with the vendor's desk: what is handed over with one, and each of the partner's own acts in the turn's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.conversation import events as e
from assistant.conversation.flow import Flow
from assistant.conversation.replies import lines
from assistant.conversation.state import State, TaskState
from assistant.conversation.wording import Wording
from assistant.domain.errors import Conflict
from assistant.domain.hand_offs import Done, HandOff, HandOffAct, acted
from assistant.domain.identifiers import ConversationId, HandOffId, TaskId
from assistant.domain.principals import Principal
from assistant.ports.storage.conversations import ConversationUnit, StoredReply

_HANDED_TURNS = 50
"""How many of the last turns go along with a case."""


@dataclass(frozen=True)
class Keeping:
    """Whose conversation it is, how it stands after the turn, and when the turn was."""

    principal: Principal
    conversation: ConversationId
    state: State
    wording: Wording
    flows: Mapping[str, Flow]
    now: datetime


def keep(unit: ConversationUnit, events: Iterable[e.Event], kept: Keeping) -> None:
    """Store what these events say of cases. Raises Conflict where a case was changed by somebody else meanwhile."""
    for event in events:
        if isinstance(event, e.HandedOff):
            _open(unit, event, kept)
        elif isinstance(event, e.CaseActed):
            _act(unit, event, kept)
        elif isinstance(event, e.DeskRead):
            unit.hand_offs.mark_read(kept.conversation)


def _open(unit: ConversationUnit, event: e.HandedOff, kept: Keeping) -> None:
    replies = unit.replies(kept.conversation, _HANDED_TURNS)
    task = kept.state.tasks[event.task] if event.task else None
    customer = task.slots.get("customer") if task else None
    case = HandOff(
        id=HandOffId(event.case),
        conversation=kept.conversation,
        asker=kept.principal,
        subject=kept.wording.title(task.flow) if task else _question(kept, replies),
        reason=event.reason,
        opened_at=kept.now,
        changed_at=kept.now,
        task=TaskId(task.id) if task else None,
        flow=task.flow if task else None,
        customer=customer.label if customer else None,
    )
    record = record_of(event, task, replies, kept)
    opened, entry = acted(case, Done(HandOffAct.OPEN, kept.principal, kept.now, detail=record))
    unit.hand_offs.add(opened, entry)


def _act(unit: ConversationUnit, event: e.CaseActed, kept: Keeping) -> None:
    case = unit.hand_offs.find(HandOffId(event.case))
    assert case is not None
    changed, entry = acted(case, Done(HandOffAct(event.act), kept.principal, kept.now, event.text))
    if not unit.hand_offs.save(case, changed, entry):
        raise Conflict("Somebody at the licensing desk was faster. Send the message again.")


def record_of(
    event: e.HandedOff, task: TaskState | None, replies: Sequence[StoredReply], kept: Keeping
) -> dict[str, Any]:
    """Return what is handed over: slots, last preview, cited entries, the failing step and why, and the transcript."""
    say = kept.wording
    quote = task.capsule["quote"] if task and task.capsule else None
    slots = task.slots.items() if task else ()
    why = f"handoff.why.{event.reason}"
    flow = kept.flows.get(task.flow) if task else None
    return {
        "step": event.step,
        "step_label": say.label(event.step),
        "reason": event.reason,
        "why": say.say(why) if say.has(why) else say.say("handoff.why.refused", code=event.reason),
        "slots": [
            {"name": name, "label": say.label(name), "value": value.label, "id": str(value.value)}
            for name, value in slots
        ],
        "preview": lines(quote["values"], say) if quote else [],
        "before": quote["before"] if quote else {},
        "after": quote["after"] if quote else {},
        "cites": _cites(quote, flow, replies),
        "transcript": [
            {"at": reply.at.isoformat(), "said": reply.said, "replied": _replied(reply)} for reply in replies
        ],
    }


def _cites(
    quote: dict[str, Any] | None, flow: Flow | None, replies: Sequence[StoredReply]
) -> list[dict[str, Any]]:
    """Return the entries that preview, refusals and answers rested on, each once; before any of them, those of the flow."""
    found: dict[str, dict[str, Any]] = {}
    for cite in quote["cites"] if quote else ():
        found[cite["entry_id"]] = {"entry": cite["entry_id"], "heading": cite["heading"]}
    for block in (block for reply in replies for block in reply.turn["blocks"]):
        for cite in block.get("cites", ()):
            found[cite["entry"]] = {"entry": cite["entry"], "heading": cite["heading"]}
        if block["type"] == "answer":
            found[block["id"]] = {"entry": block["id"], "heading": block["question"]}
    if found or flow is None:
        return list(found.values())
    return [{"entry": entry, "heading": None} for entry in flow.entries]


def _question(kept: Keeping, replies: Sequence[StoredReply]) -> str:
    """Return the question that was asked last and not answered, else what was said last."""
    unanswered = [reply.said for reply in replies if reply.turn["abstain"]]
    said = [reply.said for reply in replies if reply.said]
    return (unanswered or said or [kept.wording.say("handoff.no_subject")])[-1]


def _replied(reply: StoredReply) -> list[str]:
    texts = (block.get("text") or block.get("question") or "" for block in reply.turn["blocks"])
    return [text for text in texts if text]
