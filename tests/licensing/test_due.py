"""Due work: the same entries whether it runs daily or after years, and nothing twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from assistant.domain.actions import Cancel, ChangeRenewal, ChangeSeats
from assistant.domain.lifecycle import next_due
from assistant.licensing.due import DueWork

WORLD = """
partners:
  Northwind:
    time_zone: America/New_York
    customers:
      Contoso: {subscriptions: [{plan: WF Services Monthly Rolling, seats: 25, start: 2026-01-31}]}
      Fabrikam: {subscriptions: [{plan: WF Services Annual, seats: 10, start: 2025-12-01}]}
      Tailspin: {subscriptions: [{plan: WF Services XDR, seats: 60, start: 2025-03-15}]}
      Adatum: {subscriptions: [{plan: Email Security Standard Trial, seats: 5, start: 2026-03-10}]}
      Woodgrove: {enabled: false, subscriptions: [{plan: Hosted Email Security, seats: 8, start: 2026-02-01}]}
  Southridge:
    customers:
      Humongous: {subscriptions: [{plan: Cloud App Security, seats: 3, start: 2026-03-01}]}
"""


def due_work(backend):
    return DueWork(backend.storage, backend.catalogues, backend.policy, backend.clock, backend.ids)


def subscription_of(backend, name):
    return backend.stored(name).subscriptions[0]


def recorded_of(backend, partner="Northwind"):
    """What was recorded as due, without when and under which reference it was written."""
    with backend.storage.reading() as unit:
        entries = unit.audit.newest(backend.loaded[partner].id, None, 5000)
    found = (e for e in entries if e.op == "due")
    return sorted((e.when, e.kind, e.customer, tuple(e.values.items()), e.capsule_hash) for e in found)


def run_until(backend, end, step):
    while backend.clock.now() < end:
        backend.clock.set(min(backend.clock.now() + step, end))
        due_work(backend).run()


def test_a_jump_of_years_records_what_daily_runs_would_have(each_backend):
    end = datetime(2026, 8, 2, 15, 0, tzinfo=UTC)
    daily, jumped = each_backend(WORLD), each_backend(WORLD)
    run_until(daily, end, timedelta(days=1))
    run_until(jumped, end, timedelta(days=5000))

    without_ids = [[entry[:4] for entry in recorded_of(b)] for b in (daily, jumped)]
    assert without_ids[0] == without_ids[1] != []
    for name in ("Contoso", "Fabrikam", "Tailspin", "Adatum", "Woodgrove"):
        first, second = (subscription_of(backend, name) for backend in (daily, jumped))
        assert (first.expires, next_due(first)) == (second.expires, next_due(second))


def test_a_second_run_finds_nothing(each_backend):
    backend = each_backend(WORLD)
    backend.clock.set(datetime(2026, 9, 1, tzinfo=UTC))

    first = due_work(backend).run()

    assert first["renewed"] > 5
    assert due_work(backend).run() == {}
    assert not any(backend.licensing.verify_audit().values())


def test_machines_that_start_at_once_record_everything_once(each_backend):
    alone, together = each_backend(WORLD), each_backend(WORLD)
    for backend in (alone, together):
        backend.clock.set(datetime(2026, 9, 1, tzinfo=UTC))
    due_work(alone).run()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: due_work(together).run(), range(4)))

    assert [e[:4] for e in recorded_of(together)] == [e[:4] for e in recorded_of(alone)]
    assert not any(together.licensing.verify_audit().values())


def test_a_change_records_first_what_had_fallen_due_for_its_customer(each_backend):
    backend = each_backend(WORLD)
    backend.clock.set(datetime(2026, 6, 10, tzinfo=UTC))
    contoso = backend.customer("Contoso")

    backend.change(ChangeSeats(contoso, subscription_of(backend, "Contoso").id, 30))

    with backend.storage.reading() as unit:
        entries = unit.audit.newest(backend.loaded["Northwind"].id, contoso, 50)
    assert [e.kind for e in entries] == ["seats", "renewed", "renewed", "renewed"]
    due_work(backend).run()
    assert len([e for e in recorded_of(backend) if e[2] == "Contoso"]) == 3


def test_a_preview_stays_good_over_a_run_that_changes_nothing_it_says(each_backend):
    backend = each_backend(WORLD)
    backend.clock.set(datetime(2026, 6, 10, tzinfo=UTC))
    contoso = backend.customer("Contoso")
    capsule = backend.confirm(ChangeSeats(contoso, subscription_of(backend, "Contoso").id, 30))

    due_work(backend).run()

    assert backend.execute(capsule).values["seats_after"] == 30


def test_what_is_cancelled_or_does_not_renew_is_recorded_no_further(each_backend):
    backend = each_backend(WORLD)
    contoso, fabrikam = backend.customer("Contoso"), backend.customer("Fabrikam")
    backend.change(Cancel(contoso, subscription_of(backend, "Contoso").id))
    backend.change(ChangeRenewal(fabrikam, subscription_of(backend, "Fabrikam").id, 0), task_id="T-2")
    backend.clock.set(datetime(2030, 1, 1, tzinfo=UTC))

    due_work(backend).run()

    told = [(kind, customer) for _, kind, customer, *_ in recorded_of(backend)]
    assert not [one for one in told if one[1] == "Contoso"]
    assert [kind for kind, customer in told if customer == "Fabrikam"] == [
        "notice",
        "grace",
        "expired",
        "purged",
    ]


def test_a_partner_replaced_meanwhile_stops_nothing(each_backend):
    backend = each_backend(WORLD)
    backend.clock.set(datetime(2026, 9, 1, tzinfo=UTC))
    work = due_work(backend)
    with backend.storage.writing() as unit:
        unit.partners.remove(backend.loaded["Southridge"].id)
        unit.commit()

    assert work.run()["renewed"] > 0
    assert subscription_of(backend, "Tailspin").recorded.isoformat() == "2026-08-31"
