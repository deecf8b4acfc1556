"""Assigning a full plan to a customer that has none of its components.

The first term is the plan's initial period (cited as ``initial_period``); where components overlap, only a crossgrade can
resolve it (cited as ``crossgrade``). An add-on needs its base (cited as ``add_on``). A start may lie ahead, never back.
"""

from dataclasses import dataclass
from datetime import date

from assistant.domain.actions import AssignPlan
from assistant.domain.catalogue import Product, ServicePlan
from assistant.domain.issuing import new_licences, new_subscription
from assistant.domain.naming import plan_name
from assistant.domain.periods import add_months
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Outcome, Situation
from assistant.domain.standing import (
    ahead,
    assignable_plan,
    current_version,
    disabled_customer,
    seats_outside,
)


@dataclass(frozen=True)
class AssignFacts:
    """What an allowed assignment rests on: the plan, the products it licenses, and its first term."""

    plan: ServicePlan
    products: tuple[Product, ...]
    starts: date
    ends: date


def assess(action: AssignPlan, situation: Situation) -> AssignFacts | Refusal:
    """Tell whether the plan may be assigned."""
    plan = assignable_plan(action.plan_id, situation)
    if isinstance(plan, Refusal):
        return plan
    products = situation.catalogue.components_of(plan, situation.today)
    refusal = (
        disabled_customer(situation)
        or _overlap(plan, products, situation)
        or _base_missing(plan, products, situation)
        or seats_outside(action.seats, situation.policy)
        or _start_refusal(action, situation)
        or _data_center_refusal(action, products, situation)
    )
    starts = action.start or situation.today
    return refusal or AssignFacts(plan, products, starts, add_months(starts, plan.initial_months))


def findings(action: AssignPlan, facts: AssignFacts, situation: Situation) -> Findings:
    """Describe the new subscription."""
    after: dict[str, QuoteValue] = {
        "plan": facts.plan.name,
        "seats": action.seats,
        "starts": facts.starts.isoformat(),
        "ends": facts.ends.isoformat(),
        "data_center": ", ".join(_places(facts.products, action.data_center)) or None,
    }
    policy = situation.policy
    term = {"starts": facts.starts.isoformat(), "ends": facts.ends.isoformat()}
    consequences = [Consequence(ConsequenceCode.TERM_STARTS, term, policy.cite("initial_period"))]
    if facts.plan.renew_months:
        renews: dict[str, QuoteValue] = {
            "months": facts.plan.renew_months,
            "expires": facts.ends.isoformat(),
        }
        consequences.append(Consequence(ConsequenceCode.RENEWS, renews, policy.cite("auto_renewal")))
    if len(facts.products) > 1:
        suite: dict[str, QuoteValue] = {"plan": facts.plan.name, "parts": len(facts.products)}
        consequences.append(Consequence(ConsequenceCode.WHOLE_SUITE, suite, policy.cite("suite_whole")))
    if facts.starts > situation.today:
        pending = {"starts": facts.starts.isoformat()}
        consequences.append(Consequence(ConsequenceCode.PENDING_UNTIL, pending, policy.cite("terms")))
    return Findings(after, {}, after, tuple(consequences))


def apply(action: AssignPlan, facts: AssignFacts, situation: Situation, issuer: Issuer) -> Outcome:
    """Return the customer with the new subscription and a new licence for each component."""
    subscription = new_subscription(
        facts.plan,
        new_licences(facts.products, issuer, action.data_center),
        issuer,
        seats=action.seats,
        start=facts.starts,
        today=situation.today,
        composition=current_version(situation.catalogue.products[facts.plan.product], situation),
    )
    return Outcome(customer=situation.customer.adding(subscription))


def _overlap(plan: ServicePlan, products: tuple[Product, ...], situation: Situation) -> Refusal | None:
    for product in products:
        for owned in situation.customer.holding(product.code, situation.today):
            params: dict[str, QuoteValue] = {
                "customer": situation.customer.name,
                "plan": plan.name,
                "product": product.name,
                "owned": plan_name(owned, situation.catalogue),
            }
            cites = situation.policy.cite("crossgrade")
            return Refusal(RefusalCode.COMPONENT_OWNED, params, "plan", cites)
    return None


def _base_missing(plan: ServicePlan, products: tuple[Product, ...], situation: Situation) -> Refusal | None:
    given = {product.code for product in products}
    for product in products:
        if product.requires is None or product.requires in given:
            continue
        held = situation.customer.holding(product.requires, situation.today)
        if not any(not s.trial and not s.suspended for s in held):
            base = situation.catalogue.products[product.requires].name
            params = {"customer": situation.customer.name, "plan": plan.name, "base": base}
            return Refusal(RefusalCode.BASE_NEEDED, params, "plan", situation.policy.cite("add_on"))
    return None


def _start_refusal(action: AssignPlan, situation: Situation) -> Refusal | None:
    if action.start is None or (action.start >= situation.today and ahead(action.start, situation)):
        return None
    params = {"earliest": situation.today.isoformat()}
    return Refusal(RefusalCode.START_INVALID, params, "expires", situation.policy.cite("terms"))


def _data_center_refusal(
    action: AssignPlan, products: tuple[Product, ...], situation: Situation
) -> Refusal | None:
    places = sorted({place for product in products for place in product.data_centers})
    if action.data_center is None or action.data_center in places:
        return None
    params = {"data_center": action.data_center, "places": ", ".join(places) or None}
    return Refusal(
        RefusalCode.DATA_CENTER_UNKNOWN, params, "data_center", situation.policy.cite("data_center")
    )


def _places(products: tuple[Product, ...], wanted: str | None) -> list[str]:
    places = (product.data_center(wanted) for product in products)
    return list(dict.fromkeys(place for place in places if place))
