"""What can be started for a customer is what the rules allow, with their own reasons for the rest."""

from dataclasses import replace
from datetime import UTC, date, datetime

from assistant.domain.cases import CaseKind, opened
from assistant.domain.customer_lines import line_of
from assistant.domain.customers import StandardLicence
from assistant.domain.looking_ahead import events_ahead
from assistant.domain.refusals import RefusalCode
from assistant.domain.situations import CaseSituation
from assistant.domain.ways import OPS, ways
from support.licensing import (
    NOW,
    TODAY,
    a_customer,
    a_partner,
    a_policy,
    a_subscription,
    the_catalogue,
)
from web.templating import startable_for_customers
from web.wording import Wording


def obstacles(customer, cases=()):
    situation = CaseSituation(
        stored=customer,
        partner=a_partner(),
        catalogue=the_catalogue(),
        policy=a_policy(),
        now=datetime(2026, 3, 15, 12, tzinfo=UTC),
        total=0,
        case=None,
        actor="Anna",
        desk=False,
    )
    return {way.op: way.refusal and way.refusal.code for way in ways(situation, cases)}


def test_every_flow_for_one_customer_is_asked_about():
    assert set(OPS) >= set(startable_for_customers(Wording()))


def test_a_running_plan_can_be_changed_and_not_resumed():
    found = obstacles(a_customer(25))

    assert {op for op, code in found.items() if code is None} >= {
        "seats", "cancel", "suspend", "crossgrade", "term", "renewal", "trial", "support_case",
    }  # fmt: skip
    assert found["resume"] is RefusalCode.NOT_SUSPENDED
    assert found["convert_trial"] is RefusalCode.NOT_A_TRIAL


def test_a_customer_without_plans_can_get_one_and_little_else():
    found = obstacles(a_customer())

    assert {op for op, code in found.items() if code is None} == {"assign", "trial", "customer_state"}
    assert found["seats"] is RefusalCode.NO_SUBSCRIPTION
    assert found["migrate"] is RefusalCode.LICENCE_UNKNOWN


def test_a_disabled_customer_can_only_be_enabled_or_have_support():
    found = obstacles(replace(a_customer(25), enabled=False))

    assert {op for op, code in found.items() if code is None} == {"support_case", "customer_state"}
    assert found["seats"] is RefusalCode.CUSTOMER_DISABLED


def test_one_plan_that_allows_it_is_enough():
    suspended = replace(a_subscription(number=2), renew_months=None)

    assert obstacles(a_customer(subscriptions=(suspended, a_subscription())))["suspend"] is None


def test_a_licence_from_outside_can_be_migrated():
    outside = StandardLicence("X-1", "Worry-Free", "on-prem", "standard", 30)

    assert obstacles(replace(a_customer(), standard_licences=(outside,)))["migrate"] is None


def test_a_migration_that_runs_can_go_on_and_not_begin_again():
    outside = StandardLicence("X-1", "Worry-Free", "on-prem", "standard", 30)
    customer = replace(a_customer(), standard_licences=(outside,))
    about = {"product": "Worry-Free", "plan": "wfbs-advanced", "seats": "30"}
    case = opened("H-1", CaseKind.KEY_MIGRATION, customer, about, ("Anna", NOW), licence_id="X-1")

    found = obstacles(customer, (case,))

    assert found["migration_step"] is None
    assert found["migrate"] is RefusalCode.MIGRATION_RUNNING


def ahead(subscription):
    return [(event.kind.value, event.on.isoformat()) for event in events_ahead(subscription, TODAY)]


def test_what_renews_shows_its_next_renewal_only():
    assert ahead(a_subscription()) == [("renewed", "2026-04-01")]


def test_what_does_not_renew_shows_notice_and_every_step_of_its_end():
    found = ahead(replace(a_subscription(start=date(2026, 3, 10)), renew_months=None))

    assert found == [
        ("grace", "2026-04-10"), ("expired", "2026-05-10"), ("purged", "2026-06-10"),
    ]  # fmt: skip


def test_what_starts_later_shows_its_start():
    pending = replace(a_subscription(start=date(2026, 5, 1)), recorded=TODAY)

    assert ahead(pending)[0] == ("started", "2026-05-01")


def test_a_line_tells_what_comes_next_and_whether_it_ends():
    ends = replace(a_subscription(number=2, start=date(2026, 3, 10), seats=7), renew_months=None)
    line = line_of(a_customer(subscriptions=(a_subscription(), ends)), TODAY)

    assert (line.plans, line.seats, line.next, line.renews) == (2, 32, date(2026, 4, 1), True)
    assert line.ending


def test_a_line_of_a_customer_without_plans_has_no_day():
    line = line_of(a_customer(), TODAY)

    assert (line.plans, line.seats, line.next, line.ending, line.trial_ends) == (0, 0, None, False, None)
