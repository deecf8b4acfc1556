"""Builders for migrations, cases, changed suites and own licences."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from assistant.domain.actions import Migrate, MigrationStep
from assistant.domain.assessment import propose
from assistant.domain.catalogue import Composition
from assistant.domain.customers import StandardLicence
from assistant.domain.identifiers import CaseId, CustomerId, PlanId, StandardLicenceId
from assistant.domain.situations import CaseSituation, NfrSituation, Proposal, SuiteSituation
from support.clock import FakeIds
from support.licensing import TODAY, a_customer, a_partner, a_policy, the_catalogue

CUSTOMER = CustomerId("C-1")
CHANGED_ON = date(2026, 3, 1)


def a_standard_licence(
    product="Worry-Free", hosting="on-prem", model="standard", seats=30, number=1, ended=None
):
    return StandardLicence(StandardLicenceId(f"X-{number}"), product, hosting, model, seats, ended)


def a_migrating_customer(licence=None, **more):
    return replace(a_customer(**more), standard_licences=(licence or a_standard_licence(),))


def _shared(customer, today, more):
    return {
        "stored": customer,
        "partner": more.pop("partner", None) or a_partner(),
        "catalogue": more.pop("catalogue", None) or the_catalogue(),
        "policy": more.pop("policy", None) or a_policy(),
        "now": datetime.combine(today, time(12), UTC),
        "total": customer.chargeable(today),
        **more,
    }


def a_case_situation(customer=None, case=None, *, today=TODAY, desk=False, actor="Anna", **more):
    shared = _shared(customer or a_migrating_customer(), today, more)
    return CaseSituation(**shared, case=case, actor=actor, desk=desk)


def a_suite_situation(customer, *, today=TODAY, data_center=None, **more):
    return SuiteSituation(**_shared(customer, today, more), data_center=data_center)


def an_nfr_situation(*owned, today=TODAY, **more):
    shared = _shared(a_customer(), today, more)
    del shared["stored"]
    return NfrSituation(**shared, owned=owned)


def migrate(plan="wfbs-advanced", licence="X-1"):
    return Migrate(CUSTOMER, StandardLicenceId(licence), PlanId(plan))


def step(state, evidence="seen in the console", case="M-1"):
    return MigrationStep(CUSTOMER, CaseId(case), state, evidence)


def proposed(action, situation):
    proposal = propose(action, situation)
    assert isinstance(proposal, Proposal), proposal
    return proposal


def done(action, situation, ids=None):
    """Return what a change leaves behind."""
    return proposed(action, situation).apply(ids or FakeIds())


def after(outcome, customer):
    """Return the customer after a change, whether or not the change was to it."""
    return outcome.customer or customer


def told(proposal):
    return {consequence.code for consequence in proposal.quote.consequences}


def with_composition(product, components, since=CHANGED_ON, catalogue=None):
    """Return a catalogue in which a suite is made of other components from a day on."""
    catalogue = catalogue or the_catalogue()
    suite = catalogue.products[product]
    version = len(suite.compositions) + 1
    changed = replace(
        suite, compositions=(*suite.compositions, Composition(version, since, tuple(components)))
    )
    return replace(catalogue, products={**catalogue.products, product: changed})
