"""Samples of use: by names, one by one, or out of a world file."""

import json

import pytest

from assistant.domain.errors import InvalidInput
from assistant.licensing.usage_desk import UsageDesk
from assistant.licensing.worlds import read_world


@pytest.fixture
def desk(backend):
    return UsageDesk(backend.storage, backend.catalogues, backend.clock)


def used(desk, month="2026-03", customer="Contoso"):
    return [line.used for line in desk.report("Northwind", month).lines if line.customer == customer]


@pytest.mark.parametrize(
    ("customer", "plan"),
    [
        ("Contoso", "WF Services Monthly Rolling"),
        (" contoso ", "wf services monthly rolling"),
        ("CONTOSO", "Worry-Free Services"),
    ],
)
def test_customers_and_plans_go_by_their_names(desk, customer, plan):
    desk.record("Northwind", customer, plan, 17)

    assert used(desk) == [17]


def test_a_second_sample_of_an_instant_takes_its_place(desk):
    desk.record("Northwind", "Contoso", "Worry-Free Services", 17)
    desk.record("Northwind", "Contoso", "Worry-Free Services", 12)

    assert used(desk) == [12]


@pytest.mark.parametrize(
    ("partner", "customer", "plan", "seats", "field", "said"),
    [
        ("Northwynd", "Contoso", "Worry-Free Services", 1, "partner", "Northwind, Southridge"),
        ("Northwind", "Woodgrove", "Worry-Free Services", 1, "customer", "Northwind"),
        ("Northwind", "Contoso", "Cloud App Security", 1, "plan", "WF Services Monthly Rolling"),
        ("Northwind", "Lucerne", "Cloud App Security", 1, "plan", "none"),
        ("Northwind", "Contoso", "Worry-Free Services", -1, "seats", "999999"),
        ("Northwind", "Contoso", "Worry-Free Services", 1_000_000, "seats", "999999"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_possible(desk, partner, customer, plan, seats, field, said):
    with pytest.raises(InvalidInput) as refused:
        desk.record(partner, customer, plan, seats)

    assert (refused.value.field, said in refused.value.message) == (field, True)


def test_without_partners_there_is_none_to_report_on(each_backend):
    backend = each_backend("partners: {}")

    with pytest.raises(InvalidInput) as refused:
        UsageDesk(backend.storage, backend.catalogues, backend.clock).report("Northwind", "2026-03")

    assert refused.value.field == "partner"


def test_a_world_tells_the_use_since_a_plan_began(each_backend):
    backend = each_backend(
        """
        partners:
          Northwind:
            customers:
              Contoso:
                subscriptions:
                  - {plan: WF Services Monthly Rolling, seats: 25, start: 2026-01-10, used: 20}
                  - {plan: Cloud App Security, seats: 5, start: 2026-04-01, used: 1}
                  - {plan: Email Security Standard, seats: 5, start: 2020-01-10, used: 0}
        """
    )
    desk = UsageDesk(backend.storage, backend.catalogues, backend.clock)

    assert [used(desk, f"2026-0{month}") for month in (1, 2, 3, 4)] == [[0, 20], [0, 20], [0, 20], [None] * 3]
    assert used(desk, "2024-03") == [None]


@pytest.mark.parametrize("value", [-1, 1_000_000, "many", True])
def test_a_world_that_tells_the_use_wrongly_names_the_place(value):
    plan = {"plan": "Cloud App Security", "seats": 5, "used": value}
    world = {"partners": {"Northwind": {"customers": {"Contoso": {"subscriptions": [plan]}}}}}

    with pytest.raises(InvalidInput) as refused:
        read_world(json.dumps(world))

    assert refused.value.field == "partners.Northwind.customers.Contoso.subscriptions[0].used"
