"""Switching auto-renewal on, off or to another number of months.

Renewal starts after the running term and goes on every so many months, 1 to 66 (cited as ``auto_renewal``); the end of the running
term does not move. An add-on follows its base.
"""

from dataclasses import dataclass, replace

from assistant.domain.actions import ChangeRenewal
from assistant.domain.naming import plan_name
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Outcome, Situation
from assistant.domain.standing import (
    LONGEST_MONTHS,
    disabled_customer,
    follows_base,
    known_subscription,
    modifiable,
    named,
    running,
)
from assistant.domain.subscriptions import Subscription

RULE = "auto_renewal"


@dataclass(frozen=True)
class RenewalFacts:
    """What an allowed change of renewal rests on: the subscription as of today."""

    subscription: Subscription


def assess(action: ChangeRenewal, situation: Situation) -> RenewalFacts | Refusal:
    """Tell whether renewal may be set to every ``action.months``, or off with 0."""
    subscription = known_subscription(action.subscription_id, situation)
    if isinstance(subscription, Refusal):
        return subscription
    refusal = (
        disabled_customer(situation)
        or modifiable(subscription, situation)
        or running(subscription, situation)
        or follows_base(subscription, situation)
        or _months_refusal(action, subscription, situation)
    )
    return refusal or RenewalFacts(subscription)


def findings(action: ChangeRenewal, facts: RenewalFacts, situation: Situation) -> Findings:
    """Describe the renewal before and after."""
    subscription = facts.subscription
    expires = subscription.expires.isoformat()
    before: dict[str, QuoteValue] = {
        "plan": plan_name(subscription, situation.catalogue),
        "seats": subscription.seats,
        "expires": expires,
        "months": subscription.renew_months or 0,
    }
    code = ConsequenceCode.RENEWS if action.months else ConsequenceCode.ENDS_WITHOUT_RENEWAL
    params: dict[str, QuoteValue] = {"expires": expires}
    if action.months:
        params["months"] = action.months
    after = {**before, "months": action.months}
    consequence = Consequence(code, params, situation.policy.cite(RULE))
    return Findings(after, before, after, (consequence,))


def apply(action: ChangeRenewal, facts: RenewalFacts, situation: Situation, _issuer: Issuer) -> Outcome:
    """Return the customer with the renewal set; the running term ends as before."""
    changed = replace(facts.subscription, renew_months=action.months or None)
    return Outcome(customer=situation.customer.replacing(changed))


def _months_refusal(
    action: ChangeRenewal, subscription: Subscription, situation: Situation
) -> Refusal | None:
    cites = situation.policy.cite(RULE)
    if not 0 <= action.months <= LONGEST_MONTHS:
        return Refusal(RefusalCode.MONTHS_INVALID, {"minimum": 1, "maximum": LONGEST_MONTHS}, "months", cites)
    if (action.months or None) == subscription.renew_months:
        params = {**named(subscription, situation), "months": action.months}
        return Refusal(RefusalCode.RENEWAL_UNCHANGED, params, "months", cites)
    return None
