"""Starting a trial of one service.

A trial has 1 to ``trial_seats_max`` seats, runs for one month, does not renew, is never billed, and is given once for each
product and customer. Source: the entry cited as ``trial`` and the fact ``trial_seats_max``; without that fact the
rule refuses, because it must not enforce a number that no approved entry states. One trial for each product is the
backend's own rule.
"""

from dataclasses import dataclass
from datetime import date

from assistant.domain.actions import StartTrial
from assistant.domain.catalogue import Product, ServicePlan
from assistant.domain.issuing import new_licence, new_subscription
from assistant.domain.lookups import SeatBounds
from assistant.domain.periods import add_months
from assistant.domain.policy import Citation, Fact, Policy
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Outcome, Situation, all_cites
from assistant.domain.standing import disabled_customer, locked, off_sale

MINIMUM_SEATS = 1
SEATS_FACT = "trial_seats_max"
RULE = "trial"


@dataclass(frozen=True)
class TrialFacts:
    """What an allowed trial rests on: its plan and product, the term, the citations."""

    plan: ServicePlan
    product: Product
    starts: date
    ends: date
    cites: tuple[Citation, ...]


def assess(action: StartTrial, situation: Situation) -> TrialFacts | Refusal:
    """Tell whether the trial may start; refusals come in the order service, customer, seats."""
    cites = _cites(situation.policy)
    plans = _plans(action, situation, cites)
    if isinstance(plans, Refusal):
        return plans
    service, plan = plans
    product = situation.catalogue.products[plan.product]
    refusal = _customer_refusal(situation, service, product, cites) or _seats_refusal(
        action.seats, situation.policy
    )
    if refusal:
        return refusal
    ends = add_months(situation.today, plan.initial_months)
    return TrialFacts(plan, product, situation.today, ends, cites)


def findings(action: StartTrial, facts: TrialFacts, situation: Situation) -> Findings:
    """Describe the trial; the total and the band stay as they are, since trial seats do not count."""
    after: dict[str, QuoteValue] = {
        "plan": situation.catalogue.service_name(facts.plan),
        "seats": action.seats,
        "starts": facts.starts.isoformat(),
        "ends": facts.ends.isoformat(),
    }
    return Findings(after, {}, after, _consequences(facts, situation.policy), facts.cites)


def apply(action: StartTrial, facts: TrialFacts, situation: Situation, issuer: Issuer) -> Outcome:
    """Return the customer with the trial, whose one licence has a new synthetic activation code."""
    subscription = new_subscription(
        facts.plan,
        (new_licence(facts.product, issuer),),
        issuer,
        seats=action.seats,
        start=facts.starts,
        today=situation.today,
        retires=facts.product.end_of_life,
    )
    return Outcome(customer=situation.customer.adding(subscription))


def seat_bounds(policy: Policy) -> SeatBounds:
    """Return how many seats a trial may have; without the fact no maximum is stated, and ``assess`` refuses."""
    fact = policy.fact(SEATS_FACT)
    if fact is None:
        return SeatBounds(MINIMUM_SEATS, None, policy.cite(RULE))
    return SeatBounds(MINIMUM_SEATS, fact.value, _cites(policy), _too_large(fact, policy))


def _plans(
    action: StartTrial, situation: Situation, cites: tuple[Citation, ...]
) -> tuple[ServicePlan, ServicePlan] | Refusal:
    service = situation.catalogue.plan(action.plan_id)
    if service is None:
        return Refusal(RefusalCode.PLAN_UNKNOWN, {}, "plan", cites)
    trial = situation.catalogue.trial_of(service)
    if service.trial or trial is None:
        return Refusal(RefusalCode.PLAN_NOT_TRIALABLE, {"plan": service.name}, "plan", cites)
    return service, trial


def _customer_refusal(
    situation: Situation, service: ServicePlan, product: Product, cites: tuple[Citation, ...]
) -> Refusal | None:
    customer, today = situation.customer, situation.today
    params = {"customer": customer.name, "plan": service.name}
    refusal = (
        disabled_customer(situation)
        or off_sale(service.name, product.code, situation)
        or locked(service.name, product.code, situation)
    )
    if refusal:
        return refusal
    if any(not s.trial for s in customer.holding(product.code, today)):
        return Refusal(RefusalCode.SERVICE_ALREADY_OWNED, params, "plan", cites)
    if any(s.trial and s.product == product.code for s in customer.subscriptions):
        return Refusal(RefusalCode.TRIAL_EXISTS, params, "plan", situation.policy.cite("trial_once"))
    return None


def _seats_refusal(seats: int, policy: Policy) -> Refusal | None:
    fact = policy.fact(SEATS_FACT)
    if fact is None:
        return Refusal(RefusalCode.POLICY_NOT_STATED, {"fact": SEATS_FACT}, None, policy.cite(RULE))
    if seats < MINIMUM_SEATS:
        params = {"minimum": MINIMUM_SEATS, "maximum": fact.value}
        return Refusal(RefusalCode.SEATS_INVALID, params, "seats", _cites(policy))
    return _too_large(fact, policy) if seats > fact.value else None


def _too_large(fact: Fact, policy: Policy) -> Refusal:
    return Refusal(RefusalCode.TRIAL_TOO_LARGE, {"maximum": fact.value}, "seats", _cites(policy))


def _cites(policy: Policy) -> tuple[Citation, ...]:
    fact = policy.fact(SEATS_FACT)
    return all_cites(policy.cite(RULE), (fact.citation,) if fact else ())


def _consequences(facts: TrialFacts, policy: Policy) -> tuple[Consequence, ...]:
    cites = policy.cite("trial_terms")
    return (
        Consequence(ConsequenceCode.TRIAL_NOT_BILLED, {}, cites),
        Consequence(ConsequenceCode.TRIAL_ENDS, {"ends": facts.ends.isoformat()}, cites),
        Consequence(ConsequenceCode.TRIAL_CANNOT_BE_CHANGED, {}, cites),
    )
