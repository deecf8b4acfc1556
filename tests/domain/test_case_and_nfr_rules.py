from dataclasses import replace

import pytest

from assistant.domain.actions import OpenCase, OrderNfr
from assistant.domain.activation_codes import ACTIVATION_CODE
from assistant.domain.assessment import propose
from assistant.domain.cases import CaseKind, CaseState
from assistant.domain.identifiers import PlanId, SubscriptionId
from assistant.domain.quotes import ConsequenceCode
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.domain.subscriptions import SubscriptionState
from support.cases import CUSTOMER, a_case_situation, an_nfr_situation, done, proposed, told
from support.licensing import TODAY, a_customer, a_subscription

WFS = PlanId("wf-services-monthly")


def support_case(reason="agents offline", one="restarted them", two="read the logs", subscription="S-1"):
    return OpenCase(CUSTOMER, SubscriptionId(subscription), reason, one, two)


def order(plan=WFS, name="Training room"):
    return OrderNfr(plan, name)


def refusal_of(action, situation):
    refusal = propose(action, situation)
    assert isinstance(refusal, Refusal), refusal
    return refusal


def test_a_case_carries_what_both_levels_of_support_did_and_changes_no_licence():
    situation = a_case_situation(a_customer(25))

    outcome = done(support_case(), situation)

    assert told(proposed(support_case(), situation)) == {ConsequenceCode.CASE_FOR_PARTNERS}
    assert outcome.customer is None
    assert (outcome.case.kind, outcome.case.state) == (CaseKind.SUPPORT, CaseState.OPEN)
    assert dict(outcome.case.about) == {
        "reason": "agents offline",
        "level_one": "restarted them",
        "level_two": "read the logs",
    }


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 1001])
@pytest.mark.parametrize("field", ["reason", "level_one", "level_two"])
def test_all_three_texts_are_needed(field, text):
    refusal = refusal_of(replace(support_case(), **{field: text}), a_case_situation(a_customer(25)))

    assert (refusal.code, refusal.slot) == (RefusalCode.CASE_TEXT_NEEDED, "reason")
    assert refusal.params["field"] == field


def test_a_case_is_about_something_the_customer_has():
    ended = a_customer(subscriptions=[a_subscription().ending(TODAY, SubscriptionState.CANCELLED)])

    assert refusal_of(support_case(), a_case_situation(ended)).code is RefusalCode.SUBSCRIPTION_GONE
    none = refusal_of(support_case(subscription="S-9"), a_case_situation(ended))
    assert none.code is RefusalCode.NO_SUBSCRIPTION


def test_a_case_can_be_opened_for_a_disabled_customer():
    assert proposed(support_case(), a_case_situation(replace(a_customer(25), enabled=False)))


def test_an_own_licence_is_free_and_carries_a_visibly_synthetic_code():
    situation = an_nfr_situation()

    licence = done(order(name="  Training   room "), situation).nfr

    assert told(proposed(order(), situation)) == {ConsequenceCode.NFR_FREE, ConsequenceCode.NFR_FIXED}
    assert (licence.product, licence.name) == ("WFS", "Training room")
    assert ACTIVATION_CODE.fullmatch(licence.code)
    assert licence.code.split("-")[1] == "DEMO"


def test_there_is_one_for_each_product_and_others_remain_possible():
    owned = done(order(), an_nfr_situation()).nfr

    assert refusal_of(order(), an_nfr_situation(owned)).code is RefusalCode.NFR_OWNED
    annual = refusal_of(order(PlanId("wf-services-annual")), an_nfr_situation(owned))
    assert annual.code is RefusalCode.NFR_OWNED
    assert proposed(order(PlanId("email-security-standard")), an_nfr_situation(owned))


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        ("no-such-plan", RefusalCode.PLAN_UNKNOWN),
        ("wf-services-trial", RefusalCode.PLAN_IS_TRIAL),
        ("edr-add-on", RefusalCode.NFR_NOT_AVAILABLE),
        ("wf-services-xdr", RefusalCode.NFR_NOT_AVAILABLE),
    ],
)
def test_only_some_products_have_one(plan, code):
    assert refusal_of(order(PlanId(plan)), an_nfr_situation()).code is code


@pytest.mark.parametrize("name", ["", "   ", "x" * 151])
def test_it_needs_a_name(name):
    assert refusal_of(order(name=name), an_nfr_situation()).code is RefusalCode.NFR_NAME_NEEDED
