from datetime import UTC, date, datetime

import pytest

from assistant.domain.actions import StartTrial
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.identifiers import PlanId
from assistant.domain.lookups import (
    ChangeByReference,
    CustomerById,
    History,
    PartnerTotals,
    PlanChoices,
    SeatLimits,
    VisibleCustomers,
)
from assistant.domain.principals import Role
from assistant.ports.wire.licensing import result_json


def a_trial(backend):
    return StartTrial(backend.customer("Lucerne"), PlanId("cloud-app-security"), 4)


def names(backend, **user):
    return [line.name for line in backend.licensing.look_up(backend.user(**user), VisibleCustomers())]


def test_a_partner_sees_its_own_customers_only(backend):
    assert "Contoso" in names(backend)
    assert names(backend, partner="Southridge") == ["Woodgrove"]


@pytest.mark.parametrize("role", [Role.SALES, Role.OPERATOR, Role.EDITOR, Role.END_CUSTOMER])
def test_other_roles_see_no_customers(backend, role):
    assert names(backend, role=role, partner=None) == []
    with pytest.raises(NotFound):
        backend.licensing.look_up(backend.user(role, partner=None), CustomerById(backend.customer("Contoso")))


def test_the_total_is_of_the_whole_partner_and_trials_do_not_count(backend):
    backend.change(a_trial(backend))

    totals = backend.licensing.look_up(backend.user(), PartnerTotals())
    lucerne = next(
        c for c in backend.licensing.look_up(backend.user(), VisibleCustomers()) if c.name == "Lucerne"
    )

    assert (totals.seats, totals.band) == (248, "101-250")
    assert (lucerne.plans, lucerne.seats, lucerne.trial_seats) == (1, 0, 4)


def test_an_ended_trial_is_expired_and_counts_no_more(backend):
    backend.change(a_trial(backend))
    backend.clock.advance(days=31)

    view = backend.licensing.look_up(backend.user(), CustomerById(backend.customer("Lucerne")))

    assert view.subscriptions[0].state == "expired"


def test_a_renewing_plan_shows_the_term_it_is_in(backend):
    view = backend.licensing.look_up(backend.user(), CustomerById(backend.customer("Contoso")))
    assert view.subscriptions[0].expires == date(2026, 4, 1)

    backend.clock.instant = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # the first of July in Berlin
    view = backend.licensing.look_up(backend.user(), CustomerById(backend.customer("Contoso")))

    assert view.subscriptions[0].expires == date(2026, 8, 1)
    assert view.subscriptions[0].state == "active"


def test_no_view_holds_a_full_activation_code(backend):
    backend.change(a_trial(backend))
    user = backend.user()
    full = [licence.code for s in backend.stored("Lucerne").subscriptions for licence in s.licences]

    shown = repr(
        [
            backend.licensing.look_up(user, look)
            for look in (CustomerById(backend.customer("Lucerne")), History())
        ]
    )

    assert full
    assert not any(code in shown for code in full)


def test_trials_can_be_had_of_single_services_each_once(backend):
    choices = backend.licensing.look_up(backend.user(), PlanChoices("trial", backend.customer("Lucerne")))

    assert [choice.name for choice in choices] == [
        "WF Services Monthly Rolling",
        "Email Security Standard",
        "Hosted Email Security",
        "Cloud App Security",
    ]


def test_seats_can_be_changed_of_active_full_plans(backend):
    backend.change(a_trial(backend))

    contoso = backend.licensing.look_up(backend.user(), PlanChoices("seats", backend.customer("Contoso")))
    lucerne = backend.licensing.look_up(backend.user(), PlanChoices("seats", backend.customer("Lucerne")))

    assert [(choice.name, choice.seats) for choice in contoso] == [("WF Services Monthly Rolling", 25)]
    assert lucerne == ()


def test_the_history_is_the_partners_own_newest_first(backend):
    first = backend.change(a_trial(backend))
    user, other = backend.user(), backend.user(partner="Southridge")

    assert backend.licensing.look_up(user, ChangeByReference(first.reference)).op == "trial"
    assert backend.licensing.look_up(user, History(backend.customer("Contoso"))) == ()
    assert backend.licensing.look_up(other, History()) == ()
    with pytest.raises(NotFound):
        backend.licensing.look_up(other, ChangeByReference(first.reference))


@pytest.mark.parametrize(
    "lookup", [History(limit=0), History(limit=501), SeatLimits("nfr"), PlanChoices("magic")]
)
def test_lookups_out_of_bounds_name_their_field(backend, lookup):
    with pytest.raises(InvalidInput):
        backend.licensing.look_up(backend.user(), lookup)


def test_results_have_a_json_form_with_types(backend):
    view = result_json(backend.licensing.look_up(backend.user(), CustomerById(backend.customer("Contoso"))))

    assert view["type"] == "customer_view"
    assert view["subscriptions"][0]["type"] == "subscription_view"
    assert view["subscriptions"][0]["expires"] == "2026-04-01"
