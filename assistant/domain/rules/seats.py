"""Changing the seats of one subscription.

Only the number changes, for every licence of the plan at once; the term does not move (cited as ``seats_keep_term``). The
user band is taken over the partner's whole total (cited as ``user_band``). Trials cannot be changed. Seats are 1 to
999,999.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.domain.actions import ChangeSeats
from assistant.domain.customers import Customer, Subscription, SubscriptionState
from assistant.domain.lookups import SeatBounds
from assistant.domain.policy import Policy
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Situation, all_cites

MINIMUM_SEATS = 1
MAXIMUM_SEATS = 999_999
RULE = "seats_keep_term"
BAND_RULE = "user_band"
PEAK_RULE = "month_peak"


@dataclass(frozen=True)
class SeatFacts:
    """What an allowed seat change rests on: the subscription as of today, and the partner's total afterwards."""

    subscription: Subscription
    plan: str
    total_after: int


def assess(action: ChangeSeats, situation: Situation) -> SeatFacts | Refusal:
    """Tell whether the seats may be changed to ``action.seats``."""
    subscription = situation.customer.subscription(action.subscription_id)
    if subscription is None:
        return Refusal(RefusalCode.NO_SUBSCRIPTION, {"customer": situation.customer.name}, "plan")
    plan = situation.catalogue.service_name(situation.catalogue.plans[subscription.plan_id])
    refusal = _state_refusal(subscription, plan, situation) or _seats_refusal(
        action, subscription, plan, situation
    )
    if refusal:
        return refusal
    total_after = situation.total - subscription.seats + action.seats
    return SeatFacts(subscription.on(situation.today), plan, total_after)


def findings(action: ChangeSeats, facts: SeatFacts, situation: Situation) -> Findings:
    """Describe the change with the partner's totals and bands on both sides of it."""
    values: dict[str, QuoteValue] = {
        "customer": situation.customer.name,
        "plan": facts.plan,
        "seats": action.seats,
        "seats_before": facts.subscription.seats,
        "seats_after": action.seats,
        "total_before": situation.total,
        "total_after": facts.total_after,
        "band_before": situation.catalogue.band(situation.total).label,
        "band_after": situation.catalogue.band(facts.total_after).label,
    }
    consequences = _consequences(values, facts, situation.policy)
    cites = all_cites(*(consequence.cites for consequence in consequences))
    before, after = _described(facts, facts.subscription.seats), _described(facts, action.seats)
    return Findings(values, before, after, consequences, cites)


def apply(action: ChangeSeats, _facts: SeatFacts, situation: Situation, _issuer: Issuer) -> Customer:
    """Return the customer with the new seats; nothing else of the stored subscription is touched."""
    stored = situation.customer.subscription(action.subscription_id)
    assert stored is not None
    return situation.customer.replacing(replace(stored, seats=action.seats))


def seat_bounds(policy: Policy) -> SeatBounds:
    """Return how many seats a full subscription may have."""
    return SeatBounds(MINIMUM_SEATS, MAXIMUM_SEATS, policy.cite(RULE), _invalid(policy))


def _state_refusal(subscription: Subscription, plan: str, situation: Situation) -> Refusal | None:
    customer, policy = situation.customer, situation.policy
    params = {"customer": customer.name, "plan": plan}
    if not customer.enabled:
        return Refusal(RefusalCode.CUSTOMER_DISABLED, {"customer": customer.name}, "customer")
    if subscription.trial:
        return Refusal(RefusalCode.TRIAL_NOT_MODIFIABLE, params, "plan", policy.cite("trial"))
    if subscription.state(situation.today) is not SubscriptionState.ACTIVE:
        return Refusal(RefusalCode.SUBSCRIPTION_NOT_ACTIVE, params, "plan")
    return None


def _seats_refusal(
    action: ChangeSeats, subscription: Subscription, plan: str, situation: Situation
) -> Refusal | None:
    if not MINIMUM_SEATS <= action.seats <= MAXIMUM_SEATS:
        return _invalid(situation.policy)
    if action.seats == subscription.seats:
        params: dict[str, QuoteValue] = {
            "customer": situation.customer.name,
            "plan": plan,
            "seats": action.seats,
        }
        return Refusal(RefusalCode.SEATS_UNCHANGED, params, "seats", situation.policy.cite(RULE))
    return None


def _invalid(policy: Policy) -> Refusal:
    params = {"minimum": MINIMUM_SEATS, "maximum": MAXIMUM_SEATS}
    return Refusal(RefusalCode.SEATS_INVALID, params, "seats", policy.cite(RULE))


def _described(facts: SeatFacts, seats: int) -> Mapping[str, QuoteValue]:
    return {"plan": facts.plan, "seats": seats, "expires": facts.subscription.expires.isoformat()}


def _consequences(
    values: Mapping[str, QuoteValue], facts: SeatFacts, policy: Policy
) -> tuple[Consequence, ...]:
    expires = facts.subscription.expires.isoformat()
    term = Consequence(ConsequenceCode.TERM_UNCHANGED, {"expires": expires}, policy.cite(RULE))
    found = [term, _band_consequence(values, policy)]
    if len(facts.subscription.licences) > 1:
        parts = len(facts.subscription.licences)
        found.append(Consequence(ConsequenceCode.WHOLE_SUITE, {"plan": facts.plan, "parts": parts}))
    before, after = values["total_before"], values["total_after"]
    assert isinstance(before, int)
    assert isinstance(after, int)
    if after < before:
        found.append(
            Consequence(ConsequenceCode.MONTH_PEAK, {"seats": values["seats_before"]}, policy.cite(PEAK_RULE))
        )
    return tuple(found)


def _band_consequence(values: Mapping[str, QuoteValue], policy: Policy) -> Consequence:
    before, after = values["band_before"], values["band_after"]
    if before == after:
        return Consequence(ConsequenceCode.BAND_STAYS, {"band": after}, policy.cite(BAND_RULE))
    params = {"band_before": before, "band_after": after}
    return Consequence(ConsequenceCode.BAND_CHANGES, params, policy.cite(BAND_RULE))
