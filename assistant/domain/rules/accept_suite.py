"""Bringing one customer's subscription to the approved composition of its suite (cited as ``suite_change``).

Added components get a new licence, in the data centre approved for them; what was taken out ends. Seats and term stay. What the customer has elsewhere
cannot be added: only a crossgrade resolves that.
"""

from dataclasses import dataclass, replace

from assistant.domain.actions import AcceptSuite
from assistant.domain.customers import Customer
from assistant.domain.issuing import new_licence
from assistant.domain.naming import plan_name
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Outcome, SuiteSituation
from assistant.domain.standing import (
    approved_version,
    base_missing,
    component_owned,
    current_version,
    disabled_customer,
    known_subscription,
    modifiable,
    named,
)
from assistant.domain.subscriptions import HELD, Subscription
from assistant.domain.suites import CompositionChange, change_of, listed

RULE = "suite_change"


@dataclass(frozen=True)
class AcceptanceFacts:
    """What an allowed acceptance rests on: the subscription as of today, and what changes in it."""

    subscription: Subscription
    change: CompositionChange


def assess(action: AcceptSuite, situation: SuiteSituation) -> AcceptanceFacts | Refusal:
    """Tell whether the change may be accepted for this customer."""
    subscription = known_subscription(action.subscription_id, situation)
    if isinstance(subscription, Refusal):
        return subscription
    refusal = (
        disabled_customer(situation)
        or _nothing_to_accept(subscription, situation)
        or modifiable(subscription, situation)
        or _not_held(subscription, situation)
    )
    if refusal:
        return refusal
    change = _change(subscription, situation)
    plan = plan_name(subscription, situation.catalogue)
    return (
        component_owned(plan, change.added, situation, beside=subscription.id)
        or base_missing(plan, change.after, situation)
        or AcceptanceFacts(subscription, change)
    )


def findings(_action: AcceptSuite, facts: AcceptanceFacts, situation: SuiteSituation) -> Findings:
    """Describe what is added and what ends; seats and term stay as they are."""
    policy, subscription = situation.policy, facts.subscription
    described: dict[str, QuoteValue] = {
        "plan": plan_name(subscription, situation.catalogue),
        "seats": subscription.seats,
        "expires": subscription.expires.isoformat(),
    }
    before = {**described, "components": listed(facts.change.before)}
    after = {**described, "components": listed(facts.change.after)}
    told = [*facts.change.told(policy.cite(RULE))]
    expires = {"expires": described["expires"]}
    told.append(Consequence(ConsequenceCode.TERM_UNCHANGED, expires, policy.cite(RULE)))
    return Findings(after, before, after, tuple(told), policy.cite(RULE))


def apply(_action: AcceptSuite, facts: AcceptanceFacts, situation: SuiteSituation, issuer: Issuer) -> Outcome:
    """Return the customer with the subscription in the current composition."""
    return Outcome(customer=_changed(facts, situation, issuer))


def _nothing_to_accept(subscription: Subscription, situation: SuiteSituation) -> Refusal | None:
    params, cites = named(subscription, situation), situation.policy.cite(RULE)
    product = situation.catalogue.products[subscription.product]
    if product.composition(situation.today) is None:
        return Refusal(RefusalCode.NO_SUITE, params, "plan", cites)
    current = current_version(product, situation)
    if subscription.composition >= current:
        return Refusal(RefusalCode.SUITE_UNCHANGED, params, "plan", cites)
    if approved_version(product, situation) < current:
        return Refusal(RefusalCode.SUITE_NOT_APPROVED, params, "plan", cites)
    return None


def _not_held(subscription: Subscription, situation: SuiteSituation) -> Refusal | None:
    if subscription.state(situation.today) in HELD:
        return None
    params = named(subscription, situation)
    return Refusal(RefusalCode.SUBSCRIPTION_NOT_ACTIVE, params, "plan", situation.policy.cite("terms"))


def _change(subscription: Subscription, situation: SuiteSituation) -> CompositionChange:
    product = situation.catalogue.products[subscription.product]
    composition = product.composition(situation.today)
    components = composition.components if composition else ()
    owned = (licence.product for licence in subscription.licences)
    return change_of(owned, components, situation.catalogue.products)


def _changed(facts: AcceptanceFacts, situation: SuiteSituation, issuer: Issuer) -> Customer:
    kept = {licence.product: licence for licence in facts.subscription.licences}
    licences = tuple(
        kept.get(product.code) or new_licence(product, issuer, situation.data_center)
        for product in facts.change.after
    )
    product = situation.catalogue.products[facts.subscription.product]
    changed = replace(facts.subscription, licences=licences, composition=current_version(product, situation))
    return situation.customer.replacing(changed)
