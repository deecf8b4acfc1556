"""Cancelling a subscription, and deleting a leftover of an unbundled suite.

Cancelling is always possible, inside the initial period as well, and the month is billed whole (cited as ``cancel_full_month``);
what never began, or stopped in an earlier month, is not billed. It cannot be undone. Add-ons end with their base (cited as ``add_on``). A leftover that is in use is
deleted only for a stated reason (cited as ``leftovers``).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain.actions import Cancel
from assistant.domain.naming import plan_name
from assistant.domain.periods import BillingMonth
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Outcome, Situation
from assistant.domain.standing import disabled_customer, gone, known_subscription, named
from assistant.domain.subscriptions import HELD, Subscription, SubscriptionState

RULE = "cancel_full_month"


@dataclass(frozen=True)
class CancelFacts:
    """What an allowed cancellation rests on: the subscription as of today, and its state."""

    subscription: Subscription
    state: SubscriptionState


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
    return refusal or CancelFacts(subscription, state)


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
    undone = Consequence(ConsequenceCode.CANNOT_BE_UNDONE, {}, policy.cite("no_undo"))
    values = {"plan": before["plan"], "seats_before": subscription.seats, "seats_after": 0}
    return Findings(values, before, after, (*_bill(facts, situation), undone), policy.cite(RULE))


def apply(_action: Cancel, facts: CancelFacts, situation: Situation, _issuer: Issuer) -> Outcome:
    """Return the customer with the subscription ended."""
    ended = facts.subscription.ending(situation.today, SubscriptionState.CANCELLED)
    return Outcome(customer=situation.customer.replacing(ended))


def _bill(facts: CancelFacts, situation: Situation) -> Iterator[Consequence]:
    subscription, policy = facts.subscription, situation.policy
    if subscription.trial:
        yield Consequence(ConsequenceCode.TRIAL_NOT_BILLED, {}, policy.cite("trial_terms"))
    elif facts.state is SubscriptionState.PENDING:
        yield Consequence(ConsequenceCode.NOT_YET_BILLED, {}, policy.cite("terms"))
    elif subscription.expires >= BillingMonth.of(situation.today).first:
        seats: dict[str, QuoteValue] = {"seats": subscription.seats}
        yield Consequence(ConsequenceCode.FULL_MONTH, seats, policy.cite(RULE))


def _in_use(action: Cancel, subscription: Subscription, situation: Situation) -> Refusal | None:
    used = situation.used.get(subscription.id, 0)
    if not subscription.leftover or not used or (action.reason or "").strip():
        return None
    params = {**named(subscription, situation), "used": used}
    return Refusal(RefusalCode.LEFTOVER_IN_USE, params, "reason", situation.policy.cite("leftovers"))
