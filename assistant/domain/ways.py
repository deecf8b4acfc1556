"""What can be started for a customer: the rules themselves are asked, with one possible change after the other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.domain.actions import (
    Action,
    AssignPlan,
    Cancel,
    ChangeRenewal,
    ChangeSeats,
    ChangeTerm,
    ConvertTrial,
    Crossgrade,
    Migrate,
    MigrationStep,
    OpenCase,
    Resume,
    SetCustomerEnabled,
    StartTrial,
    Suspend,
)
from assistant.domain.assessment import refusal_of
from assistant.domain.cases import Case
from assistant.domain.catalogue import Catalogue, ServicePlan
from assistant.domain.customers import Customer
from assistant.domain.identifiers import PlanId
from assistant.domain.page_lookups import WayView
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import CaseSituation
from assistant.domain.subscriptions import Subscription

_ANY_TEXT = "-"
_A_TERM = timedelta(days=30)
Candidates = Callable[[Customer, Subscription, Catalogue, date], Action]


def _conversion(customer: Customer, held: Subscription, catalogue: Catalogue, _today: date) -> Action:
    plan = catalogue.plans[held.plan_id] if held.plan_id else None
    full = (plan.service or plan.id) if plan else PlanId("")
    return ConvertTrial(customer.id, held.id, full, held.seats)


def _term(customer: Customer, held: Subscription, _catalogue: Catalogue, today: date) -> Action:
    return ChangeTerm(customer.id, held.id, max(held.agreed_end, today) + _A_TERM)


def _renewal(customer: Customer, held: Subscription, _catalogue: Catalogue, _today: date) -> Action:
    return ChangeRenewal(customer.id, held.id, 0 if held.auto_renew else 1)


_OF_PLANS: Mapping[str, Candidates] = {
    "convert_trial": _conversion,
    "seats": lambda c, s, _catalogue, _today: ChangeSeats(c.id, s.id, s.seats + 1),
    "term": _term,
    "renewal": _renewal,
    "suspend": lambda c, s, _catalogue, _today: Suspend(c.id, s.id),
    "resume": lambda c, s, _catalogue, _today: Resume(c.id, s.id),
    "cancel": lambda c, s, _catalogue, _today: Cancel(c.id, s.id, _ANY_TEXT),
    "support_case": lambda c, s, _catalogue, _today: OpenCase(c.id, s.id, *[_ANY_TEXT] * 3),
}
"""For each flow that works on a plan the customer has: a change of that plan."""

OPS = ("assign", "crossgrade", *_OF_PLANS, "trial", "migrate", "migration_step", "customer_state")
"""The flows that can be started for one customer."""


def ways(situation: CaseSituation, cases: Sequence[Case] = ()) -> Iterator[WayView]:
    """Yield each flow with what stands in its way: nothing if one change of its kind is possible, else the first refusal.

    ``cases`` are the customer's open migrations.
    """
    return (WayView(op, _obstacle(op, situation, cases)) for op in OPS)


def full_plans(catalogue: Catalogue) -> Iterator[ServicePlan]:
    """Yield the plans that are no trials."""
    return (plan for plan in catalogue.plans.values() if not plan.trial)


def _obstacle(op: str, situation: CaseSituation, cases: Sequence[Case]) -> Refusal | None:
    first = None
    for action in _candidates(op, situation, cases):
        case = next((case for case in cases if _concerns(action, case)), None)
        refusal = refusal_of(action, replace(situation, case=case))
        if refusal is None:
            return None
        first = first or refusal
    return first or _nothing_there(op, situation)


def _concerns(action: Action, case: Case) -> bool:
    if isinstance(action, Migrate):
        return action.licence_id == case.licence_id
    return isinstance(action, MigrationStep) and action.case_id == case.id


def _candidates(op: str, situation: CaseSituation, cases: Sequence[Case]) -> Iterator[Action]:
    customer, catalogue, today = situation.customer, situation.catalogue, situation.today
    held = sorted(customer.subscriptions, key=lambda s: not s.held(today))
    if op in _OF_PLANS:
        yield from (_OF_PLANS[op](customer, subscription, catalogue, today) for subscription in held)
    elif op == "trial":
        services = (plan.service for plan in catalogue.plans.values() if plan.service)
        yield from (StartTrial(customer.id, service, 1) for service in services)
    elif op == "migrate":
        for licence in customer.standard_licences:
            yield from (Migrate(customer.id, licence.id, plan.id) for plan in full_plans(catalogue))
    elif op == "migration_step":
        steps = ((case.id, state.value) for case in cases for state in case.next)
        yield from (MigrationStep(customer.id, case_id, step, _ANY_TEXT) for case_id, step in steps)
    elif op == "customer_state":
        yield SetCustomerEnabled(customer.id, enabled=not customer.enabled)
    elif op == "assign":
        yield from (AssignPlan(customer.id, plan.id, 1) for plan in full_plans(catalogue))
    elif held:
        yield from (Crossgrade(customer.id, plan.id, 1) for plan in full_plans(catalogue))


def _nothing_there(op: str, situation: CaseSituation) -> Refusal:
    params = {"customer": situation.customer.name}
    if op == "migration_step":
        return Refusal(RefusalCode.CASE_UNKNOWN, {}, "choice", situation.policy.cite("migration"))
    if op == "migrate":
        return Refusal(RefusalCode.LICENCE_UNKNOWN, params, "choice", situation.policy.cite("migration"))
    return Refusal(RefusalCode.NO_SUBSCRIPTION, params, "plan", situation.policy.cite("plans"))
