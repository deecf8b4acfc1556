"""The forms of usage reports, as the description of the API states them."""

from typing import Any

from assistant.domain.reports import ReportState, ReviewKind

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_OPTIONAL: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_OPTIONAL_NUMBER: Schema = {"type": ["integer", "null"], "minimum": 0}
_INSTANT: Schema = {"type": "string", "format": "date-time"}
_MAPPING: Schema = {"type": "object"}


def _form(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list_of(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


SCHEMAS: dict[str, Schema] = {
    "UsageLine": _form(
        type={"const": "report_line_view"},
        key=_TEXT,
        customer_id=_TEXT,
        customer=_TEXT,
        product=_TEXT,
        name=_TEXT,
        unit=_TEXT,
        provisioned={**_NUMBER, "description": "The highest number of seats at one instant of the month"},
        used={**_OPTIONAL_NUMBER, "description": "The highest sample of the month; null without any"},
        moved={
            **_NUMBER,
            "description": "Seats that a crossgrade took to another line, where they are billed",
        },
        billable=_NUMBER,
        chargeable={**_NUMBER, "description": "What is billed; lower than billable only with a comment"},
        unused_percent=_NUMBER,
        comment=_OPTIONAL,
        needs_comment={"type": "boolean"},
    ),
    "Change": _form(
        type={"const": "history_item"},
        reference=_TEXT,
        op=_TEXT,
        kind=_OPTIONAL,
        transaction=_OPTIONAL,
        customer_id=_OPTIONAL,
        customer=_TEXT,
        actor=_TEXT,
        when=_INSTANT,
        capsule_hash=_TEXT,
        values=_MAPPING,
        before=_MAPPING,
        after=_MAPPING,
        cites={"type": "array", "items": _MAPPING},
    ),
    "Bands": _form(
        type={"const": "band_view"},
        seats_before=_NUMBER,
        seats_after=_NUMBER,
        band_before=_TEXT,
        band_after=_TEXT,
        to_lower=_OPTIONAL_NUMBER,
        to_higher=_OPTIONAL_NUMBER,
        bands={"type": "array", "items": _TEXT},
    ),
    "UsageReport": _form(
        type={"const": "report_view"},
        partner_id=_TEXT,
        partner=_TEXT,
        month={"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
        state={"type": "string", "enum": [state.value for state in ReportState]},
        review={"enum": [None, *(kind.value for kind in ReviewKind)]},
        reason=_OPTIONAL,
        submitted_at={"type": ["string", "null"], "format": "date-time"},
        deadline=_INSTANT,
        editable={"type": "boolean"},
        lines=_list_of("UsageLine"),
        provisioned=_NUMBER,
        billable=_NUMBER,
        total=_NUMBER,
        band=_TEXT,
        to_lower=_OPTIONAL_NUMBER,
        to_higher=_OPTIONAL_NUMBER,
        history=_list_of("Change"),
    ),
}
