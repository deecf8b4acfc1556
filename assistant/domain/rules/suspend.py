"""Suspending a subscription.

Only a full subscription that renews by itself can be suspended; renewal is switched off with it, and the service stops today or on a
day up to the end of the running term. Nothing of it can change while it is suspended (cited as ``suspension``). The month in
which it stops is billed whole (cited as ``month_peak``).
"""

from dataclasses import dataclass, replace
from datetime import date

from assistant.domain.actions import Suspend
from assistant.domain.naming import plan_name
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Outcome, Situation
from assistant.domain.standing import (
    disabled_customer,
    follows_base,
    known_subscription,
    modifiable,
    named,
    running,
)
from assistant.domain.subscriptions import Hold, Subscription

RULE = "suspension"


@dataclass(frozen=True)
class SuspendFacts:
    """What an allowed suspension rests on: the subscription as it is, and as it will be."""

    before: Subscription
    after: Subscription


def assess(action: Suspend, situation: Situation) -> SuspendFacts | Refusal:
    """Tell whether the subscription may be suspended."""
    subscription = known_subscription(action.subscription_id, situation)
    if isinstance(subscription, Refusal):
        return subscription
    stops = action.expires or situation.today
    refusal = (
        disabled_customer(situation)
        or modifiable(subscription, situation)
        or running(subscription, situation)
        or follows_base(subscription, situation)
        or _renewal_missing(subscription, situation)
        or _day_refusal(stops, subscription, situation)
    )
    hold = Hold(stops, subscription.renew_months)
    return refusal or SuspendFacts(subscription, replace(subscription, suspended=hold, renew_months=None))


def findings(_action: Suspend, facts: SuspendFacts, situation: Situation) -> Findings:
    """Describe the suspension and how long it can be lifted."""
    before: dict[str, QuoteValue] = {
        "plan": plan_name(facts.before, situation.catalogue),
        "seats": facts.before.seats,
        "expires": facts.before.expires.isoformat(),
        "months": facts.before.renew_months or 0,
    }
    after = {**before, "expires": facts.after.expires.isoformat(), "months": 0}
    cites = situation.policy.cite(RULE)
    consequences = (
        Consequence(ConsequenceCode.RENEWAL_OFF, {}, cites),
        Consequence(ConsequenceCode.SUSPENDED_NO_CHANGES, {}, cites),
        Consequence(ConsequenceCode.RESUME_BEFORE, {"until": facts.after.grace_end.isoformat()}, cites),
    )
    return Findings(after, before, after, consequences)


def apply(_action: Suspend, facts: SuspendFacts, situation: Situation, _issuer: Issuer) -> Outcome:
    """Return the customer with the suspended subscription."""
    return Outcome(customer=situation.customer.replacing(facts.after))


def _renewal_missing(subscription: Subscription, situation: Situation) -> Refusal | None:
    if subscription.auto_renew:
        return None
    params = named(subscription, situation)
    return Refusal(RefusalCode.SUSPEND_NEEDS_RENEWAL, params, "plan", situation.policy.cite(RULE))


def _day_refusal(stops: date, subscription: Subscription, situation: Situation) -> Refusal | None:
    earliest = max(situation.today, subscription.start)
    if earliest <= stops <= subscription.agreed_end:
        return None
    params: dict[str, QuoteValue] = {
        **named(subscription, situation),
        "earliest": earliest.isoformat(),
        "latest": subscription.agreed_end.isoformat(),
    }
    return Refusal(RefusalCode.SUSPEND_DATE_INVALID, params, "expires", situation.policy.cite(RULE))
