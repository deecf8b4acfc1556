"""Ordering the partner's own not-for-resale licence of a product: free, one for each product, never billed (cited as ``nfr_licences``)."""

from dataclasses import dataclass

from assistant.domain.actions import OrderNfr
from assistant.domain.activation_codes import synthetic_code
from assistant.domain.catalogue import Product
from assistant.domain.nfr import NfrLicence
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, NfrSituation, Outcome
from assistant.domain.standing import assignable_plan

RULE = "nfr_licences"
_LONGEST = 150


@dataclass(frozen=True)
class NfrFacts:
    """What an allowed order rests on: the product and the tidied name."""

    product: Product
    name: str


def assess(action: OrderNfr, situation: NfrSituation) -> NfrFacts | Refusal:
    """Tell whether the licence may be ordered."""
    plan = assignable_plan(action.plan_id, situation)
    if isinstance(plan, Refusal):
        return plan
    product, cites = situation.catalogue.products[plan.product], situation.policy.cite(RULE)
    params: dict[str, QuoteValue] = {"product": product.name}
    if not product.nfr:
        return Refusal(RefusalCode.NFR_NOT_AVAILABLE, params, "plan", situation.policy.cite("nfr"))
    if any(owned.product == product.code for owned in situation.owned):
        return Refusal(RefusalCode.NFR_OWNED, params, "plan", cites)
    name = " ".join(action.name.split())
    if not name or len(name) > _LONGEST:
        return Refusal(RefusalCode.NFR_NAME_NEEDED, {"longest": _LONGEST}, "reason", cites)
    return NfrFacts(product, name)


def findings(_action: OrderNfr, facts: NfrFacts, situation: NfrSituation) -> Findings:
    """Describe the licence."""
    after: dict[str, QuoteValue] = {"product": facts.product.name, "name": facts.name}
    cites = situation.policy.cite(RULE)
    told = (
        Consequence(ConsequenceCode.NFR_FREE, {}, cites),
        Consequence(ConsequenceCode.NFR_FIXED, {}, cites),
    )
    return Findings(after, {}, after, told, situation.policy.cite("nfr"))


def apply(_action: OrderNfr, facts: NfrFacts, situation: NfrSituation, issuer: Issuer) -> Outcome:
    """Return the licence with a new code."""
    code = synthetic_code(facts.product.family, issuer.number)
    return Outcome(nfr=NfrLicence(facts.product.code, facts.name, code, situation.now))
