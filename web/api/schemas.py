"""The forms of answers, entries and passages, as the description of the API states them."""

from typing import Any

from assistant.domain.entries import Abstention, AnswerKind, PassageKind

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_OPTIONAL: Schema = {"type": ["string", "null"]}
_TEXTS: Schema = {"type": "array", "items": _TEXT}


def _form(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list_of(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


SCHEMAS: dict[str, Schema] = {
    "Passage": _form(
        kind={"type": "string", "enum": [kind.value for kind in PassageKind]},
        text={
            "type": "string",
            "description": "The entry's text from start to end, in characters, unchanged",
        },
        start={"type": "integer", "minimum": 0},
        end={"type": "integer", "minimum": 0},
        heading=_OPTIONAL,
        part={"type": ["integer", "null"]},
        label=_OPTIONAL,
        html=_TEXT,
    ),
    "Entry": _form(
        id=_TEXT,
        question=_TEXT,
        text=_TEXT,
        html=_TEXT,
        source=_form(document=_TEXT, heading=_TEXT, date=_TEXT),
        version={"type": "integer"},
        reviewed=_OPTIONAL,
        aged={"type": "boolean"},
        related=_TEXTS,
        workflow=_OPTIONAL,
        why=_form(matched=_TEXTS, expanded={"type": "object"}, repaired={"type": "object"}),
        passages=_list_of("Passage"),
    ),
    "Answer": _form(
        kind={"type": "string", "enum": [kind.value for kind in AnswerKind]},
        abstain={"enum": [None, *(code.value for code in Abstention)]},
        entries=_list_of("Entry"),
        missing=_TEXTS,
        gap=_OPTIONAL,
        nearest={"type": "array", "items": _form(id=_TEXT, question=_TEXT, topic=_TEXT)},
    ),
}
