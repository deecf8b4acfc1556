"""From an action to its rule: the one function that computes a change, for the preview and for the commit alike.

Totals, the user band and the fate of add-ons are worked out here, from the customer as the rule leaves it, so that every
rule tells them and none can forget to.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.domain.actions import (
    AcceptSuite,
    Action,
    ApproveSuite,
    AssignPlan,
    Cancel,
    ChangeRenewal,
    ChangeSeats,
    ChangeTerm,
    ConvertTrial,
    CreateCustomer,
    Crossgrade,
    Migrate,
    MigrationStep,
    OpenCase,
    OrderNfr,
    Resume,
    ReviewReport,
    SetCustomerEnabled,
    StartTrial,
    SubmitReport,
    Suspend,
)
from assistant.domain.add_ons import aligned, base_product, ended_with
from assistant.domain.customers import Customer
from assistant.domain.issuing import Placeholders
from assistant.domain.lookups import SeatBounds
from assistant.domain.naming import plan_name
from assistant.domain.policy import Policy
from assistant.domain.quotes import Consequence, ConsequenceCode, Quote, QuoteValue
from assistant.domain.refusals import Refusal
from assistant.domain.rules import (
    accept_suite,
    approve_suite,
    assign,
    cancel,
    convert_trial,
    crossgrade,
    customer_state,
    migrate,
    migration_step,
    new_customer,
    open_case,
    order_nfr,
    renewal,
    resume,
    review_report,
    seats,
    submit_report,
    suspend,
    term,
    trial,
)
from assistant.domain.situations import (
    CaseSituation,
    Findings,
    Issuer,
    NfrSituation,
    Outcome,
    PartnerSituation,
    Proposal,
    ReportSituation,
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
    Migrate: Rule(migrate.assess, migrate.findings, migrate.apply),
    MigrationStep: Rule(migration_step.assess, migration_step.findings, migration_step.apply),
    ApproveSuite: Rule(approve_suite.assess, approve_suite.findings, approve_suite.apply),
    AcceptSuite: Rule(accept_suite.assess, accept_suite.findings, accept_suite.apply),
    OpenCase: Rule(open_case.assess, open_case.findings, open_case.apply),
    OrderNfr: Rule(order_nfr.assess, order_nfr.findings, order_nfr.apply),
    SetCustomerEnabled: Rule(customer_state.assess, customer_state.findings, customer_state.apply),
    SubmitReport: Rule(submit_report.assess, submit_report.findings, submit_report.apply),
    ReviewReport: Rule(review_report.assess, review_report.findings, review_report.apply),
}


def propose(action: Action, situation: PartnerSituation) -> Proposal | Refusal:
    """Assess an action in a situation: what it would do and how, or why not. Nothing is changed by it."""
    rule = _RULES[type(action)]
    facts = rule.assess(action, situation)
    if isinstance(facts, Refusal):
        return facts

    def change(issuer: Issuer) -> Outcome:
        return _settled(rule.apply(action, facts, situation, issuer), situation)

    found = _completed(action, rule.findings(action, facts, situation), change(Placeholders()), situation)
    return Proposal(_quote(action, situation, found), change)


def refusal_of(action: Action, situation: PartnerSituation) -> Refusal | None:
    """Return why an action may not be done in a situation, or None; nothing else is worked out."""
    facts = _RULES[type(action)].assess(action, situation)
    return facts if isinstance(facts, Refusal) else None


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
        *_beside(situation),
    ]
    return hashlib.sha256(json.dumps(rests_on).encode()).hexdigest()[:16]


def _beside(situation: PartnerSituation) -> Iterable[str]:
    if isinstance(situation, CaseSituation) and situation.case:
        yield f"{situation.case.id}@{situation.case.version}"
    if isinstance(situation, NfrSituation):
        yield from (licence.product for licence in situation.owned)
    if isinstance(situation, ReportSituation):
        report = situation.report
        yield f"{report.month}:{report.state.value}:{report.version}:{report.billable}"


def _settled(outcome: Outcome, situation: PartnerSituation) -> Outcome:
    if outcome.customer is None:
        return outcome
    customer = aligned(outcome.customer, situation.catalogue, situation.today)
    return replace(outcome, customer=customer)


def _completed(action: Action, found: Findings, outcome: Outcome, situation: PartnerSituation) -> Findings:
    today = situation.today
    if not isinstance(situation, Situation) or outcome.customer is None:
        return found
    values = {**found.values, **totals(situation, _total_after(outcome, situation, today))}
    consequences = (
        *found.consequences,
        *_add_ons_told(action, outcome.customer, situation),
        *band_consequences(values, situation),
    )
    return replace(found, values=values, consequences=consequences)


def _add_ons_told(action: Action, after: Customer, situation: Situation) -> Iterator[Consequence]:
    named = getattr(action, "subscription_id", None)
    for ended in ended_with(situation.customer, after):
        if ended.id != named and base_product(ended, situation.catalogue):
            add_on: dict[str, QuoteValue] = {"add_on": plan_name(ended, situation.catalogue)}
            yield Consequence(ConsequenceCode.ADD_ON_ENDS, add_on, situation.policy.cite("add_on"))


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
