"""Bringing the ends of life of a new catalogue to what customers have, as one step of the work that falls due."""

import hashlib
from collections.abc import Mapping

from assistant.domain.add_ons import retiring
from assistant.domain.audit import AUDIT_NAMES, DUE, SYSTEM, AuditEntry
from assistant.domain.customers import Customer
from assistant.domain.identifiers import UserId
from assistant.domain.partners import Partner
from assistant.domain.periods import local_date
from assistant.domain.quotes import QuoteValue
from assistant.domain.situations import Outcome, Situation
from assistant.licensing.recording import store
from assistant.licensing.scope import Surroundings
from assistant.ports.clock import Ids
from assistant.ports.storage.licensing import LicensingUnit

_KIND = "end_of_life"


def retire(unit: LicensingUnit, partner: Partner, around: Surroundings, ids: Ids) -> Mapping[str, int]:
    """Store, in the open transaction, the ends of life that the catalogue states differently; returns how many customers changed.

    What begins has its end of life from the first day, so that there is something to do only after a change of the catalogue.
    """
    products = around.catalogue.products.values()
    ends = {product.code: product.end_of_life for product in products if product.end_of_life}
    changed = 0
    for customer_id in unit.due.retiring(partner.id, ends, local_date(around.now, partner.time_zone)):
        stored = unit.customers.get(partner.id, customer_id)
        assert stored is not None
        situation = Situation(partner=partner, **vars(around), total=0, stored=stored)
        after = retiring(situation.customer, around.catalogue, situation.today)
        if after == situation.customer:
            continue
        entry = _entry(situation, after, ids)
        store(unit, situation, Outcome(customer=after), entry.reference, ids)
        unit.audit.append(entry)
        changed += 1
    return {_KIND: changed} if changed else {}


def _entry(situation: Situation, after: Customer, ids: Ids) -> AuditEntry:
    before = situation.customer
    told = {"before": _latest(before), "after": _latest(after)}
    return AuditEntry(
        name=AUDIT_NAMES[_KIND],
        reference=ids.new("R"),
        op=DUE,
        partner_id=after.partner_id,
        customer_id=after.id,
        customer=after.name,
        actor_id=UserId(""),
        actor=SYSTEM,
        when=situation.now,
        capsule_hash=hashlib.sha256(f"{after.id}:{_KIND}:{after.version}".encode()).hexdigest(),
        values={"customer": after.name, **told["after"]},
        cites=situation.policy.cite("end_of_sale"),
        kind=_KIND,
        recorded=situation.now,
        **told,
    )


def _latest(customer: Customer) -> dict[str, QuoteValue]:
    """Name each end of life there is, by the product it is of."""
    return {s.product: s.retires.isoformat() for s in customer.subscriptions if s.retires and not s.ended}
