"""Setting the end of the running term by hand, which for a subscription in grace or lock is its renewal.

The partner may change the duration of a licence at any time (cited as ``term_by_hand``); seats do not change with it. What has
ended can be renewed until its lock ends, and the gap is not billed (cited as ``terms``). An add-on follows its base.
"""

from dataclasses import dataclass, replace

from assistant.domain.actions import ChangeTerm
from assistant.domain.naming import plan_name
from assistant.domain.periods import add_months
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
)
from assistant.domain.subscriptions import Subscription, SubscriptionState

RULE = "term_by_hand"
_OVER = frozenset({SubscriptionState.GRACE, SubscriptionState.EXPIRED})


@dataclass(frozen=True)
class TermFacts:
    """What an allowed change of a term rests on: the subscription as of today, and whether its term was over."""

    subscription: Subscription
    over: bool


def assess(action: ChangeTerm, situation: Situation) -> TermFacts | Refusal:
    """Tell whether the running term may end on ``action.expires``."""
    subscription = known_subscription(action.subscription_id, situation)
    if isinstance(subscription, Refusal):
        return subscription
    refusal = (
        disabled_customer(situation)
        or modifiable(subscription, situation)
        or follows_base(subscription, situation)
        or _owned_meanwhile(subscription, situation)
        or _day_refusal(action, subscription, situation)
    )
    return refusal or TermFacts(subscription, subscription.state(situation.today) in _OVER)


def findings(action: ChangeTerm, facts: TermFacts, situation: Situation) -> Findings:
    """Describe the old and the new end."""
    subscription, policy = facts.subscription, situation.policy
    expires = action.expires.isoformat()
    before: dict[str, QuoteValue] = {
        "plan": plan_name(subscription, situation.catalogue),
        "seats": subscription.seats,
        "expires": subscription.expires.isoformat(),
    }
    consequences = []
    if facts.over:
        by_hand = Consequence(ConsequenceCode.RENEWED_BY_HAND, {"expires": expires}, policy.cite("terms"))
        consequences.append(by_hand)
    if subscription.renew_months and action.expires != subscription.retires:
        params: dict[str, QuoteValue] = {"months": subscription.renew_months, "expires": expires}
        consequences.append(Consequence(ConsequenceCode.RENEWS, params, policy.cite("auto_renewal")))
    else:
        ends = Consequence(
            ConsequenceCode.ENDS_WITHOUT_RENEWAL, {"expires": expires}, policy.cite("auto_renewal")
        )
        consequences.append(ends)
    after = {**before, "expires": expires}
    return Findings(after, before, after, tuple(consequences), policy.cite(RULE))


def apply(action: ChangeTerm, facts: TermFacts, situation: Situation, _issuer: Issuer) -> Outcome:
    """Return the customer with the new end, from which later terms are counted."""
    changed = replace(facts.subscription.until(action.expires), suspended=None, recorded=situation.today)
    return Outcome(customer=situation.customer.replacing(changed))


def _owned_meanwhile(subscription: Subscription, situation: Situation) -> Refusal | None:
    if subscription.held(situation.today):
        return None
    for licence in subscription.licences:
        for owned in situation.customer.holding(licence.product, situation.today):
            params = {
                **named(subscription, situation),
                "product": situation.catalogue.products[licence.product].name,
                "owned": plan_name(owned, situation.catalogue),
            }
            cites = situation.policy.cite("crossgrade")
            return Refusal(RefusalCode.COMPONENT_OWNED, params, "plan", cites)
    return None


def _day_refusal(action: ChangeTerm, subscription: Subscription, situation: Situation) -> Refusal | None:
    params: dict[str, QuoteValue] = {**named(subscription, situation), "expires": action.expires.isoformat()}
    earliest = max(situation.today, subscription.start)
    longest = add_months(situation.today, LONGEST_MONTHS)
    latest = min(longest, subscription.retires or longest)
    if not earliest < action.expires <= latest:
        limits = {"after": earliest.isoformat(), "latest": latest.isoformat()}
        return Refusal(
            RefusalCode.EXPIRES_INVALID, {**params, **limits}, "expires", situation.policy.cite(RULE)
        )
    if action.expires == subscription.expires:
        return Refusal(RefusalCode.EXPIRES_UNCHANGED, params, "expires", situation.policy.cite(RULE))
    return None
