"""What a principal may reach: its own partner, and the customers there. Everything else does not exist."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.domain.actions import (
    AcceptSuite,
    Action,
    CreateCustomer,
    Migrate,
    MigrationStep,
    OpenCase,
    OrderNfr,
    ReviewReport,
    SubmitReport,
)
from assistant.domain.cases import Case
from assistant.domain.catalogue import Catalogue
from assistant.domain.customers import Customer
from assistant.domain.errors import NotFound
from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.domain.partners import Partner
from assistant.domain.periods import BillingMonth, local_date
from assistant.domain.policy import Policy
from assistant.domain.principals import Permission, Principal, may
from assistant.domain.remote_manager import arriving
from assistant.domain.situations import (
    CaseSituation,
    NewCustomerSituation,
    NfrSituation,
    PartnerSituation,
    ReportSituation,
    Situation,
    SuiteSituation,
)
from assistant.licensing.reports import report_of
from assistant.ports.storage.licensing import LicensingUnit

NO_CUSTOMER = "There is no such customer."

_ENOUGH: Mapping[type, frozenset[Permission]] = {
    MigrationStep: frozenset({Permission.LICENCES_CHANGE, Permission.CASES_WORK}),
    ReviewReport: frozenset({Permission.CASES_WORK}),
}
"""The permissions of which one is enough, for actions that are not for whoever may change licences and nobody else."""


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


def permitted(principal: Principal, action: Action) -> bool:
    """Tell whether the principal's role may do such a thing at all, wherever that is."""
    enough = _ENOUGH.get(type(action), {Permission.LICENCES_CHANGE})
    return any(may(principal, permission) for permission in enough)


def partner_reached(unit: LicensingUnit, principal: Principal, action: Action) -> Partner:
    """Return the partner an action is about: the principal's own, or for the vendor's desk the one whose case it works on.

    Raises NotFound, alike for what is out of reach and for what never was.
    """
    partner = None
    if permitted(principal, action):
        partner_id = principal.partner_id or _worked_on(unit, action)
        partner = unit.partners.by_id(partner_id) if partner_id else None
    if partner is None:
        raise NotFound(NO_CUSTOMER)
    return partner


def _worked_on(unit: LicensingUnit, action: Action) -> PartnerId | None:
    if isinstance(action, ReviewReport):
        return action.partner_id
    case = unit.cases.anywhere(action.case_id) if isinstance(action, MigrationStep) else None
    return case.partner_id if case else None


def situation_of(
    unit: LicensingUnit, principal: Principal, action: Action, around: Surroundings
) -> PartnerSituation:
    """Read the situation an action is assessed in. Raises NotFound."""
    partner = partner_reached(unit, principal, action)
    today = local_date(around.now, partner.time_zone)
    shared: dict[str, Any] = {
        **vars(around),
        "partner": partner,
        "total": unit.seats.total(partner.id, today),
        "approved": unit.approvals.versions(partner.id),
    }
    if action.customer_id is None:
        return _of_partner(unit, partner, action, shared)
    customer = customer_of(unit, partner, action.customer_id)
    shared |= {"stored": customer, "used": unit.usage_samples.newest(partner.id, customer.id)}
    if isinstance(action, Migrate | MigrationStep | OpenCase):
        desk = may(principal, Permission.CASES_WORK)
        case = _case_of(unit, partner, action)
        return CaseSituation(**shared, case=case, actor=principal.name, desk=desk)
    if isinstance(action, AcceptSuite):
        subscription = customer.subscription(action.subscription_id)
        product = subscription.product if subscription else ""
        return SuiteSituation(**shared, data_center=unit.approvals.data_center(partner.id, product))
    return Situation(**shared)


def _of_partner(
    unit: LicensingUnit, partner: Partner, action: Action, shared: dict[str, Any]
) -> PartnerSituation:
    if isinstance(action, CreateCustomer):
        taken = unit.customers.is_taken(partner.id, action.name) or arriving(
            action.name, unit.remote_customers.unlinked(partner.id), partner, shared["now"]
        )
        return NewCustomerSituation(**shared, name_taken=taken)
    if isinstance(action, OrderNfr):
        return NfrSituation(**shared, owned=unit.nfr_licences.of(partner.id))
    if isinstance(action, SubmitReport | ReviewReport):
        month = BillingMonth.parse(action.month)
        return ReportSituation(**shared, stored=report_of(unit, partner, month, shared["catalogue"]))
    return PartnerSituation(**shared)


def _case_of(
    unit: LicensingUnit, partner: Partner, action: Migrate | MigrationStep | OpenCase
) -> Case | None:
    if isinstance(action, MigrationStep):
        case = unit.cases.get(partner.id, action.case_id)
        return case if case and case.customer_id == action.customer_id else None
    if isinstance(action, OpenCase):
        return None
    cases = unit.cases.open_of(partner.id, action.customer_id)
    return next((case for case in cases if case.licence_id == action.licence_id), None)
