"""Changing the seats of one subscription.

Only the number changes, for every licence of the plan at once; the term does not move (cited as ``seats_keep_term``). A
suite has one number for all its components (cited as ``suite_whole``). Trials cannot be changed. Seats are 1 to 999,999.
"""

from dataclasses import dataclass, replace

from assistant.domain.actions import ChangeSeats
from assistant.domain.lookups import SeatBounds
from assistant.domain.policy import Policy
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Outcome, Situation
from assistant.domain.standing import (
    MAXIMUM_SEATS,
    MINIMUM_SEATS,
    disabled_customer,
    known_subscription,
    modifiable,
    named,
    running,
    seats_invalid,
    seats_outside,
)
from assistant.domain.subscriptions import Subscription

RULE = "seats_keep_term"


@dataclass(frozen=True)
class SeatFacts:
    """What an allowed seat change rests on: the subscription as of today."""

    subscription: Subscription


def assess(action: ChangeSeats, situation: Situation) -> SeatFacts | Refusal:
    """Tell whether the seats may be changed to ``action.seats``."""
    subscription = known_subscription(action.subscription_id, situation)
    if isinstance(subscription, Refusal):
        return subscription
    refusal = (
        disabled_customer(situation)
        or modifiable(subscription, situation)
        or running(subscription, situation)
        or seats_outside(action.seats, situation.policy)
    )
    if refusal is None and action.seats == subscription.seats:
        params = {**named(subscription, situation), "seats": action.seats}
        refusal = Refusal(RefusalCode.SEATS_UNCHANGED, params, "seats", situation.policy.cite(RULE))
    return refusal or SeatFacts(subscription)


def findings(action: ChangeSeats, facts: SeatFacts, situation: Situation) -> Findings:
    """Describe the change."""
    subscription = facts.subscription
    plan = named(subscription, situation)["plan"]
    values: dict[str, QuoteValue] = {
        "plan": plan,
        "seats": action.seats,
        "seats_before": subscription.seats,
        "seats_after": action.seats,
    }
    expires = subscription.expires.isoformat()
    policy = situation.policy
    consequences = [Consequence(ConsequenceCode.TERM_UNCHANGED, {"expires": expires}, policy.cite(RULE))]
    if len(subscription.licences) > 1:
        params: dict[str, QuoteValue] = {"plan": plan, "parts": len(subscription.licences)}
        consequences.append(Consequence(ConsequenceCode.WHOLE_SUITE, params, policy.cite("suite_whole")))
    described: dict[str, QuoteValue] = {"plan": plan, "seats": subscription.seats, "expires": expires}
    return Findings(values, described, {**described, "seats": action.seats}, tuple(consequences))


def apply(action: ChangeSeats, facts: SeatFacts, situation: Situation, _issuer: Issuer) -> Outcome:
    """Return the customer with the new seats; nothing else of the subscription is touched."""
    changed = replace(facts.subscription, seats=action.seats)
    return Outcome(customer=situation.customer.replacing(changed))


def seat_bounds(policy: Policy) -> SeatBounds:
    """Return how many seats a full subscription may have."""
    return SeatBounds(MINIMUM_SEATS, MAXIMUM_SEATS, policy.cite(RULE), seats_invalid(policy))
