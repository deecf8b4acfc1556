"""The licensing backend for other clients, and this partner's own customers and changes."""

from typing import Any

from flask import request

from assistant.domain.accounts import CodeVerdict
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.identifiers import CustomerId, LicenceId
from assistant.domain.lookups import CustomerById, History, VisibleCustomers
from assistant.domain.principals import Principal
from assistant.domain.quotes import Capsule, Receipt, StepUp
from assistant.domain.refusals import Refusal
from assistant.ports.wire import licensing as wire
from assistant.ports.wire.fields import Fields
from assistant.ports.wire.principals import step_up_from_json
from web import queries, visitors
from web.api.bodies import body, document
from web.api.session import refusal
from web.current import application

_LONGEST_CODE = 100
_MOST_CHANGES = 500
_DEFAULT_CHANGES = 100


def look_up() -> dict[str, Any]:
    """Answer a lookup."""
    who, asked = visitors.licensing_caller(), document()
    result = application().licensing.look_up(who, wire.lookup_from_json(asked))
    return {"result": wire.result_json(result)}


def preview() -> dict[str, Any]:
    """Preview an action: a quote or a refusal, by ``type``."""
    who, asked = visitors.licensing_caller(), document()
    outcome = application().licensing.preview(who, wire.action_from_json(asked))
    return wire.refusal_json(outcome) if isinstance(outcome, Refusal) else wire.quote_json(outcome)


def execute() -> dict[str, Any]:
    """Execute a capsule with a code that is used up for it: a receipt or a refusal, by ``type``.

    One that was executed before gives its receipt again, and uses up no code. A trusted instance sends the proof of the code
    that it accepted itself, instead of a code.
    """
    who, fields = visitors.licensing_caller(), body()
    capsule = wire.capsule_from_json(fields.raw("capsule"), "capsule")
    proof = _proof(who, fields, capsule)
    if isinstance(proof, Receipt):
        return wire.receipt_json(proof)
    if isinstance(proof, Refusal):
        return wire.refusal_json(proof)
    outcome = application().licensing.execute(who, capsule, proof)
    return wire.receipt_json(outcome) if isinstance(outcome, Receipt) else wire.refusal_json(outcome)


def _proof(who: Principal, fields: Fields, capsule: Capsule) -> StepUp | Receipt | Refusal:
    if visitors.is_trusted_instance():
        proof = step_up_from_json(fields.raw("proof"), "proof")
        fields.done()
        return proof
    code = fields.text("code", limit=_LONGEST_CODE)
    fields.done()
    earlier = application().licensing.status(who, capsule.hash)
    if earlier is not None:
        return earlier
    # a code is used up only where the change could be made: not by a role that may not, nor by what is refused by now
    foreseen = application().licensing.preview(who, capsule.quote.action)
    if isinstance(foreseen, Refusal):
        return foreseen
    accepted = application().access.accept(who.user_id, code, capsule.hash)
    if isinstance(accepted, CodeVerdict):
        raise refusal(accepted)
    return accepted


def status(key: str) -> dict[str, Any]:
    """Return the receipt of a capsule's hash, or not found: it was never executed, or is not this partner's."""
    receipt = application().licensing.status(visitors.licensing_caller(), key)
    if receipt is None:
        raise NotFound("No change was made with this key.")
    return wire.receipt_json(receipt)


def withdraw() -> dict[str, Any]:
    """Return the receipt of a key, or see to it that nothing is ever executed under it: ``type`` is then ``withdrawn``."""
    who, fields = visitors.licensing_caller(), body()
    key = fields.text("key")
    fields.done()
    receipt = application().licensing.withdraw(who, key)
    return {"type": "withdrawn"} if receipt is None else wire.receipt_json(receipt)


def reveal() -> dict[str, Any]:
    """Return one activation code in full; the audit keeps that it was shown."""
    who, fields = visitors.licensing_caller(), body()
    customer_id, licence_id = CustomerId(fields.text("customer_id")), LicenceId(fields.text("licence_id"))
    fields.done()
    return {"code": application().licensing.reveal(who, customer_id, licence_id)}


def customers() -> dict[str, Any]:
    """List one's own customers."""
    queries.only()
    found = application().licensing.look_up(visitors.bearer(), VisibleCustomers())
    return {"customers": wire.result_json(found)}


def customer(customer_id: str) -> dict[str, Any]:
    """Show one of them."""
    lookup = CustomerById(CustomerId(customer_id))
    shown: dict[str, Any] = wire.result_json(application().licensing.look_up(visitors.bearer(), lookup))
    return shown


def history() -> dict[str, Any]:
    """List one's own changes, newest first, of one customer or of all."""
    queries.only("customer", "limit")
    who, named = visitors.bearer(), request.args.get("customer")
    lookup = History(CustomerId(named) if named else None, _limit())
    return {"history": wire.result_json(application().licensing.look_up(who, lookup))}


def _limit() -> int:
    raw = request.args.get("limit", str(_DEFAULT_CHANGES))
    if not (raw.isascii() and raw.isdigit() and len(raw) < 6 and 1 <= int(raw) <= _MOST_CHANGES):  # noqa: PLR2004
        raise InvalidInput("limit", f"must be a whole number from 1 to {_MOST_CHANGES}")
    return int(raw)
