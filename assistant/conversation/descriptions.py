"""A flow told from its declaration, for doors that show it whole: description of the API, runbook, lists.

Everything stands in the declaration and in the sentences; nothing is said here that the conversation does not go by.
"""

from assistant.conversation.flow import Flow, Slot, SlotKind, SlotValue
from assistant.conversation.wording import Wording
from assistant.domain.lookups import PlanChoices
from assistant.ports.conversations import FlowDescription, SlotDescription


def described(flow: Flow, wording: Wording) -> FlowDescription:
    """Return what a flow is, asks for and ends in."""
    return {
        "id": flow.id,
        "version": flow.version,
        "title": wording.title(flow.id),
        "name": wording.say(f"flow.{flow.id}.name"),
        "risk": str(flow.risk),
        "permission": str(flow.permission),
        "phrases": [phrase for phrase in flow.phrases if "*" not in phrase],
        "slots": [_slot(flow, slot, wording) for slot in flow.slots],
        "confirm": _plain(f"flow.{flow.id}.confirm", wording),
        "done": _plain(f"flow.{flow.id}.done", wording),
        "next": wording.say(f"flow.{flow.id}.next"),
        "entries": [str(entry) for entry in flow.entries],
        "who": str(flow.who),
    }


def _slot(flow: Flow, slot: Slot, wording: Wording) -> SlotDescription:
    least, most = slot.bounds or (None, None)
    return {
        "name": slot.name,
        "label": wording.label(slot.name),
        "kind": str(slot.kind),
        "ask": _plain(f"ask.{flow.id}.{slot.name}", wording),
        "hint": wording.say(f"runbook.kind.{slot.kind}"),
        "minimum": least,
        "maximum": most,
        "longest": slot.longest if slot.kind is SlotKind.TEXT else None,
        "optional": slot.optional,
        "conditional": slot.when is not None,
        "depends_on": list(slot.depends_on),
        "source": _source(slot, wording),
        "options": _fixed(flow, slot, wording),
    }


def _source(slot: Slot, wording: Wording) -> str | None:
    """Return the words for where the options or the bounds of a slot come from; None where it has none."""
    if slot.look_up is None:
        return None
    known = {name: SlotValue("", "") for name in (*slot.depends_on, "customer", "plan", "choice", "month")}
    lookup = slot.look_up(known)
    if isinstance(lookup, PlanChoices):
        key = f"runbook.source.{lookup.op}"
        return wording.say(key if wording.has(key) else "runbook.source.plans")
    key = f"runbook.source.{type(lookup).__name__}"
    return wording.say(key if wording.has(key) else "runbook.source.looked_up")


def _fixed(flow: Flow, slot: Slot, wording: Wording) -> list[str]:
    """Return the labels of options that are the same for everybody."""
    if slot.options is None or slot.look_up is not None:
        return []
    options = slot.options(None, {})
    keys = [(f"option.{flow.id}.{slot.name}.{option.id}", option.label) for option in options]
    return [wording.say(key, label=label) if wording.has(key) else label for key, label in keys]


def _plain(key: str, wording: Wording) -> str:
    """Return a sentence with the names of its values where the values will stand."""
    return wording.template(key).format_map(_Labels(wording))


class _Labels(dict[str, str]):
    """Gives for every value its label in square brackets."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording

    def __missing__(self, name: str) -> str:
        return f"[{self._wording.label(name).lower()}]"
