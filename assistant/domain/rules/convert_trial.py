"""Turning a running trial into a full subscription of the same service.

Activation code, data centre and data stay; the seats may now exceed the limit of trials, and billing starts at once (cited as
``trial_conversion``). A trial that has ended cannot be converted any more: the plan is bought anew.
"""

from dataclasses import dataclass, replace
from datetime import date

from assistant.domain.actions import ConvertTrial
from assistant.domain.activation_codes import masked
from assistant.domain.catalogue import ServicePlan
from assistant.domain.issuing import new_subscription
from assistant.domain.naming import plan_name
from assistant.domain.periods import add_months
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Outcome, Situation
from assistant.domain.standing import (
    assignable_plan,
    disabled_customer,
    known_subscription,
    named,
    seats_outside,
)
from assistant.domain.subscriptions import Subscription, SubscriptionState

RULE = "trial_conversion"


@dataclass(frozen=True)
class ConversionFacts:
    """What an allowed conversion rests on: the trial, the full plan, and the end of its first term."""

    trial: Subscription
    plan: ServicePlan
    ends: date


def assess(action: ConvertTrial, situation: Situation) -> ConversionFacts | Refusal:
    """Tell whether the trial may be converted."""
    trial = known_subscription(action.subscription_id, situation)
    if isinstance(trial, Refusal):
        return trial
    plan = assignable_plan(action.plan_id, situation)
    if isinstance(plan, Refusal):
        return plan
    refusal = (
        disabled_customer(situation)
        or _trial_refusal(trial, situation)
        or _other_service(trial, plan, situation)
        or seats_outside(action.seats, situation.policy)
    )
    return refusal or ConversionFacts(trial, plan, add_months(situation.today, plan.initial_months))


def findings(action: ConvertTrial, facts: ConversionFacts, situation: Situation) -> Findings:
    """Describe the trial and the subscription it becomes."""
    policy = situation.policy
    before: dict[str, QuoteValue] = {
        "plan": plan_name(facts.trial, situation.catalogue),
        "seats": facts.trial.seats,
        "ends": facts.trial.expires.isoformat(),
    }
    after: dict[str, QuoteValue] = {
        "plan": facts.plan.name,
        "seats": action.seats,
        "starts": situation.today.isoformat(),
        "ends": facts.ends.isoformat(),
    }
    code: dict[str, QuoteValue] = {"code": masked(facts.trial.licences[0].code)}
    term = {"starts": situation.today.isoformat(), "ends": facts.ends.isoformat()}
    consequences = (
        Consequence(ConsequenceCode.CODE_KEPT, code, policy.cite(RULE)),
        Consequence(ConsequenceCode.TERM_STARTS, term, policy.cite("initial_period")),
    )
    values = {**after, "seats_before": facts.trial.seats, "seats_after": action.seats}
    return Findings(values, before, after, consequences)


def apply(action: ConvertTrial, facts: ConversionFacts, situation: Situation, issuer: Issuer) -> Outcome:
    """Return the customer with the full subscription, to which the trial's licence has moved."""
    full = new_subscription(
        facts.plan,
        facts.trial.licences,
        issuer,
        seats=action.seats,
        start=situation.today,
        today=situation.today,
        retires=situation.catalogue.products[facts.plan.product].end_of_life,
    )
    trial = replace(facts.trial.ending(situation.today, SubscriptionState.CONVERTED), licences=())
    return Outcome(customer=situation.customer.replacing(trial).adding(full))


def _trial_refusal(trial: Subscription, situation: Situation) -> Refusal | None:
    params, cites = named(trial, situation), situation.policy.cite(RULE)
    if not trial.trial:
        return Refusal(RefusalCode.NOT_A_TRIAL, params, "plan", cites)
    if trial.state(situation.today) is not SubscriptionState.ACTIVE:
        return Refusal(RefusalCode.TRIAL_ENDED, params, "plan", cites)
    return None


def _other_service(trial: Subscription, plan: ServicePlan, situation: Situation) -> Refusal | None:
    if plan.product == trial.product:
        return None
    params = {**named(trial, situation), "other": plan.name}
    return Refusal(RefusalCode.OTHER_SERVICE, params, "plan", situation.policy.cite(RULE))
