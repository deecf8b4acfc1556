"""The blocks of a reply, in the contract's shapes; pure functions of values and wording."""

from collections.abc import Iterable
from typing import Any

from assistant.conversation.flow import Flow, Slot, SlotKind
from assistant.conversation.names import Option
from assistant.conversation.state import Phase, State, TaskState
from assistant.conversation.wording import Wording
from assistant.domain.entries import AnsweredEntry
from assistant.domain.lookups import SeatBounds
from assistant.domain.policy import Citation
from assistant.domain.quotes import Capsule, QuoteValue, Receipt
from assistant.domain.refusals import Refusal
from assistant.ports.conversations import Block, Task
from assistant.ports.wire.entries import entry_json

LISTED = 20
"""The most options a prompt shows."""
_INPUTS = {
    SlotKind.NUMBER: "number",
    SlotKind.MONTHS: "number",
    SlotKind.DATE: "date",
    SlotKind.MONTH: "month",
    SlotKind.TEXT: "text",
}


def answer_block(entry: AnsweredEntry) -> Block:
    """Show an entry exactly as published."""
    return {"type": "answer", **entry_json(entry)}


def choices_block(text: str, options: Iterable[tuple[str, str]]) -> Block:
    """Ask back, with options to pick by number, by name or by pressing."""
    return {"type": "choices", "text": text, "options": [{"id": i, "label": label} for i, label in options]}


def prompt_block(
    flow: Flow,
    slot: Slot,
    wording: Wording,
    options: tuple[Option, ...],
    bounds: SeatBounds | None,
    task: TaskState,
) -> Block:
    """Ask for a slot, and say how it can be entered; of a text, ``max`` is the number of characters."""
    minimum, maximum = (bounds.minimum, bounds.maximum) if bounds else (None, None)
    longest = slot.longest if slot.kind is SlotKind.TEXT else None
    known = {name: value.label for name, value in task.slots.items()}
    params = {"customer": "", **known, "minimum": minimum, "maximum": maximum}
    return {
        "type": "prompt",
        "slot": slot.name,
        "text": wording.say(f"ask.{flow.id}.{slot.name}{_direction(slot, task)}", **params),
        "input": {
            "kind": _INPUTS.get(slot.kind, "choice"),
            "min": minimum,
            "max": maximum or longest,
            "options": [{"id": o.id, "label": o.label} for o in options[:LISTED]],
            "more": max(0, len(options) - LISTED),
        },
    }


def plain_prompt(slot: str, text: str) -> Block:
    """Ask for something that is no slot: what to say to go on."""
    return {
        "type": "prompt",
        "slot": slot,
        "text": text,
        "input": {"kind": "text", "min": None, "max": None, "options": []},
    }


def preview_block(capsule: Capsule, wording: Wording) -> Block:
    """Show the check page: before and after, what follows, the clauses that say so, and the capsule's short hash."""
    quote = capsule.quote
    return {
        "type": "preview",
        "title": wording.title(capsule.flow),
        "lines": lines(quote.values, wording),
        "consequences": [
            {"text": wording.consequence(c), "cites": cites(c.cites)} for c in quote.consequences
        ],
        "before": dict(quote.before),
        "after": dict(quote.after),
        "cites": cites(quote.cites),
        "short_hash": capsule.short_hash,
        "confirm": wording.say(f"flow.{capsule.flow}.confirm", **quote.values),
        "text": wording.say("prompt.confirm", short_hash=capsule.short_hash),
    }


def step_up_block(capsule: Capsule, wording: Wording) -> Block:
    """Ask for the code, naming the change it will confirm."""
    values = capsule.quote.values
    return {
        "type": "step_up",
        "text": wording.say("prompt.code", short_hash=capsule.short_hash),
        "confirm": wording.say(f"flow.{capsule.flow}.confirm", **values),
        "lines": lines(values, wording),
        "short_hash": capsule.short_hash,
    }


def receipt_block(receipt: Receipt, flow: str, wording: Wording) -> Block:
    """Show the proof that the change was made. It needs a receipt, so "done" cannot be said without one.

    A flow that a release has taken away has no words left: then those of the change itself are said.
    """
    flow = flow if wording.has(f"flow.{flow}.done") else receipt.op
    what = wording.say(f"flow.{flow}.done", **receipt.values)
    when = wording.instant(receipt.when)
    return {
        "type": "receipt",
        "reference": receipt.reference,
        "what": what,
        "when": receipt.when.isoformat(),
        "text": wording.say("handled.receipt", what=what, reference=receipt.reference, when=when),
        "next": wording.say(f"flow.{flow}.next"),
        "lines": lines(receipt.values, wording),
        "short_hash": receipt.capsule_hash[:4],
    }


def refusal_block(refusal: Refusal, wording: Wording) -> Block:
    """Show a rule's no, in words, with the entries that say so."""
    return {
        "type": "refusal",
        "code": str(refusal.code),
        "text": wording.refusal(refusal),
        "slot": refusal.slot,
        "cites": cites(refusal.cites),
    }


def handoff_block(case: str, act: str, text: str) -> Block:
    """Show what the user did with a case at the vendor's desk; ``text`` says it."""
    return {"type": "handoff", "reference": case, "act": str(act), "text": text, "by": None, "at": None}


def lines(values: Any, wording: Wording) -> list[dict[str, Any]]:
    """Return labelled lines of a preview or receipt; a before and an after become one line."""
    rows: list[dict[str, Any]] = []
    for name, value in values.items():
        stem, _, side = name.rpartition("_")
        if name == "seats" and "seats_after" in values:
            continue
        if side == "before" and f"{stem}_after" in values:
            rows.append(
                {
                    "slot": stem,
                    "label": wording.label(stem),
                    "value": _change(value, values[f"{stem}_after"], wording),
                }
            )
        elif side != "after" or f"{stem}_before" not in values:
            rows.append({"slot": name, "label": wording.label(name), "value": wording.shown(value, name)})
    return rows


def cites(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """Return citations as data: entry, version, heading, document and date."""
    return [
        {
            "entry": c.entry_id,
            "version": c.version,
            "heading": c.heading,
            "document": c.document,
            "date": c.date,
        }
        for c in citations
    ]


def task_json(task: TaskState, conversation: str, wording: Wording) -> Task:
    """Return the contract's Task."""
    values = (
        dict(task.capsule["quote"]["values"]) if task.capsule and task.phase is not Phase.COLLECT else None
    )
    return {
        "id": task.id,
        "flow": task.flow,
        "flow_version": task.flow_version,
        "phase": str(task.phase),
        "slots": {name: _slot_shown(v.value, v.label) for name, v in task.slots.items()},
        "asks": None,
        "preview": values,
        "short_hash": task.capsule_hash[:4] if task.capsule_hash else None,
        "reference": task.reference,
        "title": wording.title(task.flow),
        "conversation": conversation,
        "case": task.case,
    }


def open_tasks(state: State) -> list[TaskState]:
    """Return the tasks that are not over: the open one, those put aside, those at the vendor's desk."""
    at_desk = [task for task in state.tasks.values() if task.phase is Phase.HANDOFF]
    return [*([state.task] if state.task else []), *state.parked, *at_desk]


def _direction(slot: Slot, task: TaskState) -> str:
    sign = task.directions.get(slot.name, 0)
    return "_more" if sign > 0 else "_fewer" if sign < 0 else ""


def _change(before: QuoteValue, after: QuoteValue, wording: Wording) -> str:
    if before == after:
        return wording.say("value.same_band", band=after)
    return wording.say("value.changed", before=before, after=after)


def _slot_shown(value: str | int, label: str) -> str | int:
    return value if isinstance(value, int) else label
