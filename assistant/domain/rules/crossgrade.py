"""Moving a customer to a plan whose components overlap with what it has: whether it may.

Each component of the target goes by the matrix of ``crossgrades``: an owned service is transferred with its activation code and
data centre, owned software as the partner decides, everything else is new (cited as ``crossgrade``). What a broken-up suite leaves
stays until its term ends, or is deleted if unused (cited as ``leftovers``). It takes effect at once; a later start is possible only
where all is software licensed anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.domain.actions import Crossgrade
from assistant.domain.add_ons import base_product
from assistant.domain.beginnings import begun
from assistant.domain.catalogue import ProductKind, ServicePlan
from assistant.domain.crossgrades import ComponentStep, Matrix, matrix_of
from assistant.domain.issuing import Placeholders
from assistant.domain.moving import moved_customer, moved_seats, told
from assistant.domain.quotes import QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Outcome, Situation
from assistant.domain.standing import (
    ahead,
    assignable_plan,
    base_missing,
    current_version,
    disabled_customer,
    named,
    past_life,
    seats_outside,
    suspended,
)
from assistant.domain.subscriptions import Subscription, SubscriptionState

RULE = "crossgrade"
_MOVABLE = frozenset({SubscriptionState.ACTIVE, SubscriptionState.GRACE})


@dataclass(frozen=True)
class CrossgradeFacts:
    """What an allowed crossgrade rests on: the target plan, the matrix, and the start of the new term."""

    plan: ServicePlan
    matrix: Matrix
    starts: date


def assess(action: Crossgrade, situation: Situation) -> CrossgradeFacts | Refusal:
    """Tell whether the customer may move to the plan in this way."""
    plan = assignable_plan(action.plan_id, situation)
    if isinstance(plan, Refusal):
        return plan
    matrix = matrix_of(plan, situation.customer, situation.catalogue, situation.today, action.obtain_new)
    refusal = (
        disabled_customer(situation)
        or _overlap_refusal(plan, matrix, situation)
        or _sources_refusal(matrix, situation)
        or _choices_refusal(action, matrix, situation)
        or _data_center_refusal(action, matrix, situation)
        or seats_outside(action.seats, situation.policy)
        or _start_refusal(action, matrix, situation)
        or past_life(plan.name, plan.product, action.start, situation)
    )
    starts = action.start or situation.today
    return refusal or _base_refusal(action, plan, matrix, situation) or CrossgradeFacts(plan, matrix, starts)


def findings(action: Crossgrade, facts: CrossgradeFacts, situation: Situation) -> Findings:
    """Describe each component, the source plans and what stays behind."""
    return told(action, facts.plan, facts.matrix, facts.starts, situation)


def apply(action: Crossgrade, facts: CrossgradeFacts, situation: Situation, issuer: Issuer) -> Outcome:
    """Return the customer on the target plan, its sources ended and their remaining parts unbundled."""
    customer = moved_customer(action, facts.plan, facts.matrix, facts.starts, situation, issuer)
    return Outcome(customer=customer, moved=moved_seats(facts.matrix, action.seats))


def _overlap_refusal(plan: ServicePlan, matrix: Matrix, situation: Situation) -> Refusal | None:
    params: dict[str, QuoteValue] = {"customer": situation.customer.name, "plan": plan.name}
    cites = situation.policy.cite(RULE)
    if not matrix.overlaps:
        return Refusal(RefusalCode.NOTHING_OVERLAPS, params, "plan", cites)
    if matrix.stays_on(plan, current_version(situation.catalogue.products[plan.product], situation)):
        return Refusal(RefusalCode.SAME_PLAN, params, "plan", cites)
    return None


def _sources_refusal(matrix: Matrix, situation: Situation) -> Refusal | None:
    for component in matrix.components:
        source = component.source
        if source is None:
            continue
        if component.others and component.step is ComponentStep.TRANSFER:
            params = {"customer": situation.customer.name, "product": component.product.name}
            return Refusal(RefusalCode.TWO_SOURCES, params, "choice", situation.policy.cite(RULE))
        refusal = _source_refusal(source, situation) if component.step is ComponentStep.TRANSFER else None
        if refusal:
            return refusal
    return None


def _source_refusal(source: Subscription, situation: Situation) -> Refusal | None:
    params, cites = named(source, situation), situation.policy.cite(RULE)
    if source.trial:
        return Refusal(RefusalCode.SOURCE_IS_TRIAL, params, "plan", situation.policy.cite("trial_conversion"))
    if source.state(situation.today) in _MOVABLE:
        return None
    return suspended(source, situation) or Refusal(RefusalCode.SOURCE_NOT_ACTIVE, params, "plan", cites)


def _choices_refusal(action: Crossgrade, matrix: Matrix, situation: Situation) -> Refusal | None:
    choosable = {c.product.code for c in matrix.components if len(c.choices) > 1}
    for code in action.obtain_new:
        if code not in choosable:
            product = situation.catalogue.products.get(code)
            params = {"product": product.name if product else code}
            return Refusal(RefusalCode.TRANSFER_IS_AUTOMATIC, params, "choice", situation.policy.cite(RULE))
    return _delete_refusal(action.delete, matrix, situation)


def _delete_refusal(codes: Iterable[str], matrix: Matrix, situation: Situation) -> Refusal | None:
    leftovers = {leftover.product.code: leftover for leftover in matrix.leftovers}
    cites = situation.policy.cite("leftovers")
    for code in codes:
        leftover = leftovers.get(code)
        if leftover is None:
            return Refusal(RefusalCode.NO_SUCH_LEFTOVER, {"product": code}, "choice", cites)
        used = situation.used.get(leftover.source.id, 0)
        if used:
            params: dict[str, QuoteValue] = {
                "customer": situation.customer.name,
                "plan": leftover.product.name,
                "used": used,
            }
            return Refusal(RefusalCode.LEFTOVER_IN_USE, params, "choice", cites)
    return None


def _data_center_refusal(action: Crossgrade, matrix: Matrix, situation: Situation) -> Refusal | None:
    wanted = action.data_center
    if wanted is None:
        return None
    places = sorted({place for c in matrix.components for place in c.product.data_centers})
    cites = situation.policy.cite("data_center")
    if wanted not in places:
        params: dict[str, QuoteValue] = {"data_center": wanted, "places": ", ".join(places) or None}
        return Refusal(RefusalCode.DATA_CENTER_UNKNOWN, params, "data_center", cites)
    for component in matrix.moved:
        here = component.licence.data_center if component.licence else None
        if here is not None and here != wanted and wanted in component.product.data_centers:
            params = {"product": component.product.name, "data_center": here, "wanted": wanted}
            return Refusal(RefusalCode.DATA_CENTER_CONFLICT, params, "data_center", cites)
    return None


def _base_refusal(
    action: Crossgrade, plan: ServicePlan, matrix: Matrix, situation: Situation
) -> Refusal | None:
    products = [component.product for component in matrix.components]
    refusal = base_missing(plan.name, products, situation, action.start)
    if refusal:
        return refusal
    starts = action.start or situation.today
    made = begun(moved_customer(action, plan, matrix, starts, situation, Placeholders()), situation)
    required = base_product(made, situation.catalogue)
    if required is None or made.ended is None:
        return None
    base = situation.catalogue.products[required].name
    params: dict[str, QuoteValue] = {"customer": situation.customer.name, "plan": plan.name, "base": base}
    return Refusal(RefusalCode.BASE_NEEDED, params, "plan", situation.policy.cite("add_on"))


def _start_refusal(action: Crossgrade, matrix: Matrix, situation: Situation) -> Refusal | None:
    if action.start is None:
        return None
    cites = situation.policy.cite(RULE)
    software = all(c.product.kind is ProductKind.SOFTWARE for c in matrix.components)
    if matrix.moved or not software:
        return Refusal(RefusalCode.START_ONLY_FOR_SOFTWARE, {}, "expires", cites)
    if action.start < situation.today or not ahead(action.start, situation):
        params = {"earliest": situation.today.isoformat()}
        return Refusal(RefusalCode.START_INVALID, params, "expires", situation.policy.cite("terms"))
    return None
