from dataclasses import replace

import pytest

from assistant.domain.activation_codes import ACTIVATION_CODE
from assistant.domain.assessment import propose
from assistant.domain.cases import CaseKind, CaseState
from assistant.domain.migrating import named_products, targets
from assistant.domain.quotes import ConsequenceCode
from assistant.domain.refusals import Refusal, RefusalCode
from support.cases import (
    a_case_situation,
    a_migrating_customer,
    a_standard_licence,
    done,
    migrate,
    proposed,
    told,
)
from support.licensing import TODAY, a_subscription, the_catalogue

CLOUD = a_standard_licence("WF Services", "cloud", seats=45)


def refusal_of(action, situation):
    refusal = propose(action, situation)
    assert isinstance(refusal, Refusal), refusal
    return refusal


def test_what_is_installed_at_the_customer_gets_a_new_key_for_the_same_seats_at_once():
    customer = a_migrating_customer()

    proposal = proposed(migrate(), a_case_situation(customer))
    outcome = done(migrate(), a_case_situation(customer))

    assert {ConsequenceCode.KEY_BY_HAND, ConsequenceCode.AGENTS_STAY, ConsequenceCode.BOTH_VALID} <= told(
        proposal
    )
    assert proposal.quote.before == {"product": "Worry-Free", "hosting": "on-prem", "seats": 30}
    issued = outcome.customer.subscriptions[0]
    assert (issued.seats, issued.start, issued.plan_id) == (30, TODAY, "wfbs-advanced")
    assert all(ACTIVATION_CODE.fullmatch(licence.code) for licence in issued.licences)
    assert outcome.case.kind is CaseKind.KEY_MIGRATION
    assert (outcome.case.state, outcome.case.subscription_id) == (CaseState.KEY_ISSUED, issued.id)


def test_the_licence_from_outside_goes_on_until_the_migration_is_verified():
    outcome = done(migrate(), a_case_situation())

    assert outcome.customer.standard_licences[0].ended is None


def test_what_runs_in_the_cloud_waits_for_the_vendor_and_licenses_nothing_yet():
    customer = a_migrating_customer(CLOUD)

    proposal = proposed(migrate("wf-services-monthly"), a_case_situation(customer))
    outcome = done(migrate("wf-services-monthly"), a_case_situation(customer))

    assert ConsequenceCode.VENDOR_MOVES in told(proposal)
    assert outcome.customer is None
    assert (outcome.case.kind, outcome.case.state) == (CaseKind.CLOUD_MIGRATION, CaseState.VENDOR_REQUESTED)
    assert outcome.case.steps[0].actor == "Anna"


def test_the_total_counts_the_seats_of_a_new_key_and_none_of_a_request_to_the_vendor():
    key = proposed(migrate(), a_case_situation())
    request = proposed(migrate("wf-services-monthly"), a_case_situation(a_migrating_customer(CLOUD)))

    assert (key.quote.values["total_before"], key.quote.values["total_after"]) == (0, 30)
    assert "total_after" not in request.quote.values


def test_an_upfront_licence_stays_outside_whatever_plan_is_named():
    upfront = a_standard_licence("WF Services", "cloud", "upfront")

    refusal = refusal_of(migrate("no-such-plan"), a_case_situation(a_migrating_customer(upfront)))

    assert (refusal.code, refusal.slot) == (RefusalCode.UPFRONT_STAYS, None)
    assert refusal.params["product"] == "WF Services"


def test_a_licence_the_customer_does_not_have_is_refused():
    assert refusal_of(migrate(licence="X-9"), a_case_situation()).code is RefusalCode.LICENCE_UNKNOWN


def test_a_licence_that_was_migrated_is_not_migrated_again():
    migrated = a_migrating_customer(a_standard_licence(ended=TODAY))

    assert refusal_of(migrate(), a_case_situation(migrated)).code is RefusalCode.LICENCE_ENDED


def test_a_licence_that_is_being_migrated_is_not_migrated_beside():
    running = done(migrate(), a_case_situation()).case

    refusal = refusal_of(migrate(), a_case_situation(case=running))

    assert refusal.code is RefusalCode.MIGRATION_RUNNING


@pytest.mark.parametrize(
    "plan", ["wf-services-monthly", "email-security-standard", "edr-add-on", "cloud-app-security"]
)
def test_software_moves_to_no_plan_without_software_of_its_family(plan):
    refusal = refusal_of(migrate(plan), a_case_situation())

    assert (refusal.code, refusal.slot) == (RefusalCode.MIGRATION_OTHER_PRODUCT, "plan")


def test_a_product_that_the_catalogue_does_not_know_moves_to_no_plan():
    unknown = a_migrating_customer(a_standard_licence("Mail Gateway 3"))

    assert refusal_of(migrate(), a_case_situation(unknown)).code is RefusalCode.MIGRATION_OTHER_PRODUCT


@pytest.mark.parametrize(
    ("plan", "code"),
    [("no-such-plan", RefusalCode.PLAN_UNKNOWN), ("wf-services-trial", RefusalCode.PLAN_IS_TRIAL)],
)
def test_only_a_full_plan_of_the_catalogue_takes_a_licence_over(plan, code):
    assert refusal_of(migrate(plan), a_case_situation()).code is code


def test_what_the_customer_has_on_the_platform_already_cannot_be_migrated_to():
    owned = a_migrating_customer(CLOUD, subscriptions=[a_subscription()])

    refusal = refusal_of(migrate("wf-services-annual"), a_case_situation(owned))

    assert refusal.code is RefusalCode.COMPONENT_OWNED


def test_nothing_of_a_disabled_customer_is_migrated():
    customer = replace(a_migrating_customer(), enabled=False)

    assert refusal_of(migrate(), a_case_situation(customer)).code is RefusalCode.CUSTOMER_DISABLED


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("worry-free  services", {"WFS"}),
        ("WFBSS", {"WFS"}),
        ("Worry-Free", {"WFS", "WFBS"}),
        ("WF Services XDR", {"CAS", "TMES", "HES", "WFS", "EDR"}),
        ("", set()),
    ],
)
def test_a_product_is_known_by_its_name_by_plans_and_by_aliases(name, codes):
    assert {product.code for product in named_products(name, the_catalogue(), TODAY)} == codes


def test_the_plans_a_licence_can_move_to_are_offered_and_none_for_what_stays_outside():
    catalogue = the_catalogue()

    assert [plan.id for plan in targets(a_standard_licence(), catalogue, TODAY)] == ["wfbs-advanced"]
    assert {plan.id for plan in targets(CLOUD, catalogue, TODAY)} == {
        "wf-services-monthly",
        "wf-services-annual",
        "wf-services-advanced",
        "wf-services-xdr",
    }
    assert targets(replace(CLOUD, model="upfront"), catalogue, TODAY) == ()
    assert targets(replace(CLOUD, ended=TODAY), catalogue, TODAY) == ()


def test_the_previewed_term_is_the_one_the_key_gets():
    situation = a_case_situation()

    previewed = proposed(migrate(), situation).quote.after
    issued = done(migrate(), situation).customer.subscriptions[0]

    assert (previewed["starts"], previewed["ends"]) == (issued.start.isoformat(), issued.expires.isoformat())
