"""Answers lookups about cases, own licences and the Remote Manager; the vendor's desk reaches the cases of every partner, and nothing else of them."""

from collections.abc import Callable, Mapping
from typing import Any

from assistant.domain.activation_codes import masked
from assistant.domain.case_lookups import (
    MOST_LISTED,
    CaseById,
    Cases,
    CaseStepView,
    CaseView,
    NfrView,
    OwnLicences,
    RemoteCustomerView,
    RemoteManager,
)
from assistant.domain.cases import DESK_STATES, ListedCase
from assistant.domain.customers import SyncState
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.identifiers import PlanId
from assistant.domain.principals import Permission, may
from assistant.domain.remote_manager import SyncRefusal
from assistant.licensing.asker import Asker
from assistant.licensing.scope import customer_of


def _cases(asker: Asker, lookup: Cases) -> tuple[CaseView, ...]:
    if may(asker.principal, Permission.CASES_WORK):
        found = asker.unit.cases.listed(None, lookup.customer_id, MOST_LISTED)
        return tuple(_view(asker, listed) for listed in found)
    partner = asker.partner()
    if lookup.customer_id is not None:
        customer_of(asker.unit, partner, lookup.customer_id)
    if partner is None:
        return ()
    found = asker.unit.cases.listed(partner.id, lookup.customer_id, MOST_LISTED)
    return tuple(_view(asker, listed) for listed in found)


def _case_by_id(asker: Asker, lookup: CaseById) -> CaseView:
    case = asker.unit.cases.anywhere(lookup.case_id)
    own = asker.partner()
    reached = case and (
        may(asker.principal, Permission.CASES_WORK) or (own is not None and own.id == case.partner_id)
    )
    partner = asker.unit.partners.by_id(case.partner_id) if case and reached else None
    if case is None or partner is None:
        raise NotFound("There is no such case.")
    customer = customer_of(asker.unit, partner, case.customer_id)
    return _view(asker, ListedCase(case, customer.name, partner.name))


def _own_licences(asker: Asker, _lookup: OwnLicences) -> tuple[NfrView, ...]:
    partner = asker.partner()
    if partner is None:
        return ()
    products = asker.catalogue.products
    return tuple(
        NfrView(products[owned.product].name, owned.name, masked(owned.code), owned.since)
        for owned in asker.unit.nfr_licences.of(partner.id)
    )


def _remote_manager(asker: Asker, lookup: RemoteManager) -> tuple[RemoteCustomerView, ...]:
    if not 1 <= lookup.limit <= MOST_LISTED:
        raise InvalidInput("limit", f"must be 1 to {MOST_LISTED}")
    partner = asker.partner()
    if partner is None:
        return ()
    refusal = SyncRefusal.STANDARD_TENANT if partner.standard_tenant else SyncRefusal.NAME_TAKEN
    return tuple(
        RemoteCustomerView(
            name=remote.name,
            since=remote.since,
            sync=remote.sync.value,
            sync_refusal=refusal.value if remote.sync is SyncState.FAILED else None,
            customer_id=remote.customer_id,
        )
        for remote in asker.unit.remote_customers.of(partner.id, lookup.limit)
    )


def _view(asker: Asker, listed: ListedCase) -> CaseView:
    case, about = listed.case, listed.case.about
    desk = may(asker.principal, Permission.CASES_WORK)
    working = desk or may(asker.principal, Permission.LICENCES_CHANGE)
    plan = asker.catalogue.plan(PlanId(about.get("plan", "")))
    return CaseView(
        id=case.id,
        kind=case.kind.value,
        state=case.state.value,
        open=case.open,
        partner=listed.partner,
        customer_id=case.customer_id,
        customer=listed.customer,
        steps=tuple(
            CaseStepView(step.state.value, step.actor, step.when, step.evidence) for step in case.steps
        ),
        next=tuple(s.value for s in case.next if working and (desk or s not in DESK_STATES)),
        licence_id=case.licence_id,
        subscription_id=case.subscription_id,
        product=about.get("product"),
        plan=plan.name if plan else None,
        seats=int(about["seats"]) if "seats" in about else None,
        reason=about.get("reason"),
        level_one=about.get("level_one"),
        level_two=about.get("level_two"),
    )


ANSWERS: Mapping[type, Callable[[Asker, Any], Any]] = {
    Cases: _cases,
    CaseById: _case_by_id,
    OwnLicences: _own_licences,
    RemoteManager: _remote_manager,
}
"""How each of these lookups is answered."""
