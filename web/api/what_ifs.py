"""What-ifs for anybody: entered numbers in, consequences with their sources out; nothing of it can be executed."""

from typing import Any

from assistant.domain.what_ifs import OPS
from assistant.ports.conversations import Block
from assistant.ports.wire.what_ifs import DAYS, NUMBERS, TEXTS, asked_from_json
from web import visitors
from web.api.bodies import body
from web.current import application

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_MAPPING: Schema = {"type": "object"}
_LINES: Schema = {"type": "array", "items": _MAPPING}

BODY: dict[str, Schema] = {
    "op": {"type": "string", "enum": list(OPS)},
    **{name: {**_TEXT, "maxLength": 200} for name in TEXTS},
    **{name: {"type": "integer"} for name in NUMBERS},
    **{name: {"type": "string", "format": "date"} for name in DAYS},
}
"""The fields of a what-if; all but ``op`` may be left out."""

_SHOWN: dict[str, Schema] = {
    "type": {"const": "what_if"},
    "op": _TEXT,
    "day": {"type": "string", "format": "date"},
    "title": _TEXT,
    "text": {**_TEXT, "description": "That it is a what-if only"},
    "entered": {**_LINES, "description": "What was entered, or read of one's own customer"},
    "assumed": {**_LINES, "description": "What was assumed, as nobody entered it"},
    "lines": _LINES,
    "consequences": _LINES,
    "values": _MAPPING,
    "before": _MAPPING,
    "after": _MAPPING,
    "cites": _LINES,
    "refusal": {"type": ["object", "null"]},
}
SCHEMAS: dict[str, Schema] = {
    "WhatIf": {"type": "object", "properties": _SHOWN, "required": list(_SHOWN)},
}
"""The form of what comes out."""


def reckon() -> Block:
    """Reckon a what-if; the figures of a customer are for whoever may see it."""
    who = visitors.bearer_principal()
    return application().conversations.what_if(who, asked_from_json(body()))
