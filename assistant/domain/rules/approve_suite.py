"""Approving the changed composition of a suite for the whole partner, which unlocks its plans (cited as ``suite_change``).

The data centre of what was added is chosen here. Customers get the change one by one, when it is accepted for them.
"""

from dataclasses import dataclass

from assistant.domain.actions import ApproveSuite
from assistant.domain.catalogue import ServicePlan
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import Findings, Issuer, Outcome, PartnerSituation, SuiteApproval
from assistant.domain.standing import approved_version, current_version, data_center_unknown, off_sale
from assistant.domain.suites import CompositionChange, change_of, listed

RULE = "suite_change"


@dataclass(frozen=True)
class ApprovalFacts:
    """What an allowed approval rests on: the plan, the version to approve, and what changed since the one approved last."""

    plan: ServicePlan
    version: int
    change: CompositionChange


def assess(action: ApproveSuite, situation: PartnerSituation) -> ApprovalFacts | Refusal:
    """Tell whether there is a change of the suite to approve."""
    plan, policy = situation.catalogue.plan(action.plan_id), situation.policy
    if plan is None:
        return Refusal(RefusalCode.PLAN_UNKNOWN, {}, "plan", policy.cite("plans"))
    product, cites = situation.catalogue.products[plan.product], policy.cite(RULE)
    composition = product.composition(situation.today)
    if composition is None:
        return Refusal(RefusalCode.NO_SUITE, {"plan": plan.name}, "plan", cites)
    refusal = off_sale(plan.name, plan.product, situation)
    if refusal:
        return refusal
    approved = approved_version(product, situation)
    if approved >= current_version(product, situation):
        return Refusal(RefusalCode.SUITE_UNCHANGED, {"plan": plan.name}, "plan", cites)
    before = next(known for known in product.compositions if known.version == approved)
    change = change_of(before.components, composition.components, situation.catalogue.products)
    return data_center_unknown(action.data_center, change.added, situation) or ApprovalFacts(
        plan, composition.version, change
    )


def findings(action: ApproveSuite, facts: ApprovalFacts, situation: PartnerSituation) -> Findings:
    """Describe what changed, and that customers get it one by one."""
    cites = situation.policy.cite(RULE)
    plan: dict[str, QuoteValue] = {"plan": facts.plan.name}
    before = {**plan, "components": listed(facts.change.before)}
    after = {**plan, "components": listed(facts.change.after), "data_center": _places(action, facts.change)}
    told = (
        *facts.change.told(cites),
        Consequence(ConsequenceCode.SUITE_UNLOCKED, plan, cites),
        Consequence(ConsequenceCode.SUITE_EACH_CUSTOMER, {}, cites),
    )
    return Findings(after, before, after, told, cites)


def apply(
    action: ApproveSuite, facts: ApprovalFacts, _situation: PartnerSituation, _issuer: Issuer
) -> Outcome:
    """Return the approval."""
    return Outcome(approval=SuiteApproval(facts.plan.product, facts.version, action.data_center))


def _places(action: ApproveSuite, change: CompositionChange) -> str | None:
    places = (product.data_center(action.data_center) for product in change.added)
    return ", ".join(dict.fromkeys(place for place in places if place)) or None
