"""From an action to its rule: the one function that computes a change, for the preview and for the commit alike.

Totals, the user band and the fate of add-ons are worked out here, from the customer as the rule leaves it, so that every
rule tells them and none can forget to.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.domain.actions import (
    Action,
    AssignPlan,
    Cancel,
    ChangeRenewal,
    ChangeSeats,
    ChangeTerm,
    ConvertTrial,
    CreateCustomer,
    Crossgrade,
    Resume,
    SetCustomerEnabled,
    StartTrial,
    Suspend,
)
from assistant.domain.add_ons import aligned
from assistant.domain.issuing import Placeholders
from assistant.domain.lookups import SeatBounds
from assistant.domain.policy import Policy
from assistant.domain.quotes import Consequence, Quote, QuoteValue
from assistant.domain.refusals import Refusal
from assistant.domain.rules import (
    assign,
    cancel,
    convert_trial,
    crossgrade,
    customer_state,
    new_customer,
    renewal,
    resume,
    seats,
    suspend,
    term,
    trial,
)
from assistant.domain.situations import (
    Findings,
    Issuer,
    Outcome,
    PartnerSituation,
    Proposal,
    Situation,
    all_cites,
)
from assistant.domain.totals import band_consequences, totals


@dataclass(frozen=True)
class Rule:
    """One rule: whether it may (and on which facts), what it would do in words and numbers, and the doing."""

    assess: Callable[[Any, Any], Any]
    findings: Callable[[Any, Any, Any], Findings]
    apply: Callable[[Any, Any, Any, Issuer], Outcome]


_RULES: Mapping[type, Rule] = {
    StartTrial: Rule(trial.assess, trial.findings, trial.apply),
    ConvertTrial: Rule(convert_trial.assess, convert_trial.findings, convert_trial.apply),
    AssignPlan: Rule(assign.assess, assign.findings, assign.apply),
    ChangeSeats: Rule(seats.assess, seats.findings, seats.apply),
    ChangeTerm: Rule(term.assess, term.findings, term.apply),
    ChangeRenewal: Rule(renewal.assess, renewal.findings, renewal.apply),
    Suspend: Rule(suspend.assess, suspend.findings, suspend.apply),
    Resume: Rule(resume.assess, resume.findings, resume.apply),
    Cancel: Rule(cancel.assess, cancel.findings, cancel.apply),
    Crossgrade: Rule(crossgrade.assess, crossgrade.findings, crossgrade.apply),
    CreateCustomer: Rule(new_customer.assess, new_customer.findings, new_customer.apply),
    SetCustomerEnabled: Rule(customer_state.assess, customer_state.findings, customer_state.apply),
}


def propose(action: Action, situation: PartnerSituation) -> Proposal | Refusal:
    """Assess an action in a situation: what it would do and how, or why not. Nothing is changed by it."""
    rule = _RULES[type(action)]
    facts = rule.assess(action, situation)
    if isinstance(facts, Refusal):
        return facts

    def change(issuer: Issuer) -> Outcome:
        return _settled(rule.apply(action, facts, situation, issuer), situation)

    found = _completed(rule.findings(action, facts, situation), change(Placeholders()), situation)
    return Proposal(_quote(action, situation, found), change)


def seat_bounds(op: str, policy: Policy) -> SeatBounds | None:
    """Return the seats that the rule of ``op`` allows, or None for an op that has no seats."""
    bounds = {
        StartTrial.op: trial.seat_bounds,
        ChangeSeats.op: seats.seat_bounds,
        AssignPlan.op: seats.seat_bounds,
        ConvertTrial.op: seats.seat_bounds,
        Crossgrade.op: seats.seat_bounds,
    }.get(op)
    return bounds(policy) if bounds else None


def revision_of(situation: PartnerSituation) -> str:
    """Name the state a quote was computed from; it changes with everything that the quote rests on."""
    customer = situation.customer if isinstance(situation, Situation) else None
    rests_on = [
        situation.partner.id,
        customer.id if customer else None,
        customer.version if customer else None,
        situation.catalogue.revision,
        situation.policy.revision,
        situation.total,
        sorted(situation.approved.items()),
    ]
    return hashlib.sha256(json.dumps(rests_on).encode()).hexdigest()[:16]


def _settled(outcome: Outcome, situation: PartnerSituation) -> Outcome:
    if outcome.customer is None:
        return outcome
    customer = aligned(outcome.customer, situation.catalogue, situation.today)
    return replace(outcome, customer=customer)


def _completed(found: Findings, outcome: Outcome, situation: PartnerSituation) -> Findings:
    today = situation.today
    if not isinstance(situation, Situation) or outcome.customer is None:
        return found
    values = {**found.values, **totals(situation, _total_after(outcome, situation, today))}
    consequences = (*found.consequences, *band_consequences(values, situation))
    return replace(found, values=values, consequences=consequences)


def _total_after(outcome: Outcome, situation: Situation, today: date) -> int:
    assert outcome.customer is not None
    return situation.total - situation.customer.chargeable(today) + outcome.customer.chargeable(today)


def _quote(action: Action, situation: PartnerSituation, found: Findings) -> Quote:
    customer = situation.customer if isinstance(situation, Situation) else None
    values: dict[str, QuoteValue] = {"customer": customer.name} if customer else {}
    return Quote(
        action=action,
        customer_id=customer.id if customer else None,
        customer=customer.name if customer else str(found.values.get("customer", "")),
        values={**values, **found.values},
        before=found.before,
        after=found.after,
        consequences=found.consequences,
        cites=_cites(found.consequences, found),
        revision=revision_of(situation),
    )


def _cites(consequences: tuple[Consequence, ...], found: Findings) -> Any:
    return all_cites(found.cites, *(consequence.cites for consequence in consequences))
