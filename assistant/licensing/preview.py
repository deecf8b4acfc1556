"""Previewing: reads the situation, asks the rule, changes nothing."""

from datetime import datetime

from assistant.domain.actions import Action
from assistant.domain.assessment import propose
from assistant.domain.catalogue import Catalogue
from assistant.domain.policy import Policy
from assistant.domain.principals import Permission, Principal, may
from assistant.domain.quotes import Quote
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.licensing.scope import situation_of
from assistant.ports.storage.licensing import LicensingUnit

NOT_PERMITTED = Refusal(RefusalCode.NOT_PERMITTED)


def preview(
    unit: LicensingUnit,
    principal: Principal,
    action: Action,
    *,
    catalogue: Catalogue,
    policy: Policy,
    now: datetime,
) -> Quote | Refusal:
    """Return the quote of an action, or the rule's refusal. Raises NotFound.

    Whoever may not change licences gets the same refusal for every customer, real or not.
    """
    if not may(principal, Permission.LICENCES_CHANGE):
        return NOT_PERMITTED
    situation = situation_of(unit, principal, action.customer_id, catalogue=catalogue, policy=policy, now=now)
    proposal = propose(action, situation)
    return proposal if isinstance(proposal, Refusal) else proposal.quote
