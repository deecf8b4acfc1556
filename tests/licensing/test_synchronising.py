from datetime import timedelta

import pytest

from assistant.domain.actions import ChangeSeats, CreateCustomer
from assistant.domain.case_lookups import RemoteManager
from assistant.domain.errors import InvalidInput
from assistant.domain.lookups import CustomerById, History, VisibleCustomers
from assistant.domain.principals import Role
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.licensing.due import DueWork
from assistant.licensing.synchronising import synchronise
from assistant.licensing.worlds import read_world

WORLD = """
partners:
  Northwind:
    customers:
      Contoso: {subscriptions: [{plan: WF Services Monthly Rolling, seats: 25, start: 2025-04-01}]}
    remote_customers: [Lucerne, " contoso "]
  Southridge:
    standard_tenant: true
    customers: {Coho: {}}
    remote_customers: [Blue Yonder]
"""


@pytest.fixture
def backend(each_backend):
    return each_backend(WORLD)


def run(backend):
    steps = [synchronise]
    due = DueWork(backend.storage, backend.catalogues, backend.policy, backend.clock, backend.ids, steps)
    return dict(due.run())


def remote(backend, partner="Northwind"):
    found = backend.licensing.look_up(backend.user(partner=partner), RemoteManager())
    return {view.name: view for view in found}


def view_of(backend, name, partner="Northwind"):
    user = backend.user(partner=partner)
    listed = backend.licensing.look_up(user, VisibleCustomers())
    found = next(line for line in listed if line.name == name)
    return backend.licensing.look_up(user, CustomerById(found.id))


def history(backend, partner="Northwind"):
    return [
        (item.kind, item.customer)
        for item in backend.licensing.look_up(backend.user(partner=partner), History())
    ]


def test_a_customer_created_here_is_there_some_minutes_later(backend):
    backend.change(CreateCustomer("Adatum"))
    assert view_of(backend, "Adatum").sync == "pending"
    assert "Adatum" not in remote(backend)

    backend.clock.advance(minutes=5)
    assert run(backend) == {"customer_imported": 1, "customer_synced": 1}

    adatum = view_of(backend, "Adatum")
    assert (adatum.sync, adatum.sync_refusal) == ("synced", None)
    assert remote(backend)["Adatum"].customer_id == adatum.id


def test_a_customer_created_there_is_here_some_minutes_later_with_an_audit_entry(backend):
    assert run(backend) == {}
    backend.clock.advance(minutes=7)
    run(backend)

    lucerne = view_of(backend, "Lucerne")
    assert (lucerne.sync, lucerne.subscriptions) == ("synced", ())
    assert history(backend) == [("customer_imported", "Lucerne")]
    (item,) = backend.licensing.look_up(backend.user(), History(lucerne.id))
    assert item.when == backend.clock.now() - timedelta(minutes=2)
    assert backend.licensing.verify_audit() == {"Northwind": (), "Southridge": ()}


def test_one_created_on_both_sides_at_once_is_one_customer(backend):
    backend.change(CreateCustomer("Lucerne"))
    backend.clock.advance(minutes=6)
    run(backend)

    lucerne = view_of(backend, "Lucerne")
    assert remote(backend)["Lucerne"].customer_id == lucerne.id
    assert history(backend) == [("customer_synced", "Lucerne"), ("customer", "Lucerne")]


def test_another_customer_of_a_name_that_is_taken_stays_alone_with_the_reason(backend):
    backend.clock.advance(minutes=6)
    run(backend)

    refused = remote(backend)[" contoso "]
    assert (refused.sync, refused.sync_refusal, refused.customer_id) == ("failed", "name_taken", None)
    assert ("customer_imported", " contoso ") not in history(backend)


def test_nothing_passes_to_or_from_a_remote_manager_of_standard_licences(backend):
    backend.change(CreateCustomer("Woodgrove"), backend.user(partner="Southridge"))
    backend.clock.advance(days=2)
    run(backend)

    assert view_of(backend, "Woodgrove", "Southridge").sync_refusal == "standard_tenant"
    assert view_of(backend, "Coho", "Southridge").sync == "failed"
    assert remote(backend, "Southridge").keys() == {"Blue Yonder"}
    assert remote(backend, "Southridge")["Blue Yonder"].sync_refusal == "standard_tenant"
    assert history(backend, "Southridge") == [("customer", "Woodgrove")]


def test_running_again_does_nothing(backend):
    backend.change(CreateCustomer("Adatum"))
    backend.clock.advance(minutes=6)
    run(backend)
    before = history(backend)
    backend.clock.advance(days=400)

    counted = run(backend)

    assert counted.keys() <= {"renewed", "subscriptions"}
    assert [item for item in history(backend) if item[0] != "renewed"] == before


def test_a_name_that_is_on_its_way_cannot_be_given_again(backend):
    backend.clock.advance(minutes=6)

    refusal = backend.licensing.preview(backend.user(), CreateCustomer("lucerne"))

    assert isinstance(refusal, Refusal)
    assert refusal.code is RefusalCode.CUSTOMER_EXISTS


def test_a_preview_survives_the_synchronisation_of_its_customer(backend):
    receipt = backend.change(CreateCustomer("Adatum"))
    with backend.storage.reading() as unit:
        version = unit.customers.get(backend.loaded["Northwind"].id, receipt.customer_id).version
    contoso = backend.stored("Contoso")
    capsule = backend.confirm(ChangeSeats(contoso.id, contoso.subscriptions[0].id, 30))
    backend.clock.advance(minutes=6)
    run(backend)

    with backend.storage.reading() as unit:
        assert unit.customers.get(backend.loaded["Northwind"].id, receipt.customer_id).version == version
    assert not isinstance(backend.execute(capsule), Refusal)


def test_the_remote_manager_is_shown_to_its_partner_only_and_in_bounds(backend):
    assert backend.licensing.look_up(backend.user(Role.OPERATOR, partner=None), RemoteManager()) == ()
    with pytest.raises(InvalidInput, match="1 to 500"):
        backend.licensing.look_up(backend.user(), RemoteManager(0))


@pytest.mark.parametrize("names", ["[1]", '["  "]', "Lucerne"])
def test_a_world_names_customers_of_the_remote_manager_as_texts(names):
    with pytest.raises(InvalidInput) as caught:
        read_world(f"partners: {{Northwind: {{remote_customers: {names}}}}}")

    assert caught.value.field == "partners.Northwind.remote_customers"
