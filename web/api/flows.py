"""The guided workflows as data, and the form of each one's slots for the description of the API."""

from collections.abc import Iterable
from typing import Any

from assistant.ports.conversations import FlowDescription, SlotDescription
from web import queries
from web.current import application

Schema = dict[str, Any]

_FORMATS = {"date": "date"}
_PATTERNS = {"month": "^[0-9]{4}-[0-9]{2}$"}


def listing() -> dict[str, list[FlowDescription]]:
    """List the workflows, each with its slots."""
    queries.only()
    return {"flows": application().conversations.descriptions()}


def slot_schemas(flows: Iterable[FlowDescription]) -> dict[str, Schema]:
    """Return a form for the slots of each flow, as ``values`` of a message fill them; all values are texts."""
    return {f"Slots_{flow['id']}": _slots(flow) for flow in flows}


def _slots(flow: FlowDescription) -> Schema:
    return {
        "type": "object",
        "title": flow["title"],
        "properties": {slot["name"]: _slot(slot) for slot in flow["slots"]},
        "additionalProperties": False,
    }


def _slot(slot: SlotDescription) -> Schema:
    schema: Schema = {
        "type": "string",
        "title": slot["label"],
        "description": slot["ask"],
        "x-kind": slot["kind"],
        "x-optional": slot["optional"],
    }
    bounds = {"x-minimum": slot["minimum"], "x-maximum": slot["maximum"], "maxLength": slot["longest"]}
    schema |= {name: value for name, value in bounds.items() if value is not None}
    if slot["source"]:
        schema["x-options-source"] = slot["source"]
    if slot["options"]:
        schema["examples"] = slot["options"]
    if slot["kind"] in _FORMATS:
        schema["format"] = _FORMATS[slot["kind"]]
    if slot["kind"] in _PATTERNS:
        schema["pattern"] = _PATTERNS[slot["kind"]]
    return schema
