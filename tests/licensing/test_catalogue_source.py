import pytest

from assistant.domain.errors import InvalidInput
from assistant.licensing.catalogue import parse_catalogue, read_catalogue
from assistant.licensing.catalogue_source import CatalogueInForce
from assistant.licensing.provisioning import Provisioning
from assistant.licensing.worlds import read_world

OTHER = """
[[band_cards]]
since = 1970-01-01
bands = [{minimum = 1}]
[[products]]
code = "BOX"
name = "Mailbox Guard"
kind = "SaaS"
family = "MG"
data_centers = ["Bern"]
[[plans]]
id = "box"
name = "Mailbox Guard Monthly"
product = "BOX"
initial_months = 1
renew_months = 1
"""
BOXED = """
partners:
  Northwind: {customers: {Contoso: {subscriptions: [{plan: Mailbox Guard Monthly, seats: 3}]}}}
  Southridge: {fill: {customers: 2, seats: 7, plan: Mailbox Guard Monthly}}
"""
EMPTY = "partners: {Northwind: {}, Southridge: {}}"
NORTHWIND_ONLY = "partners: {Northwind: {}}"


@pytest.fixture
def backend(each_backend):
    return each_backend()


def in_force(backend):
    return CatalogueInForce(backend.storage, read_catalogue())


def load(backend, world, text):
    provisioning = Provisioning(backend.storage, in_force(backend), backend.clock, backend.ids)
    return provisioning.load(read_world(world).partners, catalogue_text=text)


def test_without_a_stored_one_the_catalogue_of_the_settings_is_in_force(backend):
    assert in_force(backend).current() == in_force(backend).configured() == read_catalogue()


def test_what_a_world_brings_is_in_force_for_every_process_of_the_database(backend):
    another_process = in_force(backend)
    before = another_process.current()

    load(backend, BOXED, OTHER)

    assert another_process.current() == parse_catalogue(OTHER)
    assert another_process.current() != before
    assert another_process.configured() == before


def test_it_stays_in_force_until_a_world_says_otherwise(backend):
    load(backend, BOXED, OTHER)
    load(backend, BOXED, None)
    assert in_force(backend).current() == parse_catalogue(OTHER)

    load(backend, EMPTY, "")

    assert in_force(backend).current() == read_catalogue()


@pytest.mark.parametrize("text", [OTHER, OTHER.replace("initial_months = 1", "initial_months = 0")])
def test_a_catalogue_without_what_stays_or_with_a_fault_changes_nothing(backend, text):
    with pytest.raises(InvalidInput) as caught:
        load(backend, NORTHWIND_ONLY, text)

    assert caught.value.field == "catalogue"
    assert in_force(backend).current() == read_catalogue()
    assert backend.stored("Contoso").subscriptions


def test_all_that_is_missing_is_named_in_one_report(backend):
    with pytest.raises(InvalidInput) as caught:
        load(backend, NORTHWIND_ONLY, OTHER)

    assert caught.value.message == (
        "lacks the plan wf-services-monthly, which customers have; lacks the product WFS, which customers have"
    )


def test_a_catalogue_of_the_settings_is_held_against_what_is_stored(backend):
    configured = CatalogueInForce(backend.storage, parse_catalogue(OTHER))

    assert in_force(backend).faults() == ()
    assert "lacks the plan wf-services-xdr, which customers have" in configured.faults()
