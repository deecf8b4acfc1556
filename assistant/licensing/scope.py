"""What a principal may reach: its own partner, and the customers there. Everything else does not exist."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.domain.actions import Action, CreateCustomer
from assistant.domain.catalogue import Catalogue
from assistant.domain.customers import Customer
from assistant.domain.errors import NotFound
from assistant.domain.identifiers import CustomerId
from assistant.domain.partners import Partner
from assistant.domain.periods import local_date
from assistant.domain.policy import Policy
from assistant.domain.principals import Permission, Principal, may
from assistant.domain.situations import NewCustomerSituation, PartnerSituation, Situation
from assistant.ports.storage.licensing import LicensingUnit

NO_CUSTOMER = "There is no such customer."


@dataclass(frozen=True)
class Surroundings:
    """What a change is assessed in beside what is stored: the catalogue, the policy in force and the present."""

    catalogue: Catalogue
    policy: Policy
    now: datetime


def partner_of(unit: LicensingUnit, principal: Principal, permission: Permission) -> Partner | None:
    """Return the principal's partner if the permission is held there; None means that there is nothing to see."""
    if principal.partner_id is None or not may(principal, permission):
        return None
    return unit.partners.by_id(principal.partner_id)


def customer_of(unit: LicensingUnit, partner: Partner | None, customer_id: CustomerId) -> Customer:
    """Return a customer of this partner. Raises NotFound, alike for a foreign customer and for one that never was."""
    customer = unit.customers.get(partner.id, customer_id) if partner else None
    if customer is None:
        raise NotFound(NO_CUSTOMER)
    return customer


def situation_of(
    unit: LicensingUnit, principal: Principal, action: Action, around: Surroundings
) -> PartnerSituation:
    """Read the situation an action is assessed in. Raises NotFound."""
    partner = partner_of(unit, principal, Permission.LICENCES_CHANGE)
    if partner is None:
        raise NotFound(NO_CUSTOMER)
    today = local_date(around.now, partner.time_zone)
    shared: dict[str, Any] = {
        **vars(around),
        "partner": partner,
        "total": unit.seats.total(partner.id, today),
        "approved": unit.approvals.versions(partner.id),
    }
    if isinstance(action, CreateCustomer):
        taken = unit.customers.is_taken(partner.id, action.name)
        return NewCustomerSituation(**shared, name_taken=taken)
    if action.customer_id is None:
        return PartnerSituation(**shared)
    customer = customer_of(unit, partner, action.customer_id)
    used = unit.usage_samples.newest(partner.id, customer.id)
    return Situation(**shared, stored=customer, used=used)
