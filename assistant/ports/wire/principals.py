"""The JSON form of who asks and of an accepted code, for an instance that is trusted to say so."""

from typing import Any

from assistant.domain.identifiers import CustomerId, PartnerId, UserId
from assistant.domain.principals import Principal, Role
from assistant.domain.quotes import StepUp
from assistant.ports.wire.fields import Fields


def principal_json(principal: Principal) -> dict[str, Any]:
    """Write a principal."""
    return {**vars(principal), "role": principal.role.value}


def principal_from_json(data: object, path: str = "") -> Principal:
    """Read a principal. Raises InvalidInput."""
    fields = Fields(data, path)
    role = fields.text("role")
    if role not in {known.value for known in Role}:
        raise fields.wrong("role", "must be one of " + ", ".join(known.value for known in Role))
    partner_id, customer_id = fields.optional_text("partner_id"), fields.optional_text("customer_id")
    principal = Principal(
        user_id=UserId(fields.text("user_id")),
        name=fields.text("name"),
        role=Role(role),
        partner_id=None if partner_id is None else PartnerId(partner_id),
        customer_id=None if customer_id is None else CustomerId(customer_id),
    )
    fields.done()
    return principal


def step_up_json(proof: StepUp) -> dict[str, Any]:
    """Write the proof of an accepted code."""
    return {**vars(proof), "accepted_at": proof.accepted_at.isoformat()}


def step_up_from_json(data: object, path: str = "") -> StepUp:
    """Read the proof of an accepted code. Raises InvalidInput."""
    fields = Fields(data, path)
    user_id, capsule_hash = UserId(fields.text("user_id")), fields.text("capsule_hash")
    proof = StepUp(user_id, capsule_hash, fields.instant("accepted_at"))
    fields.done()
    return proof
