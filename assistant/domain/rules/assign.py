"""Assigning a full plan to a customer that has none of its components.

The first term is the plan's initial period (cited as ``initial_period``); where components overlap, only a crossgrade can
resolve it (cited as ``crossgrade``). An add-on needs its base (cited as ``add_on``). A start may lie ahead, never back.
"""

from dataclasses import dataclass
from datetime import date

from assistant.domain.actions import AssignPlan
from assistant.domain.beginnings import begun, described, term_told
from assistant.domain.catalogue import Product, ServicePlan
from assistant.domain.customers import Customer
from assistant.domain.issuing import Placeholders, new_licences, new_subscription
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Outcome, Situation
from assistant.domain.standing import (
    ahead,
    assignable_plan,
    base_missing,
    component_owned,
    current_version,
    data_center_unknown,
    disabled_customer,
    past_life,
    seats_outside,
)


@dataclass(frozen=True)
class AssignFacts:
    """What an allowed assignment rests on: the plan, the products it licenses, and its first day."""

    plan: ServicePlan
    products: tuple[Product, ...]
    starts: date


def assess(action: AssignPlan, situation: Situation) -> AssignFacts | Refusal:
    """Tell whether the plan may be assigned."""
    plan = assignable_plan(action.plan_id, situation)
    if isinstance(plan, Refusal):
        return plan
    products = situation.catalogue.components_of(plan, situation.today)
    refusal = (
        disabled_customer(situation)
        or component_owned(plan.name, products, situation)
        or base_missing(plan.name, products, situation, action.start)
        or seats_outside(action.seats, situation.policy)
        or _start_refusal(action, situation)
        or past_life(plan.name, plan.product, action.start, situation)
        or data_center_unknown(action.data_center, products, situation)
    )
    return refusal or AssignFacts(plan, products, action.start or situation.today)


def findings(action: AssignPlan, facts: AssignFacts, situation: Situation) -> Findings:
    """Describe the new subscription."""
    policy = situation.policy
    made = begun(_assigned(action, facts, situation, Placeholders()), situation)
    after: dict[str, QuoteValue] = {
        **described(made, situation),
        "data_center": ", ".join(_places(facts.products, action.data_center)) or None,
    }
    consequences = list(term_told(made, situation))
    if len(facts.products) > 1:
        suite: dict[str, QuoteValue] = {"plan": facts.plan.name, "parts": len(facts.products)}
        consequences.append(Consequence(ConsequenceCode.WHOLE_SUITE, suite, policy.cite("suite_whole")))
    if made.start > situation.today:
        pending = {"starts": made.start.isoformat()}
        consequences.append(Consequence(ConsequenceCode.PENDING_UNTIL, pending, policy.cite("terms")))
    return Findings(after, {}, after, tuple(consequences))


def apply(action: AssignPlan, facts: AssignFacts, situation: Situation, issuer: Issuer) -> Outcome:
    """Return the customer with the new subscription and a new licence for each component."""
    return Outcome(customer=_assigned(action, facts, situation, issuer))


def _assigned(action: AssignPlan, facts: AssignFacts, situation: Situation, issuer: Issuer) -> Customer:
    subscription = new_subscription(
        facts.plan,
        new_licences(facts.products, issuer, action.data_center),
        issuer,
        seats=action.seats,
        start=facts.starts,
        today=situation.today,
        composition=current_version(situation.catalogue.products[facts.plan.product], situation),
        retires=situation.catalogue.products[facts.plan.product].end_of_life,
    )
    return situation.customer.adding(subscription)


def _start_refusal(action: AssignPlan, situation: Situation) -> Refusal | None:
    if action.start is None or (action.start >= situation.today and ahead(action.start, situation)):
        return None
    params = {"earliest": situation.today.isoformat()}
    return Refusal(RefusalCode.START_INVALID, params, "starts", situation.policy.cite("terms"))


def _places(products: tuple[Product, ...], wanted: str | None) -> list[str]:
    places = (product.data_center(wanted) for product in products)
    return list(dict.fromkeys(place for place in places if place))
