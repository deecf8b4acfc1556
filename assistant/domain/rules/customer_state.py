"""Disabling a customer and enabling it again.

Disabling expires all its licences at once; enabling brings the original ends back, and what would have ended meanwhile stays ended
(cited as ``customer_disabled``). The month in which it is disabled is billed whole.
"""

from dataclasses import dataclass

from assistant.domain.actions import SetCustomerEnabled
from assistant.domain.customers import Customer, disabled, enabled
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Outcome, Situation

RULE = "customer_disabled"


@dataclass(frozen=True)
class CustomerStateFacts:
    """What the change rests on: the customer as it will be, and how many of its plans the change touches."""

    after: Customer
    plans: int


def assess(action: SetCustomerEnabled, situation: Situation) -> CustomerStateFacts | Refusal:
    """Tell whether the customer may be enabled or disabled: only the state it is not in."""
    customer, today = situation.customer, situation.today
    if customer.enabled == action.enabled:
        params = {"customer": customer.name, "state": "enabled" if customer.enabled else "disabled"}
        return Refusal(RefusalCode.CUSTOMER_UNCHANGED, params, "customer", situation.policy.cite(RULE))
    after = enabled(customer, today) if action.enabled else disabled(customer, today)
    held = after if action.enabled else customer
    return CustomerStateFacts(after, sum(s.held(today) for s in held.subscriptions))


def findings(action: SetCustomerEnabled, facts: CustomerStateFacts, situation: Situation) -> Findings:
    """Describe how many plans expire, come back, or stay expired."""
    cites = situation.policy.cite(RULE)
    plans: dict[str, QuoteValue] = {"plans": facts.plans}
    if action.enabled:
        consequences = [Consequence(ConsequenceCode.RESTORED, plans, cites)]
        stopped = sum(bool(s.disabled) for s in situation.customer.subscriptions)
        if stopped > facts.plans:
            stay: dict[str, QuoteValue] = {"plans": stopped - facts.plans}
            consequences.append(Consequence(ConsequenceCode.STAY_EXPIRED, stay, cites))
    else:
        consequences = [Consequence(ConsequenceCode.ALL_EXPIRE, plans, cites)]
    before: dict[str, QuoteValue] = {"state": "disabled" if action.enabled else "enabled"}
    after: dict[str, QuoteValue] = {"state": "enabled" if action.enabled else "disabled"}
    return Findings(after, before, after, tuple(consequences))


def apply(
    _action: SetCustomerEnabled, facts: CustomerStateFacts, _situation: Situation, _issuer: Issuer
) -> Outcome:
    """Return the customer in its other state."""
    return Outcome(customer=facts.after)
