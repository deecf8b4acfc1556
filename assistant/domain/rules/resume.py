"""Lifting a suspension.

It can be lifted until the end of the grace period. The agreed end of the term comes back, or an end up to the end of the grace period is set, and
renewal goes on as before the suspension (cited as ``suspension``).
"""

from dataclasses import dataclass, replace

from assistant.domain.actions import Resume
from assistant.domain.naming import plan_name
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Outcome, Situation
from assistant.domain.standing import (
    disabled_customer,
    follows_base,
    gone,
    known_subscription,
    named,
)
from assistant.domain.subscriptions import Subscription, SubscriptionState

RULE = "suspension"


@dataclass(frozen=True)
class ResumeFacts:
    """What an allowed resumption rests on: the subscription as it is, and as it will be."""

    before: Subscription
    after: Subscription


def assess(action: Resume, situation: Situation) -> ResumeFacts | Refusal:
    """Tell whether the suspension may be lifted."""
    subscription = known_subscription(action.subscription_id, situation)
    if isinstance(subscription, Refusal):
        return subscription
    refusal = (
        disabled_customer(situation)
        or gone(subscription, situation)
        or follows_base(subscription, situation)
        or _state_refusal(subscription, situation)
        or _day_refusal(action, subscription, situation)
    )
    return refusal or ResumeFacts(subscription, _resumed(action, subscription, situation))


def findings(_action: Resume, facts: ResumeFacts, situation: Situation) -> Findings:
    """Describe the end and the renewal that come back."""
    after: dict[str, QuoteValue] = {
        "plan": plan_name(facts.before, situation.catalogue),
        "seats": facts.before.seats,
        "expires": facts.after.expires.isoformat(),
        "months": facts.after.renew_months or 0,
    }
    before = {**after, "expires": facts.before.expires.isoformat(), "months": 0}
    cites = situation.policy.cite(RULE)
    params: dict[str, QuoteValue] = {"months": facts.after.renew_months or 0}
    return Findings(after, before, after, (Consequence(ConsequenceCode.RENEWAL_BACK, params, cites),))


def apply(_action: Resume, facts: ResumeFacts, situation: Situation, _issuer: Issuer) -> Outcome:
    """Return the customer with the subscription running again."""
    return Outcome(customer=situation.customer.replacing(facts.after))


def _resumed(action: Resume, subscription: Subscription, situation: Situation) -> Subscription:
    assert subscription.suspended is not None
    free = replace(
        subscription,
        suspended=None,
        renew_months=subscription.suspended.renew_months,
        recorded=situation.today,
    )
    # terms that would have ended meanwhile were not served: they are passed over, neither billed nor recorded
    return free.until(action.expires) if action.expires else free.on(situation.today)


def _state_refusal(subscription: Subscription, situation: Situation) -> Refusal | None:
    params, cites = named(subscription, situation), situation.policy.cite(RULE)
    if subscription.suspended is None:
        return Refusal(RefusalCode.NOT_SUSPENDED, params, "plan", cites)
    if subscription.state(situation.today) is not SubscriptionState.SUSPENDED:
        until = subscription.grace_end.isoformat()
        return Refusal(RefusalCode.RESUME_TOO_LATE, {**params, "until": until}, "plan", cites)
    return None


def _day_refusal(action: Resume, subscription: Subscription, situation: Situation) -> Refusal | None:
    earliest = max(subscription.expires, situation.today)
    if action.expires is None or earliest < action.expires <= subscription.grace_end:
        return None
    params: dict[str, QuoteValue] = {
        **named(subscription, situation),
        "after": earliest.isoformat(),
        "latest": subscription.grace_end.isoformat(),
    }
    return Refusal(RefusalCode.RESUME_DATE_INVALID, params, "expires", situation.policy.cite(RULE))
