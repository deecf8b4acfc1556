"""What a principal may reach: its own partner, and the customers there. Everything else does not exist."""

from datetime import date, datetime

from assistant.domain.catalogue import Catalogue
from assistant.domain.customers import Customer
from assistant.domain.errors import NotFound
from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.domain.partners import Partner
from assistant.domain.periods import local_date
from assistant.domain.policy import Policy
from assistant.domain.principals import Permission, Principal, may
from assistant.domain.situations import Situation
from assistant.ports.storage.licensing import LicensingUnit

NO_CUSTOMER = "There is no such customer."


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
    unit: LicensingUnit,
    principal: Principal,
    customer_id: CustomerId,
    *,
    catalogue: Catalogue,
    policy: Policy,
    now: datetime,
) -> Situation:
    """Read the situation a change of this customer is assessed in. Raises NotFound."""
    partner = partner_of(unit, principal, Permission.LICENCES_CHANGE)
    customer = customer_of(unit, partner, customer_id)
    assert partner is not None
    today = local_date(now, partner.time_zone)
    return Situation(customer, catalogue, policy, today, _total(unit, partner.id, today))


def _total(unit: LicensingUnit, partner_id: PartnerId, today: date) -> int:
    return unit.customers.chargeable_seats(partner_id, today)
