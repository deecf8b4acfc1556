"""Starting a trial of one service.

A trial has 1 to ``trial_seats_max`` seats, runs for one month, does not renew, is never billed, and is given once for each
product and customer. Source: the entry cited as ``trial`` and the fact ``trial_seats_max``; without that fact the
rule refuses, because it must not enforce a number that no approved entry states. One trial for each product is the
backend's own rule.
"""

from dataclasses import dataclass
from datetime import date

from assistant.domain.actions import StartTrial
from assistant.domain.activation_codes import synthetic_code
from assistant.domain.catalogue import Product, ServicePlan
from assistant.domain.customers import Customer, Licence, Subscription, SubscriptionState
from assistant.domain.identifiers import LicenceId, SubscriptionId
from assistant.domain.lookups import SeatBounds
from assistant.domain.periods import add_months
from assistant.domain.policy import Citation, Fact, Policy
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Situation, all_cites

MINIMUM_SEATS = 1
SEATS_FACT = "trial_seats_max"
RULE = "trial"


@dataclass(frozen=True)
class TrialFacts:
    """What an allowed trial rests on: the service's plan, its trial plan and product, the term, the citations."""

    service: ServicePlan
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
    return TrialFacts(service, plan, product, situation.today, ends, cites)


def findings(action: StartTrial, facts: TrialFacts, situation: Situation) -> Findings:
    """Describe the trial; the total and the band stay as they are, since trial seats do not count."""
    band = situation.catalogue.band(situation.total).label
    after: dict[str, QuoteValue] = {
        "plan": facts.service.name,
        "seats": action.seats,
        "starts": facts.starts.isoformat(),
        "ends": facts.ends.isoformat(),
    }
    totals: dict[str, QuoteValue] = {
        "total_before": situation.total,
        "total_after": situation.total,
        "band_before": band,
        "band_after": band,
    }
    values = {"customer": situation.customer.name, **after, **totals}
    return Findings(values, {}, after, _consequences(facts), facts.cites)


def apply(action: StartTrial, facts: TrialFacts, situation: Situation, issuer: Issuer) -> Customer:
    """Return the customer with the trial, whose one licence has a new synthetic activation code."""
    product = facts.product
    licence = Licence(
        id=LicenceId(issuer.new("L")),
        product=product.code,
        code=synthetic_code(product.family, issuer.number),
        data_center=product.data_centers[0] if product.data_centers else None,
        managed=product.managed,
    )
    subscription = Subscription(
        id=SubscriptionId(issuer.new("S")),
        plan_id=facts.plan.id,
        trial=True,
        seats=action.seats,
        start=facts.starts,
        expires=facts.ends,
        initial_months=facts.plan.initial_months,
        renew_months=None,
        licences=(licence,),
    )
    return situation.customer.adding(subscription)


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
    customer = situation.customer
    params = {"customer": customer.name, "plan": service.name}
    if not customer.enabled:
        return Refusal(RefusalCode.CUSTOMER_DISABLED, {"customer": customer.name}, "customer", cites)
    covering = [s for s in customer.subscriptions if s.covers(product.code)]
    if any(s for s in covering if not s.trial and s.state(situation.today) is not SubscriptionState.EXPIRED):
        return Refusal(RefusalCode.SERVICE_ALREADY_OWNED, params, "plan", cites)
    if any(s.trial for s in covering):
        return Refusal(RefusalCode.TRIAL_EXISTS, params, "plan", cites)
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


def _consequences(facts: TrialFacts) -> tuple[Consequence, ...]:
    return (
        Consequence(ConsequenceCode.TRIAL_NOT_BILLED),
        Consequence(ConsequenceCode.TRIAL_ENDS, {"ends": facts.ends.isoformat()}),
        Consequence(ConsequenceCode.TRIAL_CANNOT_BE_CHANGED),
    )
