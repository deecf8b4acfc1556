"""Deadlines among the other due work: each report once, from however many machines, and in any order with changes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from assistant.domain.actions import ChangeRenewal, ReviewReport, SubmitReport
from assistant.domain.principals import Role
from assistant.domain.report_lookups import MonthUsage, WhyBilled
from assistant.licensing.due import DueWork
from assistant.licensing.report_deadlines import submit_due_reports

WORLD = """
partners:
  Northwind:
    time_zone: Europe/Berlin
    customers:
      Contoso: {subscriptions: [{plan: WF Services Monthly Rolling, seats: 25, start: 2026-01-10, used: 5}]}
"""
AFTER = datetime(2026, 4, 12, tzinfo=UTC)


def due_work(backend):
    steps = (submit_due_reports,)
    return DueWork(backend.storage, backend.catalogues, backend.policy, backend.clock, backend.ids, steps)


def steps_of(backend):
    with backend.storage.reading() as unit:
        found = unit.audit.newest(backend.loaded["Northwind"].id, None, 500)
    return sorted((e.values["month"], e.kind, e.op) for e in found if "report" in e.kind)


def usage(backend, month="2026-03"):
    return backend.licensing.look_up(backend.user(), MonthUsage(month))


def test_several_machines_submit_each_report_once(each_backend):
    backend = each_backend(WORLD)
    backend.clock.set(AFTER)

    with ThreadPoolExecutor(4) as machines:
        done = list(machines.map(lambda _: due_work(backend).run(), range(4)))

    assert sum(counted.get("reports", 0) for counted in done) == 3
    assert steps_of(backend) == [(f"2026-0{month}", "usage_report", "due") for month in (1, 2, 3)]
    assert backend.licensing.verify_audit() == {"Northwind": ()}


def test_what_was_submitted_by_hand_is_left_alone(each_backend):
    backend = each_backend(WORLD)
    backend.clock.set(datetime(2026, 4, 3, tzinfo=UTC))
    key = usage(backend).lines[0].key
    backend.change(SubmitReport("2026-03", ((key, 5, "Twenty left"),)))
    backend.clock.set(AFTER)
    due_work(backend).run()

    assert (usage(backend).total, usage(backend).review) == (5, "manual")
    assert ("2026-03", "usage_report", "due") not in steps_of(backend)


def test_a_rejected_report_waits_for_its_partner_however_long(each_backend):
    backend = each_backend(WORLD)
    backend.clock.set(AFTER)
    due_work(backend).run()
    olga = backend.user(Role.OPERATOR, partner=None, user_id="U-olga")
    reject = ReviewReport(backend.loaded["Northwind"].id, "2026-03", "reject", "Twenty unused seats: why?")
    backend.change(reject, olga)
    backend.clock.advance(days=300)
    due_work(backend).run()

    report = usage(backend)
    assert (report.state, report.editable, report.reason) == ("rejected", True, "Twenty unused seats: why?")
    assert report.lines[0].needs_comment


def test_seats_that_ended_with_their_term_lead_to_that_end(each_backend):
    backend = each_backend(WORLD)
    contoso = backend.stored("Contoso")
    backend.change(ChangeRenewal(contoso.id, contoso.subscriptions[0].id, 0))
    backend.clock.set(AFTER)
    due_work(backend).run()

    (span,) = backend.licensing.look_up(
        backend.user(), WhyBilled("2026-04", usage(backend, "2026-04").lines[0].key)
    ).spans

    assert (span.began, span.ended.kind, span.ended.when) == (None, "grace", span.until)
    assert usage(backend, "2026-05").lines == ()
