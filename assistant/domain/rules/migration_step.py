"""Recording the next step of a migration with what proves it, or giving it up.

A new key goes from issued over entered to verified; a move by the vendor from requested over confirmed, which only the vendor's desk records and
which makes the subscription, to verified. Verified ends the licence from outside; closed ends the case. What was issued for a migration that is given up is
cancelled unless it is in use (cited as ``migration_cases``).
"""

from dataclasses import dataclass, replace

from assistant.domain.actions import MigrationStep
from assistant.domain.beginnings import begun, described, term_told
from assistant.domain.cases import DESK_STATES, Case, CaseState, CaseStep
from assistant.domain.catalogue import ServicePlan
from assistant.domain.customers import Customer, StandardLicence
from assistant.domain.identifiers import PlanId
from assistant.domain.issuing import Placeholders
from assistant.domain.migrating import taken_over
from assistant.domain.naming import plan_name
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import CaseSituation, Findings, Issuer, Outcome
from assistant.domain.standing import (
    assignable_plan,
    component_owned,
    disabled_customer,
    gone,
    running,
)
from assistant.domain.subscriptions import Subscription, SubscriptionState

RULE = "migration_cases"
_LONGEST = 1000


@dataclass(frozen=True)
class StepFacts:
    """What an allowed step rests on: the case, where it leads, the licence from outside and what was issued for it.

    ``plan`` is what the vendor's confirmation assigns.
    """

    case: Case
    state: CaseState
    evidence: str
    licence: StandardLicence
    issued: Subscription | None
    plan: ServicePlan | None


def assess(action: MigrationStep, situation: CaseSituation) -> StepFacts | Refusal:
    """Tell whether this step may be recorded now, and by this person."""
    case, customer = situation.case, situation.customer
    licence = _licence(case, customer)
    if case is None or licence is None:
        return Refusal(RefusalCode.CASE_UNKNOWN, {}, "choice", situation.policy.cite(RULE))
    state = next((state for state in case.next if state.value == action.step), None)
    if state is None:
        return _step_invalid(case, situation)
    evidence = " ".join(action.evidence.split())
    refusal = _recording_refusal(state, evidence, situation)
    plan = _confirmed_plan(case, situation) if state is CaseState.VENDOR_CONFIRMED else None
    if refusal:
        return refusal
    if isinstance(plan, Refusal):
        return plan
    issued = customer.subscription(case.subscription_id) if case.subscription_id else None
    if issued and state is CaseState.VERIFIED:
        refusal = gone(issued, situation) or running(issued, situation)
    live = issued.on(situation.today) if issued and not issued.ended else None
    return refusal or StepFacts(case, state, evidence, licence, live, plan)


def findings(_action: MigrationStep, facts: StepFacts, situation: CaseSituation) -> Findings:
    """Describe the step, and at the end of the way both licences with their seats."""
    before: dict[str, QuoteValue] = {"state": facts.case.state.value}
    after: dict[str, QuoteValue] = {"state": facts.state.value}
    made = _made(facts, situation)
    if made:
        after |= described(made, situation)
    if facts.state is CaseState.VERIFIED and facts.issued:
        before |= {"product": facts.licence.product, "seats": facts.licence.seats}
        after |= {"plan": plan_name(facts.issued, situation.catalogue), "seats": facts.issued.seats}
    values = {"product": facts.licence.product, **after, "evidence": facts.evidence}
    told = (*_told(facts, situation), *(term_told(made, situation) if made else ()))
    return Findings(values, before, after, told, situation.policy.cite(RULE))


def apply(_action: MigrationStep, facts: StepFacts, situation: CaseSituation, issuer: Issuer) -> Outcome:
    """Return the case with the step, and the customer where the step changes it."""
    case = facts.case.stepped(CaseStep(facts.state, situation.actor, situation.now, facts.evidence))
    if facts.plan:
        made = taken_over(facts.plan, facts.licence.seats, situation, issuer)
        return Outcome(customer=situation.customer.adding(made), case=replace(case, subscription_id=made.id))
    if facts.state is CaseState.VERIFIED:
        return Outcome(customer=_without(facts.licence, situation), case=case)
    if facts.state is CaseState.ABANDONED and facts.issued and not _in_use(facts.issued, situation):
        ended = facts.issued.ending(situation.today, SubscriptionState.CANCELLED)
        return Outcome(customer=situation.customer.replacing(ended), case=case)
    return Outcome(case=case)


def _made(facts: StepFacts, situation: CaseSituation) -> Subscription | None:
    if facts.plan is None:
        return None
    assigned = taken_over(facts.plan, facts.licence.seats, situation, Placeholders())
    return begun(situation.customer.adding(assigned), situation)


def _licence(case: Case | None, customer: Customer) -> StandardLicence | None:
    if case is None or case.licence_id is None:
        return None
    return customer.standard_licence(case.licence_id)


def _step_invalid(case: Case, situation: CaseSituation) -> Refusal:
    params = {"state": _shown(case.state), "next": ", ".join(map(_shown, case.next)) or None}
    return Refusal(RefusalCode.STEP_INVALID, params, "choice", situation.policy.cite(RULE))


def _recording_refusal(state: CaseState, evidence: str, situation: CaseSituation) -> Refusal | None:
    cites = situation.policy.cite(RULE)
    if state in DESK_STATES and not situation.desk:
        return Refusal(RefusalCode.STEP_NOT_YOURS, {"step": _shown(state)}, "choice", cites)
    if not evidence or len(evidence) > _LONGEST:
        return Refusal(RefusalCode.EVIDENCE_NEEDED, {"longest": _LONGEST}, "reason", cites)
    return None


def _confirmed_plan(case: Case, situation: CaseSituation) -> ServicePlan | Refusal:
    plan = assignable_plan(PlanId(case.about.get("plan", "")), situation)
    if isinstance(plan, Refusal):
        return plan
    products = situation.catalogue.components_of(plan, situation.today)
    return disabled_customer(situation) or component_owned(plan.name, products, situation) or plan


def _without(licence: StandardLicence, situation: CaseSituation) -> Customer:
    ended = replace(licence, ended=situation.today)
    kept = situation.customer.standard_licences
    return replace(
        situation.customer, standard_licences=tuple(ended if k.id == licence.id else k for k in kept)
    )


def _in_use(issued: Subscription, situation: CaseSituation) -> bool:
    return situation.used.get(issued.id, 0) > 0


def _told(facts: StepFacts, situation: CaseSituation) -> tuple[Consequence, ...]:
    cites = situation.policy.cite(RULE)
    if facts.state is CaseState.VERIFIED:
        product = {"product": facts.licence.product}
        return (Consequence(ConsequenceCode.LICENCE_ENDS, product, cites),)
    if facts.state is CaseState.CLOSED:
        return (Consequence(ConsequenceCode.CASE_CLOSES, {}, cites),)
    if facts.state is CaseState.ABANDONED and facts.issued:
        used = _in_use(facts.issued, situation)
        code = ConsequenceCode.KEY_STAYS if used else ConsequenceCode.KEY_CANCELLED
        return (Consequence(code, {"plan": plan_name(facts.issued, situation.catalogue)}, cites),)
    return ()


def _shown(state: CaseState) -> str:
    return state.value.replace("_", " ")
