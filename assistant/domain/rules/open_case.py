"""Opening a support case with the vendor.

Only partners open cases: they give their customers the first and the second level of support, and say what both did (cited as
``support_levels``). The vendor answers the partner, never the end customer.
"""

from dataclasses import dataclass

from assistant.domain.actions import OpenCase
from assistant.domain.cases import CaseKind, opened
from assistant.domain.identifiers import CaseId
from assistant.domain.naming import plan_name
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import CaseSituation, Findings, Issuer, Outcome
from assistant.domain.standing import gone, known_subscription
from assistant.domain.subscriptions import Subscription

RULE = "support_levels"
_LONGEST = 1000
_TEXTS = ("reason", "level_one", "level_two")


@dataclass(frozen=True)
class SupportFacts:
    """What an allowed case rests on: the subscription it is about, and its texts, tidied."""

    subscription: Subscription
    texts: dict[str, str]


def assess(action: OpenCase, situation: CaseSituation) -> SupportFacts | Refusal:
    """Tell whether the case may be opened: about a subscription there is, with all three texts."""
    subscription = known_subscription(action.subscription_id, situation)
    if isinstance(subscription, Refusal):
        return subscription
    refusal = gone(subscription, situation)
    if refusal:
        return refusal
    texts = {name: getattr(action, name).strip() for name in _TEXTS}
    wrong = next((name for name, text in texts.items() if not 0 < len(text) <= _LONGEST), None)
    if wrong:
        params: dict[str, QuoteValue] = {"field": wrong, "longest": _LONGEST}
        return Refusal(RefusalCode.CASE_TEXT_NEEDED, params, "reason", situation.policy.cite(RULE))
    return SupportFacts(subscription, texts)


def findings(_action: OpenCase, facts: SupportFacts, situation: CaseSituation) -> Findings:
    """Describe the case as it will reach the vendor."""
    after: dict[str, QuoteValue] = {
        "plan": plan_name(facts.subscription, situation.catalogue),
        **facts.texts,
    }
    cites = situation.policy.cite(RULE)
    told = (Consequence(ConsequenceCode.CASE_FOR_PARTNERS, {}, cites),)
    return Findings(after, {}, after, told, cites)


def apply(_action: OpenCase, facts: SupportFacts, situation: CaseSituation, issuer: Issuer) -> Outcome:
    """Return the case."""
    case = opened(
        CaseId(issuer.new("H")),
        CaseKind.SUPPORT,
        situation.customer,
        facts.texts,
        (situation.actor, situation.now),
        subscription_id=facts.subscription.id,
    )
    return Outcome(case=case)
