"""Executing: the confirmed change, its audit entry and its receipt in one transaction, once for each capsule."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from assistant.domain.actions import Action
from assistant.domain.assessment import propose
from assistant.domain.audit import AUDIT_NAMES, AuditEntry
from assistant.domain.errors import Conflict, Forbidden, QuoteOutdated
from assistant.domain.identifiers import PartnerId, UserId
from assistant.domain.principals import Permission, Principal, may
from assistant.domain.quotes import Capsule, Quote, Receipt, StepUp
from assistant.domain.refusals import Refusal
from assistant.domain.situations import Outcome, PartnerSituation, Proposal
from assistant.licensing.preview import not_permitted
from assistant.licensing.recording import store
from assistant.licensing.scope import Surroundings, partner_reached, permitted, situation_of
from assistant.ports.clock import Ids
from assistant.ports.storage import Storage
from assistant.ports.storage.licensing import LicensingUnit
from assistant.ports.wire.licensing import capsule_json


@dataclass(frozen=True)
class Execution:
    """One request to execute, with what the outside was like when it came in."""

    principal: Principal
    capsule: Capsule
    around: Surroundings

    @property
    def action(self) -> Action:
        """What is to be done."""
        return self.capsule.quote.action


def check_proof(principal: Principal, capsule: Capsule, proof: StepUp) -> None:
    """Raise Forbidden unless the capsule and the proof are this principal's and the proof is for this capsule."""
    mine = principal.user_id == capsule.actor == proof.user_id
    if not mine or proof.capsule_hash != capsule.hash:
        raise Forbidden("The code was accepted for something else; nothing was changed.")


def execute(storage: Storage[LicensingUnit], execution: Execution, ids: Ids) -> Receipt | Refusal:
    """Make the change, or give the receipt of the one made before.

    Raises NotFound, QuoteOutdated when the change computed now is not the one confirmed, Conflict when the key was
    used for another request.
    """
    if not permitted(execution.principal, execution.action):
        return not_permitted(execution.around)
    try:
        with storage.writing() as unit:
            return _executed(unit, _partner_id(unit, execution), execution, ids)
    except Conflict as error:
        # where writers do not queue, somebody may have executed the same capsule between our look and our write
        with storage.reading() as unit:
            receipt = receipt_of_before(unit, _partner_id(unit, execution), execution.capsule)
        if receipt is None:
            raise QuoteOutdated("Somebody else changed the same thing first; nothing was changed.") from error
        return receipt


def _executed(
    unit: LicensingUnit, partner_id: PartnerId, execution: Execution, ids: Ids
) -> Receipt | Refusal:
    unit.partners.lock(partner_id)
    receipt = receipt_of_before(unit, partner_id, execution.capsule)
    if receipt:
        return receipt
    situation = situation_of(unit, execution.principal, execution.action, execution.around)
    proposal = _confirmed(situation, execution)
    if isinstance(proposal, Refusal):
        return proposal
    outcome = proposal.apply(ids)
    principal, capsule = execution.principal, execution.capsule
    made = Made(principal.user_id, principal.name, capsule.quote, capsule.hash, request_hash(capsule))
    receipt = write_down(unit, made, situation, outcome, ids)
    unit.commit()
    return receipt


@dataclass(frozen=True)
class Made:
    """A change about to be written down: who makes it, what was confirmed, the key it is made under, and its request's hash."""

    actor_id: UserId
    actor: str
    quote: Quote
    key: str
    request_hash: str


def write_down(
    unit: LicensingUnit, made: Made, situation: PartnerSituation, outcome: Outcome, ids: Ids
) -> Receipt:
    """Store what a change leaves behind, its audit entry and its receipt in the open transaction, and return the receipt."""
    receipt = _receipt(made, situation.now, outcome, ids)
    store(unit, situation, outcome, receipt.reference, ids)
    unit.audit.append(_audit_entry(situation.partner.id, made, receipt))
    unit.commands.add(situation.partner.id, made.key, made.request_hash, receipt)
    return receipt


def status(unit: LicensingUnit, principal: Principal, key: str) -> Receipt | None:
    """Return the receipt under a key of what this principal can have done, or None."""
    partner_id = principal.partner_id or _worked_for(unit, principal, key)
    found = unit.commands.find(partner_id, key) if partner_id else None
    return found[1] if found else None


def withdraw(
    storage: Storage[LicensingUnit], principal: Principal, key: str, now: datetime
) -> Receipt | None:
    """Return the receipt under a key, or make sure that there will never be one and return None."""
    if not any(
        may(principal, permission) for permission in (Permission.LICENCES_CHANGE, Permission.CASES_WORK)
    ):
        return None
    with storage.writing() as unit:
        partner_id = principal.partner_id or _worked_for(unit, principal, key)
        if partner_id is None:
            # a key is taken for all partners alike, so it can be withdrawn under any
            partner_id = next((partner.id for partner in unit.partners.all()), None)
        if partner_id is None:
            return None
        unit.partners.lock(partner_id)
        found = unit.commands.find(partner_id, key)
        if found:
            return found[1]
        # a key that another partner used is used up: nothing can be executed under it here, and whose it is stays untold
        try:
            unit.commands.withdraw(partner_id, key, now)
        except Conflict:
            return None
        unit.commit()
    return None


def _worked_for(unit: LicensingUnit, principal: Principal, key: str) -> PartnerId | None:
    if not may(principal, Permission.CASES_WORK):
        return None
    for partner in unit.partners.all():
        found = unit.commands.find(partner.id, key)
        entry = unit.audit.by_reference(partner.id, found[1].reference) if found and found[1] else None
        if entry:
            return partner.id if entry.actor_id == principal.user_id else None
    return None


def _partner_id(unit: LicensingUnit, execution: Execution) -> PartnerId:
    return partner_reached(unit, execution.principal, execution.action).id


def receipt_of_before(unit: LicensingUnit, partner_id: PartnerId, capsule: Capsule) -> Receipt | None:
    """Return the receipt of a capsule executed before, or None. Raises QuoteOutdated for a withdrawn one, Conflict for another's key."""
    found = unit.commands.find(partner_id, capsule.hash)
    if found is None:
        return None
    asked, receipt = found
    if receipt is None:
        raise QuoteOutdated("This confirmation was withdrawn; nothing was changed by it.")
    if asked != request_hash(capsule):
        raise Conflict("This key was used for another request; nothing was changed.")
    return receipt


def _confirmed(situation: PartnerSituation, execution: Execution) -> Proposal | Refusal:
    quote = execution.capsule.quote
    proposal = propose(quote.action, situation)
    if isinstance(proposal, Proposal) and proposal.quote != quote:
        raise QuoteOutdated("Something changed since this preview; nothing was changed by it.")
    return proposal


def _receipt(made: Made, now: datetime, outcome: Outcome, ids: Ids) -> Receipt:
    quote = made.quote
    return Receipt(
        reference=ids.new("R"),
        op=quote.action.op,
        customer_id=outcome.customer.id if outcome.customer else quote.customer_id,
        customer=quote.customer,
        values=quote.values,
        when=now,
        capsule_hash=made.key,
    )


def _audit_entry(partner_id: PartnerId, made: Made, receipt: Receipt) -> AuditEntry:
    quote = made.quote
    return AuditEntry(
        name=AUDIT_NAMES[quote.action.kind],
        reference=receipt.reference,
        op=receipt.op,
        partner_id=partner_id,
        customer_id=receipt.customer_id,
        customer=receipt.customer,
        actor_id=made.actor_id,
        actor=made.actor,
        when=receipt.when,
        capsule_hash=receipt.capsule_hash,
        values=quote.values,
        before=quote.before,
        after=quote.after,
        cites=quote.cites,
        kind=quote.action.kind,
        recorded=receipt.when,
    )


def request_hash(capsule: Capsule) -> str:
    """Return what tells two requests under one key apart."""
    canonical = json.dumps(capsule_json(capsule), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
