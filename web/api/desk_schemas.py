"""The forms of cases, as the description of the API states them."""

from typing import Any

from assistant.domain.hand_offs import HandOffAct, HandOffState

Schema = dict[str, Any]

_STRING: Schema = {"type": "string"}
_OPTIONAL: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_INSTANT: Schema = {"type": "string", "format": "date-time"}
_OBJECTS: Schema = {"type": "array", "items": {"type": "object"}}


def _form(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list_of(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


_LINE: dict[str, Schema] = {
    "reference": _STRING,
    "subject": {**_STRING, "description": "The title of the task, or the question"},
    "reason": {
        **_STRING,
        "description": "Why it was handed over: asked, invalid, unknown, question or the code of a refusal",
    },
    "customer": _OPTIONAL,
    "asker": _STRING,
    "task": _OPTIONAL,
    "flow": _OPTIONAL,
    "state": {"type": "string", "enum": [state.value for state in HandOffState]},
    "holder": _OPTIONAL,
    "mine": {"type": "boolean"},
    "opened_at": _INSTANT,
    "changed_at": _INSTANT,
    "waiting_seconds": _NUMBER,
    "version": _NUMBER,
    "unread": {**_NUMBER, "description": "How much of the desk's writing the partner has not seen"},
}
SCHEMAS: dict[str, Schema] = {
    "ListedCase": _form(**_LINE),
    "CaseList": _form(cases=_list_of("ListedCase")),
    "CaseAct": _form(
        act={"type": "string", "enum": [act.value for act in HandOffAct]},
        by=_STRING,
        at=_INSTANT,
        text=_STRING,
        reference=_OPTIONAL,
        changes=_OBJECTS,
    ),
    "CaseSlot": _form(name=_STRING, label=_STRING, kind=_STRING, value=_OPTIONAL, options=_OBJECTS),
    "Case": _form(
        **_LINE,
        record={"type": "object", "description": "Slots, last preview, cited entries, step, why, transcript"},
        acts=_list_of("CaseAct"),
        slots=_list_of("CaseSlot"),
        can={"type": "array", "items": _STRING},
    ),
    "CaseSteps": _form(
        steps={"type": "array", "items": _form(migration=_STRING, label=_STRING, step=_STRING)}
    ),
    "CaseStepPreview": _form(
        hash=_STRING, short_hash=_STRING, lines=_OBJECTS, consequences=_OBJECTS, cites=_OBJECTS
    ),
}
"""The forms of cases."""
