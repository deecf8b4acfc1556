"""The JSON forms of the licensing backend's messages. Every value carries its ``type``."""

from collections.abc import Callable, Mapping
from typing import Any

from assistant.domain.actions import Action
from assistant.domain.canonical import canonical_fields
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import CustomerId, PlanId, UserId
from assistant.domain.lookups import (
    ChangeByReference,
    CrossgradeMatrix,
    CustomerById,
    History,
    Lookup,
    OwnCalendar,
    PartnerTotals,
    PlanChoices,
    SeatLimits,
    VisibleCustomers,
)
from assistant.domain.policy import Citation
from assistant.domain.quotes import Capsule, Consequence, Quote, QuoteValue, Receipt
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.ports.wire import bulk_lookups, case_lookups, page_lookups, report_lookups
from assistant.ports.wire.actions import action_from_json
from assistant.ports.wire.fields import Fields, by_type
from assistant.ports.wire.policy import citation_from_json, citation_json
from assistant.ports.wire.results import result_json

Json = dict[str, Any]

__all__ = [
    "action_from_json",
    "action_json",
    "capsule_from_json",
    "capsule_json",
    "lookup_from_json",
    "lookup_json",
    "quote_from_json",
    "quote_json",
    "receipt_from_json",
    "receipt_json",
    "refusal_from_json",
    "refusal_json",
    "result_json",
]


def action_json(action: Action) -> Json:
    """Write an action; its ``type`` is its kind."""
    return {"type": action.kind, **canonical_fields(action)}


def lookup_from_json(data: object, path: str = "") -> Lookup[Any]:
    """Read a lookup. Raises InvalidInput."""
    fields = Fields(data, path)
    return by_type(fields, _LOOKUPS)


def lookup_json(lookup: Lookup[Any]) -> Json:
    """Write a lookup."""
    return dict(result_json(lookup))


def quote_json(quote: Quote) -> Json:
    """Write a quote."""
    return {
        "type": "quote",
        "action": action_json(quote.action),
        "customer_id": quote.customer_id,
        "customer": quote.customer,
        "values": dict(quote.values),
        "before": dict(quote.before),
        "after": dict(quote.after),
        "consequences": [_consequence_json(consequence) for consequence in quote.consequences],
        "cites": [citation_json(cite) for cite in quote.cites],
        "revision": quote.revision,
    }


def quote_from_json(data: object, path: str = "") -> Quote:
    """Read a quote. Raises InvalidInput."""
    fields = _typed(data, path, "quote")
    quote = Quote(
        action=action_from_json(fields.raw("action"), fields.at("action")),
        customer_id=_optional_customer(fields),
        customer=fields.text("customer") if fields.raw("customer") else "",
        values=_quote_values(fields, "values"),
        before=_quote_values(fields, "before"),
        after=_quote_values(fields, "after"),
        consequences=tuple(_consequence(item, at) for item, at in fields.items("consequences")),
        cites=_cites(fields),
        revision=fields.text("revision"),
    )
    fields.done()
    return quote


def capsule_json(capsule: Capsule) -> Json:
    """Write a capsule; ``hash`` is for the reader, who computes it anew."""
    return {
        "type": "capsule",
        "flow": capsule.flow,
        "flow_version": capsule.flow_version,
        "task_id": capsule.task_id,
        "actor": capsule.actor,
        "quote": quote_json(capsule.quote),
        "hash": capsule.hash,
    }


def capsule_from_json(data: object, path: str = "") -> Capsule:
    """Read a capsule. Raises InvalidInput, also when its ``hash`` is given and not that of its content."""
    fields = _typed(data, path, "capsule")
    capsule = Capsule(
        flow=fields.text("flow"),
        flow_version=fields.number("flow_version"),
        task_id=fields.text("task_id"),
        actor=UserId(fields.text("actor")),
        quote=quote_from_json(fields.raw("quote"), fields.at("quote")),
    )
    if fields.optional_text("hash") not in {None, capsule.hash}:
        raise fields.wrong("hash", "must be the hash of this capsule, or be left out")
    fields.done()
    return capsule


def refusal_json(refusal: Refusal) -> Json:
    """Write a refusal."""
    return {
        "type": "refusal",
        "code": refusal.code.value,
        "params": dict(refusal.params),
        "slot": refusal.slot,
        "cites": [citation_json(cite) for cite in refusal.cites],
    }


def refusal_from_json(data: object, path: str = "") -> Refusal:
    """Read a refusal. Raises InvalidInput."""
    fields = _typed(data, path, "refusal")
    code = fields.text("code")
    if code not in {known.value for known in RefusalCode}:
        raise fields.wrong("code", "must be the code of a refusal")
    refusal = Refusal(
        RefusalCode(code), _quote_values(fields, "params"), fields.optional_text("slot"), _cites(fields)
    )
    fields.done()
    return refusal


def receipt_json(receipt: Receipt) -> Json:
    """Write a receipt."""
    return {
        "type": "receipt",
        "reference": receipt.reference,
        "op": receipt.op,
        "customer_id": receipt.customer_id,
        "customer": receipt.customer,
        "values": dict(receipt.values),
        "when": receipt.when.isoformat(),
        "capsule_hash": receipt.capsule_hash,
    }


def receipt_from_json(data: object, path: str = "") -> Receipt:
    """Read a receipt. Raises InvalidInput."""
    fields = _typed(data, path, "receipt")
    receipt = Receipt(
        reference=fields.text("reference"),
        op=fields.text("op"),
        customer_id=_optional_customer(fields),
        customer=fields.text("customer") if fields.raw("customer") else "",
        values=_quote_values(fields, "values"),
        when=fields.instant("when"),
        capsule_hash=fields.text("capsule_hash"),
    )
    fields.done()
    return receipt


def _plan_choices(fields: Fields) -> Lookup[Any]:
    return PlanChoices(fields.text("op"), _optional_customer(fields))


def _history(fields: Fields) -> Lookup[Any]:
    return History(_optional_customer(fields), fields.number("limit", History.limit))


_LOOKUPS: Mapping[str, Callable[[Fields], Lookup[Any]]] = {
    "visible_customers": lambda _fields: VisibleCustomers(),
    "customer_by_id": lambda fields: CustomerById(CustomerId(fields.text("customer_id"))),
    "plan_choices": _plan_choices,
    "crossgrade_matrix": lambda fields: CrossgradeMatrix(
        CustomerId(fields.text("customer_id")),
        PlanId(fields.text("plan_id")),
        fields.texts("obtain_new"),
    ),
    "seat_limits": lambda fields: SeatLimits(fields.text("op")),
    "history": _history,
    "change_by_reference": lambda fields: ChangeByReference(fields.text("reference")),
    "own_calendar": lambda _fields: OwnCalendar(),
    "partner_totals": lambda _fields: PartnerTotals(),
    **case_lookups.READERS,
    **page_lookups.READERS,
    **bulk_lookups.READERS,
    **report_lookups.READERS,
}


def _typed(data: object, path: str, kind: str) -> Fields:
    fields = Fields(data, path)
    if fields.raw("type") != kind:
        raise fields.wrong("type", f"must be {kind}")
    return fields


def _optional_customer(fields: Fields) -> CustomerId | None:
    customer_id = fields.optional_text("customer_id")
    return None if customer_id is None else CustomerId(customer_id)


def _consequence_json(consequence: Consequence) -> Json:
    return {
        "type": "consequence",
        "code": consequence.code,
        "params": dict(consequence.params),
        "cites": [citation_json(cite) for cite in consequence.cites],
    }


def _consequence(data: object, path: str) -> Consequence:
    fields = _typed(data, path, "consequence")
    consequence = Consequence(fields.text("code"), _quote_values(fields, "params"), _cites(fields))
    fields.done()
    return consequence


def _cites(fields: Fields) -> tuple[Citation, ...]:
    return tuple(citation_from_json(item, at) for item, at in fields.items("cites"))


def _quote_values(fields: Fields, name: str) -> dict[str, QuoteValue]:
    values = fields.named(name)
    for key, value in values.items():
        if isinstance(value, bool) or not isinstance(value, str | int | None):
            raise InvalidInput(f"{fields.at(name)}.{key}", "must be a text, a whole number or null")
    return values
