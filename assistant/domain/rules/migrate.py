"""Bringing a licence bought outside onto the platform, with a plan of the same product and the same seats.

What is installed at the customer gets a new key at once, which is typed in there; what runs in the cloud is moved by the vendor, and gets its
subscription when the vendor confirms (cited as ``migration``). Nothing is installed anew. Upfront licences stay outside (cited as
``upfront``).
"""

from dataclasses import dataclass

from assistant.domain.actions import Migrate
from assistant.domain.beginnings import begun, described, term_told
from assistant.domain.cases import CaseKind, opened
from assistant.domain.catalogue import ServicePlan
from assistant.domain.customers import StandardLicence
from assistant.domain.identifiers import CaseId
from assistant.domain.issuing import Placeholders
from assistant.domain.migrating import ON_PREMISES, UPFRONT, fits, taken_over
from assistant.domain.quotes import Consequence, ConsequenceCode, QuoteValue
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.situations import CaseSituation, Findings, Issuer, Outcome
from assistant.domain.standing import assignable_plan, component_owned, disabled_customer

RULE = "migration"


@dataclass(frozen=True)
class MigrationFacts:
    """What an allowed migration rests on: the licence and the plan."""

    licence: StandardLicence
    plan: ServicePlan

    @property
    def by_key(self) -> bool:
        """Whether a new key moves it, and not the vendor."""
        return self.licence.hosting == ON_PREMISES


def assess(action: Migrate, situation: CaseSituation) -> MigrationFacts | Refusal:
    """Tell whether the licence may be migrated to the plan."""
    licence = situation.customer.standard_licence(action.licence_id)
    if licence is None:
        params = {"customer": situation.customer.name}
        return Refusal(RefusalCode.LICENCE_UNKNOWN, params, "choice", situation.policy.cite(RULE))
    refusal = disabled_customer(situation) or _licence_refusal(licence, situation)
    if refusal:
        return refusal
    plan = assignable_plan(action.plan_id, situation)
    if isinstance(plan, Refusal):
        return plan
    products = situation.catalogue.components_of(plan, situation.today)
    if not fits(plan, licence, situation.catalogue, situation.today):
        params = {"plan": plan.name, "product": licence.product}
        return Refusal(
            RefusalCode.MIGRATION_OTHER_PRODUCT, params, "plan", situation.policy.cite("migration_plan")
        )
    return component_owned(plan.name, products, situation) or MigrationFacts(licence, plan)


def findings(_action: Migrate, facts: MigrationFacts, situation: CaseSituation) -> Findings:
    """Describe the licence as it is outside and what takes its place."""
    licence, policy = facts.licence, situation.policy
    before: dict[str, QuoteValue] = {
        "product": licence.product,
        "hosting": licence.hosting,
        "seats": licence.seats,
    }
    after: dict[str, QuoteValue] = {"plan": facts.plan.name, "seats": licence.seats}
    cites = policy.cite(RULE)
    told = [Consequence(ConsequenceCode.AGENTS_STAY, {}, cites)]
    if facts.by_key:
        key = taken_over(facts.plan, licence.seats, situation, Placeholders())
        made = begun(situation.customer.adding(key), situation)
        after = described(made, situation)
        told.append(Consequence(ConsequenceCode.KEY_BY_HAND, {}, cites))
        told.append(Consequence(ConsequenceCode.BOTH_VALID, {}, policy.cite("migration_cases")))
        told.extend(term_told(made, situation))
    else:
        told.append(Consequence(ConsequenceCode.VENDOR_MOVES, {}, cites))
    return Findings({**before, **after}, before, after, tuple(told), cites)


def apply(_action: Migrate, facts: MigrationFacts, situation: CaseSituation, issuer: Issuer) -> Outcome:
    """Return the case, and for a new key the customer with the subscription it belongs to."""
    customer, subscription = situation.customer, None
    if facts.by_key:
        subscription = taken_over(facts.plan, facts.licence.seats, situation, issuer)
        customer = customer.adding(subscription)
    case = opened(
        CaseId(issuer.new("M")),
        CaseKind.KEY_MIGRATION if facts.by_key else CaseKind.CLOUD_MIGRATION,
        customer,
        {"product": facts.licence.product, "plan": facts.plan.id, "seats": str(facts.licence.seats)},
        (situation.actor, situation.now),
        licence_id=facts.licence.id,
        subscription_id=subscription.id if subscription else None,
    )
    return Outcome(customer=customer if subscription else None, case=case)


def _licence_refusal(licence: StandardLicence, situation: CaseSituation) -> Refusal | None:
    params: dict[str, QuoteValue] = {"customer": situation.customer.name, "product": licence.product}
    if licence.model == UPFRONT:
        return Refusal(RefusalCode.UPFRONT_STAYS, params, None, situation.policy.cite("upfront"))
    cites = situation.policy.cite("migration_cases")
    if licence.ended:
        return Refusal(RefusalCode.LICENCE_ENDED, params, "choice", cites)
    if situation.case is not None:
        return Refusal(RefusalCode.MIGRATION_RUNNING, params, "choice", cites)
    return None
