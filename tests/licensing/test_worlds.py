from datetime import UTC, datetime

import pytest

from assistant.domain.errors import InvalidInput
from assistant.domain.lookups import PartnerTotals, VisibleCustomers
from assistant.licensing.worlds import demo_world, read_world

SMALL = """
clock: 2026-03-15T10:00:00Z
catalogue: default
partners:
  Fourth Coffee:
    time_zone: Europe/Berlin
    customers:
      Adatum: {country: DE, subscriptions: [{plan: WF Services Monthly Rolling, seats: 40, start: 2025-04-01}]}
      Bellows: {}
      Citadel: {standard_licences: [{product: Worry-Free, hosting: on-prem, seats: 30}]}
    fill: {customers: 3, seats: 160}
users:
  ann: {role: partner_admin, partner: Fourth Coffee, password: a-long-password, totp_secret: JBSWY3DPEHPK3PXP}
  eve: {role: end_customer, customer: Adatum, password: another-password}
"""


def test_a_world_is_read_whole():
    world = read_world(SMALL)

    assert world.clock == datetime(2026, 3, 15, 10, tzinfo=UTC)
    assert [customer.name for customer in world.partners[0].customers] == ["Adatum", "Bellows", "Citadel"]
    assert [(user.username, user.name) for user in world.users] == [("ann", "Ann"), ("eve", "Eve")]


def test_filled_customers_make_up_exactly_the_seats_asked_for(backend):
    backend.loaded = backend.provisioning.load(read_world(SMALL).partners)
    user = backend.user(partner="Fourth Coffee")

    customers = backend.licensing.look_up(user, VisibleCustomers())

    assert backend.licensing.look_up(user, PartnerTotals()).seats == 200
    assert sorted(c.seats for c in customers if c.name.startswith("Anonymous")) == [53, 53, 54]


def test_loading_again_replaces_the_partner_and_keeps_its_id(backend):
    first = backend.provisioning.load(read_world(SMALL).partners)
    second = backend.provisioning.load(read_world(SMALL).partners)

    assert first["Fourth Coffee"].id == second["Fourth Coffee"].id
    assert [p.name for p in backend.provisioning.partners()] == ["Fourth Coffee", "Northwind", "Southridge"]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("clock: 2026", "clok: 2026", "clok"),
        ("catalogue: default", "catalogue: [x.toml]", "catalogue"),
        ("clock: 2026-03-15T10:00:00Z", "clock: soon", "clock"),
        ("Europe/Berlin", "Mars/Base", "partners.Fourth Coffee.time_zone"),
        ("country: DE", "country: NO", "partners.Fourth Coffee.customers.Adatum.country"),
        ("seats: 40", "seats: 0", "partners.Fourth Coffee.customers.Adatum.subscriptions[0].seats"),
        ("seats: 40", "seets: 40", "partners.Fourth Coffee.customers.Adatum.subscriptions[0].seats"),
        ("on-prem", "moon", "partners.Fourth Coffee.customers.Citadel.standard_licences[0].hosting"),
        ("seats: 160", "seats: 2", "partners.Fourth Coffee.fill.seats"),
        ("role: partner_admin", "role: king", "users.ann.role"),
        ("partner: Fourth Coffee", "partner: Nobody", "users.ann.partner"),
        ("customer: Adatum", "customer: Nobody", "users.eve.customer"),
        ("JBSWY3DPEHPK3PXP", "not-base-32", "users.ann.totp_secret"),
        ("role: end_customer, customer: Adatum", "role: sales, customer: Adatum", "users.eve.customer"),
        ("role: end_customer", "role: end_customer, partner: Fourth Coffee", "users.eve.partner"),
        ("eve: {role: end_customer, customer: Adatum", "ANN: {role: sales", "users.ANN"),
        ("clock: 2026-03-15T10:00:00Z", "clock: 9999-12-31T23:00:00Z", "clock"),
        ("clock: 2026-03-15T10:00:00Z", "clock: 0001-01-01T00:00:00+14:00", "clock"),
        (
            "start: 2025-04-01",
            "start: 9999-12-31",
            "partners.Fourth Coffee.customers.Adatum.subscriptions[0].start",
        ),
        (
            "product: Worry-Free",
            'product: "\\ud800"',
            "partners.Fourth Coffee.customers.Citadel.standard_licences[0].product",
        ),
        ("Bellows:", "Adatum:", "world"),
        ("Bellows:", '" ":', "partners.Fourth Coffee.customers"),
        ("Bellows:", '"Bel\\nlows":', "partners.Fourth Coffee.customers"),
        ("Bellows:", '"\\ud800":', "partners.Fourth Coffee.customers"),
        ("Bellows:", f"{'B' * 201}:", "partners.Fourth Coffee.customers"),
    ],
)
def test_a_fault_is_named_by_its_path(old, new, field):
    with pytest.raises(InvalidInput) as caught:
        read_world(SMALL.replace(old, new, 1))
    assert caught.value.field == field


@pytest.mark.parametrize(
    "text", ["a: [", "- 1", "7", "partners: [1]", "users: {anna: 3}", "partners: {1: {}}"]
)
def test_anything_that_is_no_world_is_refused(text):
    with pytest.raises(InvalidInput):
        read_world(text)


def test_an_unknown_plan_is_named_and_nothing_is_replaced(backend):
    before = backend.provisioning.partners()

    with pytest.raises(InvalidInput) as caught:
        backend.provisioning.load(read_world(SMALL.replace("Monthly Rolling", "Daily")).partners)

    assert caught.value.field == "partners.Fourth Coffee.customers.Adatum.subscriptions[0].plan"
    assert backend.provisioning.partners() == before


def test_the_demo_world_loads_on_any_day(backend):
    world = demo_world()

    backend.loaded = backend.provisioning.load(world.partners)

    assert world.clock is None
    assert backend.licensing.look_up(backend.user(), PartnerTotals()).seats > 0
    assert all(len(user.password) >= 12 for user in world.users)
