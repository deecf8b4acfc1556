"""The end of life of a product in the backend: told by the catalogue, ended on its day, whenever due work runs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from assistant.domain.actions import AssignPlan, ChangeSeats
from assistant.domain.identifiers import PlanId
from assistant.domain.lookups import CustomerById, PartnerTotals, VisibleCustomers
from assistant.domain.report_lookups import MonthUsage
from assistant.licensing.due import DueWork
from support.licensing import FixedCatalogue, the_catalogue

WORLD = """
partners:
  Northwind:
    time_zone: America/New_York
    customers:
      Contoso: {subscriptions: [{plan: Cloud App Security, seats: 25, start: 2026-01-31}]}
      Fabrikam: {subscriptions: [{plan: Hosted Email Security, seats: 10, start: 2026-02-01}]}
"""
END = date(2026, 5, 20)
CAS = PlanId("cloud-app-security")


def ending(on=END):
    catalogue = the_catalogue()
    ended = replace(catalogue.products["CAS"], end_of_life=on)
    return replace(catalogue, products={**catalogue.products, "CAS": ended}, revision=f"until-{on}")


def with_catalogue(backend, catalogue):
    backend.catalogue, backend.catalogues = catalogue, FixedCatalogue(catalogue)
    backend.licensing = backend.another(catalogue)
    return backend


def run(backend):
    return DueWork(backend.storage, backend.catalogues, backend.policy, backend.clock, backend.ids).run()


def shown(backend):
    found = backend.licensing.look_up(backend.user(), CustomerById(backend.customer("Contoso")))
    return found.subscriptions[0]


def state(backend):
    return shown(backend).state


def figures(backend):
    user = backend.user()
    seats = {c.name: c.seats for c in backend.licensing.look_up(user, VisibleCustomers())}
    return seats, backend.licensing.look_up(user, PartnerTotals()).seats


def lines(backend, month):
    found = backend.licensing.look_up(backend.user(), MonthUsage(month)).lines
    return {(line.customer, line.provisioned) for line in found}


def recorded(backend):
    with backend.storage.reading() as unit:
        entries = unit.audit.newest(backend.loaded["Northwind"].id, None, 5000)
    return sorted((e.when, e.kind, e.customer, tuple(e.values.items())) for e in entries if e.op == "due")


def test_a_new_catalogue_ends_what_customers_have_on_its_day_and_bills_it_no_more(each_backend):
    backend = with_catalogue(each_backend(WORLD), ending())

    assert run(backend)["end_of_life"] == 1
    assert "end_of_life" not in run(backend)
    backend.clock.set(datetime(2026, 5, 20, 3, 59, tzinfo=UTC))
    assert (state(backend), figures(backend)) == ("active", ({"Contoso": 25, "Fabrikam": 10}, 35))
    assert not shown(backend).auto_renew
    backend.clock.set(datetime(2026, 5, 20, 4, 0, tzinfo=UTC))
    assert (state(backend), figures(backend)) == ("purged", ({"Contoso": 0, "Fabrikam": 10}, 10))
    assert lines(backend, "2026-05") == {("Contoso", 25), ("Fabrikam", 10)}
    assert lines(backend, "2026-06") == {("Fabrikam", 10)}
    assert not any(backend.licensing.verify_audit().values())


def test_a_postponed_end_is_taken_over_and_a_past_one_stays(each_backend):
    backend = with_catalogue(each_backend(WORLD), ending())
    run(backend)
    with_catalogue(backend, ending(END + timedelta(days=30)))

    assert run(backend)["end_of_life"] == 1
    backend.clock.set(datetime(2026, 5, 25, tzinfo=UTC))
    assert (state(backend), figures(backend)[1]) == ("active", 35)
    backend.clock.set(datetime(2026, 6, 25, tzinfo=UTC))
    run(backend)
    with_catalogue(backend, the_catalogue())

    assert "end_of_life" not in run(backend)
    assert (state(backend), figures(backend)[1]) == ("purged", 10)


def test_one_that_is_learnt_too_late_ends_at_once(each_backend):
    backend = with_catalogue(each_backend(WORLD), ending(date(2026, 2, 20)))

    run(backend)

    assert (state(backend), figures(backend)[1]) == ("purged", 10)
    assert lines(backend, "2026-03") == {("Contoso", 25), ("Fabrikam", 10)}
    assert lines(backend, "2026-04") == {("Fabrikam", 10)}


def test_daily_runs_and_a_jump_of_years_record_the_same_end(each_backend):
    daily, jumped = (with_catalogue(each_backend(WORLD), ending()) for _ in range(2))
    for backend in (daily, jumped):
        run(backend)
        backend.change(AssignPlan(backend.customer("Fabrikam"), CAS, 7))
    while daily.clock.now() < datetime(2026, 7, 1, tzinfo=UTC):
        daily.clock.advance(days=1)
        run(daily)
    jumped.clock.set(daily.clock.now())
    run(jumped)

    assert recorded(daily) == recorded(jumped)
    assert [kind for _, kind, customer, _ in recorded(daily) if customer == "Contoso"][-1] == "purged"
    assert figures(daily) == figures(jumped)


def test_a_change_keeps_the_end_and_the_record_of_seats(each_backend):
    backend = with_catalogue(each_backend(WORLD), ending())
    run(backend)
    subscription = backend.stored("Contoso").subscriptions[0]

    backend.change(ChangeSeats(backend.customer("Contoso"), subscription.id, 40))
    backend.clock.set(datetime(2026, 5, 21, tzinfo=UTC))

    assert figures(backend) == ({"Contoso": 0, "Fabrikam": 10}, 10)
