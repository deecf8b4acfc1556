"""Showing one activation code in full to whoever may change licences; who saw which, and when, is in the audit for good."""

import hashlib

from assistant.domain.activation_codes import masked
from assistant.domain.audit import AUDIT_NAMES, AuditEntry
from assistant.domain.customers import Customer
from assistant.domain.errors import Forbidden, NotFound
from assistant.domain.identifiers import CustomerId, LicenceId
from assistant.domain.naming import plan_name
from assistant.domain.partners import Partner
from assistant.domain.principals import Permission, Principal, may
from assistant.domain.quotes import QuoteValue
from assistant.domain.subscriptions import Licence, Subscription
from assistant.licensing.scope import Surroundings, customer_of, partner_of
from assistant.ports.clock import Ids
from assistant.ports.storage import Storage
from assistant.ports.storage.licensing import LicensingUnit

KIND, OP = "code_shown", "show_code"


def reveal(
    storage: Storage[LicensingUnit],
    principal: Principal,
    wanted: tuple[CustomerId, LicenceId],
    around: Surroundings,
    ids: Ids,
) -> str:
    """Return the code of a licence, after writing down that it was shown. Raises Forbidden, NotFound."""
    if not may(principal, Permission.LICENCES_CHANGE):
        raise Forbidden("Your role may not see activation codes in full.")
    customer_id, licence_id = wanted
    with storage.writing() as unit:
        partner = partner_of(unit, principal, Permission.LICENCES_CHANGE)
        if partner is not None:
            unit.partners.lock(partner.id)
        customer = customer_of(unit, partner, customer_id)
        assert partner is not None
        subscription, licence = _found(customer, licence_id)
        told: dict[str, QuoteValue] = {
            "plan": plan_name(subscription, around.catalogue),
            "product": around.catalogue.products[licence.product].name,
            "code": masked(licence.code),
        }
        unit.audit.append(_entry(partner, customer, principal, told, around, ids))
        unit.commit()
    return licence.code


def _found(customer: Customer, licence_id: LicenceId) -> tuple[Subscription, Licence]:
    for subscription in customer.subscriptions:
        for licence in subscription.licences:
            if licence.id == licence_id:
                return subscription, licence
    raise NotFound("There is no such licence.")


def _entry(
    partner: Partner,
    customer: Customer,
    principal: Principal,
    told: dict[str, QuoteValue],
    around: Surroundings,
    ids: Ids,
) -> AuditEntry:
    reference = ids.new("R")
    return AuditEntry(
        name=AUDIT_NAMES[KIND],
        reference=reference,
        op=OP,
        partner_id=partner.id,
        customer_id=customer.id,
        customer=customer.name,
        actor_id=principal.user_id,
        actor=principal.name,
        when=around.now,
        # nothing was previewed: the hash stands for this one look
        capsule_hash=hashlib.sha256(f"{KIND}:{reference}".encode()).hexdigest(),
        values={"customer": customer.name, **told},
        before={},
        after=told,
        cites=(),
        kind=KIND,
        recorded=around.now,
    )
