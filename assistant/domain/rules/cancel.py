"""Cancelling a subscription, and deleting a leftover of an unbundled suite.

Cancelling is always possible, inside the initial period as well, and the month is billed whole (cited as ``cancel_full_month``);
what never began is not billed. It cannot be undone. Add-ons end with their base (cited as ``add_on``). A leftover that is in use is
deleted only for a stated reason (cited as ``leftovers``).
"""

from dataclasses import dataclass

from assistant.domain.actions import Cancel
from assistant.domain.add_ons import aligned, ended_with
from assistant.domain.customers import Customer
from assistant.domain.naming import plan_name
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Outcome, Situation
from assistant.domain.standing import disabled_customer, gone, known_subscription, named
from assistant.domain.subscriptions import HELD, Subscription, SubscriptionState

RULE = "cancel_full_month"


@dataclass(frozen=True)
class CancelFacts:
    """What an allowed cancellation rests on: the subscription as of today, its state, and the customer afterwards."""

    subscription: Subscription
    state: SubscriptionState
    after: Customer


def assess(action: Cancel, situation: Situation) -> CancelFacts | Refusal:
    """Tell whether the subscription may be cancelled."""
    subscription = known_subscription(action.subscription_id, situation)
    if isinstance(subscription, Refusal):
        return subscription
    state = subscription.state(situation.today)
    refusal = disabled_customer(situation) or gone(subscription, situation)
    if refusal is None and state not in HELD:
        params = named(subscription, situation)
        refusal = Refusal(RefusalCode.SUBSCRIPTION_NOT_ACTIVE, params, "plan", situation.policy.cite("terms"))
    refusal = refusal or _in_use(action, subscription, situation)
    ended = subscription.ending(situation.today, SubscriptionState.CANCELLED)
    after = aligned(situation.customer.replacing(ended), situation.catalogue, situation.today)
    return refusal or CancelFacts(subscription, state, after)


def findings(_action: Cancel, facts: CancelFacts, situation: Situation) -> Findings:
    """Describe what ends, what is still billed, and that there is no way back."""
    subscription, policy = facts.subscription, situation.policy
    before: dict[str, QuoteValue] = {
        "plan": plan_name(subscription, situation.catalogue),
        "seats": subscription.seats,
        "expires": subscription.expires.isoformat(),
    }
    after: dict[str, QuoteValue] = {
        "plan": before["plan"],
        "seats": 0,
        "expires": situation.today.isoformat(),
    }
    consequences = [_bill(facts, situation)]
    for ended in ended_with(situation.customer, facts.after):
        if ended.id != subscription.id:
            add_on = {"add_on": plan_name(ended, situation.catalogue)}
            consequences.append(Consequence(ConsequenceCode.ADD_ON_ENDS, add_on, policy.cite("add_on")))
    consequences.append(Consequence(ConsequenceCode.CANNOT_BE_UNDONE, {}, policy.cite("no_undo")))
    values = {"plan": before["plan"], "seats_before": subscription.seats, "seats_after": 0}
    return Findings(values, before, after, tuple(consequences), policy.cite(RULE))


def apply(_action: Cancel, facts: CancelFacts, _situation: Situation, _issuer: Issuer) -> Outcome:
    """Return the customer with the subscription ended, and its add-ons with it."""
    return Outcome(customer=facts.after)


def _bill(facts: CancelFacts, situation: Situation) -> Consequence:
    if facts.subscription.trial:
        return Consequence(ConsequenceCode.TRIAL_NOT_BILLED, {}, situation.policy.cite("trial_terms"))
    if facts.state is SubscriptionState.PENDING:
        return Consequence(ConsequenceCode.NOT_YET_BILLED, {}, situation.policy.cite("terms"))
    seats: dict[str, QuoteValue] = {"seats": facts.subscription.seats}
    return Consequence(ConsequenceCode.FULL_MONTH, seats, situation.policy.cite(RULE))


def _in_use(action: Cancel, subscription: Subscription, situation: Situation) -> Refusal | None:
    used = situation.used.get(subscription.id, 0)
    if not subscription.leftover or not used or (action.reason or "").strip():
        return None
    params = {**named(subscription, situation), "used": used}
    return Refusal(RefusalCode.LEFTOVER_IN_USE, params, "reason", situation.policy.cite("leftovers"))
