"""Reckoning a what-if: the rule of the change, asked about a customer that exists nowhere."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time

from assistant.domain.actions import (
    Action,
    AssignPlan,
    Cancel,
    ChangeSeats,
    ConvertTrial,
    Crossgrade,
    StartTrial,
    Suspend,
)
from assistant.domain.assessment import propose
from assistant.domain.bands import to_edges
from assistant.domain.catalogue import Catalogue
from assistant.domain.customers import Customer, Profile
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import CustomerId, PartnerId, SubscriptionId
from assistant.domain.issuing import Placeholders, new_licences, new_subscription
from assistant.domain.partners import Partner
from assistant.domain.policy import Policy
from assistant.domain.quotes import QuoteValue
from assistant.domain.refusals import Refusal
from assistant.domain.report_lookups import BandWhatIf, what_if
from assistant.domain.situations import Situation
from assistant.domain.subscriptions import Subscription
from assistant.domain.what_ifs import Asked, Holding, Supposed, WhatIfView, without_codes

_CUSTOMER, _PARTNER = CustomerId("what-if"), PartnerId("what-if")
_NOON = time(12)


def reckon(supposed: Supposed, catalogue: Catalogue, policy: Policy, unchanged: str) -> WhatIfView:
    """Return what would follow; ``unchanged`` stands where a preview would show an activation code."""
    situation = _situation(supposed, catalogue, policy)
    outcome = propose(_action(supposed, situation.customer), situation)
    view = WhatIfView(supposed.op, supposed.day, supposed.entered, supposed.assumed)
    if isinstance(outcome, Refusal):
        return replace(view, refusal=_of_nobody(outcome, supposed), cites=outcome.cites)
    quote = outcome.quote
    return replace(
        view,
        values={k: v for k, v in quote.values.items() if k != "customer" or supposed.customer},
        before=quote.before,
        after=quote.after,
        consequences=tuple(without_codes(c, unchanged) for c in quote.consequences),
        cites=quote.cites,
    )


def reckon_band(
    asked: Asked, total: int | None, catalogue: Catalogue, policy: Policy, day: date
) -> WhatIfView:
    """Return the bands before and after a change of a partner's total. Raises InvalidInput where no total is known."""
    before = asked.total if asked.total is not None else asked.seats if asked.seats is not None else total
    after = asked.seats_after
    if after is None and before is not None:
        after = before + (asked.change or 0)
    if after is None:
        raise InvalidInput("total", "is needed: the seats of all customers together")
    bands = what_if(BandWhatIf(after if before is None else before, 0 if before is None else after - before),
                    catalogue.bands(day))  # fmt: skip
    values: dict[str, QuoteValue] = {
        "total_before": bands.seats_before,
        "total_after": bands.seats_after,
        "band_before": bands.band_before,
        "band_after": bands.band_after,
    }
    if before is None or before == after:
        values = {"total": after, "band": bands.band_after}
    edges = zip(("to_lower", "to_higher"), to_edges(after, catalogue.bands(day)), strict=True)
    values |= {name: seats for name, seats in edges if seats is not None}
    entered: dict[str, QuoteValue] = (
        {"total": after} if before is None else {"total": before, "seats_after": after}
    )
    return WhatIfView("band", day, entered, {}, values, cites=policy.cite("user_band"))


def _situation(supposed: Supposed, catalogue: Catalogue, policy: Policy) -> Situation:
    day = supposed.day
    issuer = Placeholders()
    held = tuple(_subscription(h, catalogue, day, issuer) for h in supposed.holdings)
    name = supposed.customer or ""
    now = datetime.combine(day, _NOON, UTC)
    customer = Customer(_CUSTOMER, _PARTNER, name, Profile(), True, held, (), 1, now)  # noqa: FBT003 - enabled
    own = customer.chargeable(day)
    if supposed.total is not None and supposed.total < own and not supposed.customer:
        raise InvalidInput("total", f"must be at least the {own} seats of the plan")
    total = own if supposed.total is None else max(supposed.total, own)
    return Situation(
        partner=Partner(_PARTNER, "", "UTC", day),
        catalogue=catalogue,
        policy=policy,
        now=now,
        total=total,
        stored=customer,
    )


def _subscription(holding: Holding, catalogue: Catalogue, day: date, issuer: Placeholders) -> Subscription:
    plan = catalogue.plans[holding.plan_id]
    product = catalogue.products[plan.product]
    composition = product.composition(day)
    made = new_subscription(
        plan,
        new_licences(catalogue.components_of(plan, day), issuer),
        issuer,
        seats=holding.seats,
        start=holding.since,
        today=holding.since,
        composition=composition.version if composition else 1,
        retires=product.end_of_life,
    )
    if holding.renew_months is not None:
        made = replace(made, renew_months=holding.renew_months or None)
    return (made.until(holding.expires) if holding.expires else made).on(day)


def _action(supposed: Supposed, customer: Customer) -> Action:
    return _ACTIONS[supposed.op](supposed, _held(supposed, customer))


def _held(supposed: Supposed, customer: Customer) -> SubscriptionId:
    """Return the subscription that is worked on, or one that is not there where the rule asks for none."""
    trials = supposed.op == "convert_trial"
    found = (
        s for s in customer.subscriptions if s.trial == trials and (trials or s.plan_id == supposed.target)
    )
    return next((s.id for s in found), SubscriptionId(""))


_ACTIONS: Mapping[str, Callable[[Supposed, SubscriptionId], Action]] = {
    "assign": lambda s, _: AssignPlan(_CUSTOMER, s.target, s.seats),
    "trial": lambda s, _: StartTrial(_CUSTOMER, s.target, s.seats),
    "seats": lambda s, held: ChangeSeats(_CUSTOMER, held, s.seats),
    "cancel": lambda _, held: Cancel(_CUSTOMER, held),
    "suspend": lambda _, held: Suspend(_CUSTOMER, held),
    "crossgrade": lambda s, _: Crossgrade(_CUSTOMER, s.target, s.seats),
    "convert_trial": lambda s, held: ConvertTrial(_CUSTOMER, held, s.target, s.seats),
}


def _of_nobody(refusal: Refusal, supposed: Supposed) -> Refusal:
    """Return the refusal with a word for the customer that has no name."""
    if supposed.customer or "customer" not in refusal.params:
        return refusal
    return replace(refusal, params={**refusal.params, "customer": "The customer"})
