"""From an action to its rule: the one function that computes a change, for the preview and for the commit alike."""

import hashlib
import json
from functools import partial
from typing import assert_never

from assistant.domain.actions import Action, ChangeSeats, StartTrial
from assistant.domain.lookups import SeatBounds
from assistant.domain.policy import Policy
from assistant.domain.quotes import Quote
from assistant.domain.refusals import Refusal
from assistant.domain.rules import seats, trial
from assistant.domain.situations import Findings, Proposal, Situation


def propose(action: Action, situation: Situation) -> Proposal | Refusal:
    """Assess an action in a situation: what it would do and how, or why not. Nothing is changed by it."""
    match action:
        case StartTrial():
            return _trial(action, situation)
        case ChangeSeats():
            return _seats(action, situation)
        case _:
            assert_never(action)


def seat_bounds(op: str, policy: Policy) -> SeatBounds | None:
    """Return the seats that the rule of ``op`` allows, or None for an op that has no seats."""
    bounds = {StartTrial.op: trial.seat_bounds, ChangeSeats.op: seats.seat_bounds}.get(op)
    return bounds(policy) if bounds else None


def revision_of(situation: Situation) -> str:
    """Name the state a quote was computed from; it changes with everything that the quote rests on."""
    customer = situation.customer
    rests_on = [
        customer.id,
        customer.version,
        situation.catalogue.revision,
        situation.policy.revision,
        situation.total,
    ]
    return hashlib.sha256(json.dumps(rests_on).encode()).hexdigest()[:16]


def _trial(action: StartTrial, situation: Situation) -> Proposal | Refusal:
    facts = trial.assess(action, situation)
    if isinstance(facts, Refusal):
        return facts
    quote = _quote(action, situation, trial.findings(action, facts, situation))
    return Proposal(quote, partial(trial.apply, action, facts, situation))


def _seats(action: ChangeSeats, situation: Situation) -> Proposal | Refusal:
    facts = seats.assess(action, situation)
    if isinstance(facts, Refusal):
        return facts
    quote = _quote(action, situation, seats.findings(action, facts, situation))
    return Proposal(quote, partial(seats.apply, action, facts, situation))


def _quote(action: Action, situation: Situation, found: Findings) -> Quote:
    return Quote(
        action=action,
        customer_id=situation.customer.id,
        customer=situation.customer.name,
        values=found.values,
        before=found.before,
        after=found.after,
        consequences=found.consequences,
        cites=found.cites,
        revision=revision_of(situation),
    )
