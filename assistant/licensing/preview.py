"""Previewing: reads the situation, asks the rule, changes nothing."""

from assistant.domain.actions import Action
from assistant.domain.assessment import propose
from assistant.domain.principals import Principal
from assistant.domain.quotes import Quote
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.licensing.scope import Surroundings, permitted, situation_of
from assistant.ports.storage.licensing import LicensingUnit


def preview(
    unit: LicensingUnit, principal: Principal, action: Action, around: Surroundings
) -> Quote | Refusal:
    """Return the quote of an action, or the rule's refusal. Raises NotFound.

    Whoever may not change licences gets the same refusal for every customer, real or not.
    """
    if not permitted(principal, action):
        return not_permitted(around)
    proposal = propose(action, situation_of(unit, principal, action, around))
    return proposal if isinstance(proposal, Refusal) else proposal.quote


def not_permitted(around: Surroundings) -> Refusal:
    """Return the refusal of whoever may not change licences."""
    return Refusal(RefusalCode.NOT_PERMITTED, cites=around.policy.cite("roles"))
