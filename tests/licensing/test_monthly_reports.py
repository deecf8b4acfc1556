"""A month of a partner in the backend: what it bills, how its report goes its way, and what stands in the audit."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.actions import (
    AssignPlan,
    Cancel,
    ChangeSeats,
    Crossgrade,
    ReviewReport,
    StartTrial,
    SubmitReport,
)
from assistant.domain.errors import InvalidInput, NotFound, QuoteOutdated
from assistant.domain.identifiers import PlanId
from assistant.domain.principals import Role
from assistant.domain.refusals import RefusalCode
from assistant.domain.report_lookups import MonthUsage, Reports
from assistant.licensing.report_deadlines import submit_due_reports
from assistant.licensing.scope import Surroundings
from assistant.licensing.usage_desk import UsageDesk

IN_MARCH = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
AFTER_MARCH = datetime(2026, 4, 2, 8, 0, tzinfo=UTC)
AFTER_DEADLINE = datetime(2026, 4, 11, 8, 0, tzinfo=UTC)
MARCH, MARCHS_REPORT = "2026-03", SubmitReport("2026-03")


def usage(backend, month=MARCH, user=None):
    return backend.licensing.look_up(user or backend.user(), MonthUsage(month))


def line(backend, customer="Contoso", product="WFS", month=MARCH):
    lines = usage(backend, month).lines
    return next((x for x in lines if (x.customer, x.product) == (customer, product)), None)


def contoso(backend):
    return backend.stored("Contoso").subscriptions[0].id


def set_seats(backend, seats):
    backend.change(ChangeSeats(backend.customer("Contoso"), contoso(backend), seats), task_id=f"T-{seats}")


def sample(backend, used, customer="Contoso", plan="WF Services Monthly Rolling"):
    desk = UsageDesk(backend.storage, backend.catalogues, backend.clock)
    desk.record("Northwind", customer, plan, used)


def olga(backend):
    return backend.user(Role.OPERATOR, partner=None, user_id="U-olga")


def review(backend, decision, reason=None, month=MARCH):
    action = ReviewReport(backend.loaded["Northwind"].id, month, decision, reason)
    return backend.change(action, olga(backend), task_id=f"T-{decision}-{backend.clock.now():%d%H%M}")


def run_deadlines(backend):
    with backend.storage.writing() as unit:
        around = Surroundings(backend.catalogue, backend.policy.current(), backend.clock.now())
        done = submit_due_reports(unit, unit.partners.by_name("Northwind"), around, backend.ids)
        unit.commit()
    return done


def entries(backend):
    with backend.storage.reading() as unit:
        chain = unit.audit.chain(backend.loaded["Northwind"].id)
        return [entry.content for entry in chain if entry.content["name"].startswith("partner:report")]


def test_a_month_bills_the_highest_number_of_its_seats(backend):
    set_seats(backend, 40)
    backend.clock.advance(days=2)
    set_seats(backend, 10)

    assert (line(backend).provisioned, line(backend).chargeable) == (40, 40)
    assert line(backend, month="2026-04").chargeable == 10


def test_a_cancelled_service_is_billed_in_its_month_and_no_more(backend):
    backend.change(Cancel(backend.customer("Contoso"), contoso(backend)))

    assert line(backend).chargeable == 25
    assert line(backend, month="2026-04") is None


def test_cancelled_and_assigned_again_is_billed_once(backend):
    backend.change(Cancel(backend.customer("Contoso"), contoso(backend)))
    backend.clock.advance(hours=5)
    plan = backend.catalogue.plan_named("WF Services Monthly Rolling").id
    backend.change(AssignPlan(backend.customer("Contoso"), plan, 20))

    assert line(backend).chargeable == 25
    assert line(backend, month="2026-04").chargeable == 20


def test_seats_that_move_to_a_bundle_are_billed_there(backend):
    plan = backend.catalogue.plan_named("WF Services XDR").id
    backend.change(Crossgrade(backend.customer("Contoso"), plan, 30))

    old, new = line(backend), line(backend, product="WFXDR")

    assert (old.provisioned, old.moved, old.chargeable) == (25, 25, 0)
    assert (new.provisioned, new.chargeable) == (30, 30)
    assert line(backend, month="2026-04") is None


def test_trials_are_in_no_report(backend):
    backend.change(StartTrial(backend.customer("Lucerne"), PlanId("cloud-app-security"), 4))

    assert line(backend, customer="Lucerne", product="CAS") is None


def test_the_sums_are_of_all_lines_and_the_band_is_of_the_partner(backend):
    report = usage(backend)

    assert (report.provisioned, report.billable, report.total) == (248, 248, 248)
    assert (report.band, report.to_lower, report.to_higher) == ("101-250", 148, 3)
    assert (report.state, report.editable, report.history) == ("preparing", True, ())


def test_the_highest_sample_of_the_month_is_shown_and_asks_for_a_comment(backend):
    sample(backend, 20)
    backend.clock.advance(days=1)
    sample(backend, 12)

    assert (line(backend).used, line(backend).unused_percent, line(backend).needs_comment) == (20, 20, True)
    assert line(backend, month="2026-04").used is None


def test_a_submitted_report_keeps_its_lines_whatever_happens_after(backend):
    backend.clock.set(AFTER_MARCH)
    backend.change(MARCHS_REPORT)
    set_seats(backend, 90)

    report = usage(backend)

    assert (report.state, report.review, report.total) == ("approved", "manual", 248)
    assert [item.op for item in report.history] == ["usage_report"]
    assert entries(backend)[0]["values"]["total"] == 248


def test_a_report_goes_through_review_rejection_and_all_the_rest(backend):
    sample(backend, 12)
    backend.clock.set(AFTER_MARCH)
    key = line(backend).key
    backend.change(SubmitReport(MARCH, ((key, 12, "Half of them left"),)))
    states = [usage(backend).state]
    for decision, reason in [
        ("reject", "Which half?"), ("resubmit", None), ("approve", None), ("submit", None), ("return", "Wrong books"),
        ("review", None), ("approve", None), ("submit", None), ("complete", None),
    ]:  # fmt: skip
        backend.clock.advance(minutes=1)
        if decision == "resubmit":
            backend.change(SubmitReport(MARCH, ((key, 13, "The upper half"),)), task_id="T-again")
        else:
            review(backend, decision, reason)
        states.append(usage(backend).state)

    assert states == [
        "under_review", "rejected", "under_review", "approved", "submitted", "returned", "under_review", "approved",
        "submitted", "completed",
    ]  # fmt: skip
    assert (line(backend).chargeable, line(backend).comment) == (13, "The upper half")
    assert len(usage(backend).history) == len(entries(backend)) == len(states)
    assert backend.another().verify_audit()["Northwind"] == ()


def test_only_the_desk_reviews_and_only_partners_submit(backend):
    backend.clock.set(AFTER_MARCH)
    own = ReviewReport(backend.loaded["Northwind"].id, MARCH, "approve")

    for user, action in [
        (backend.user(), own),
        (olga(backend), MARCHS_REPORT),
        (backend.user(Role.PARTNER_READER), MARCHS_REPORT),
        (backend.user(Role.SALES, partner=None), own),
    ]:
        assert backend.licensing.preview(user, action).code is RefusalCode.NOT_PERMITTED


def test_a_review_for_no_partner_finds_nothing(backend):
    with pytest.raises(NotFound):
        backend.licensing.preview(olga(backend), ReviewReport("P-none", MARCH, "approve"))


@pytest.mark.parametrize("month", ["2026-13", "2026-3", "March", "", "1969-12"])
def test_a_month_that_is_none_is_named(backend, month):
    for ask in (
        lambda: backend.licensing.preview(backend.user(), SubmitReport(month)),
        lambda: usage(backend, month),
    ):
        with pytest.raises(InvalidInput) as refused:
            ask()
        assert refused.value.field == "month"


def test_a_preview_is_outdated_when_somebody_else_submitted(backend):
    backend.clock.set(AFTER_MARCH)
    first, second = (backend.confirm(MARCHS_REPORT, task_id=task) for task in ("T-1", "T-2"))
    backend.execute(first)

    assert backend.execute(second).code is RefusalCode.REPORT_NOT_EDITABLE
    assert len(entries(backend)) == 1


def test_a_preview_is_outdated_when_the_desk_decided_meanwhile(backend):
    sample(backend, 1)
    backend.clock.set(AFTER_MARCH)
    backend.change(SubmitReport(MARCH, ((line(backend).key, 25, "New office"),)))
    action = ReviewReport(backend.loaded["Northwind"].id, MARCH, "reject", "No")
    capsule = backend.confirm(action, olga(backend), "T-slow")
    review(backend, "reject", "No")
    backend.change(SubmitReport(MARCH), task_id="T-more")

    with pytest.raises(QuoteOutdated):
        backend.execute(capsule, olga(backend))


def test_at_its_deadline_a_report_goes_in_once(backend):
    backend.clock.set(AFTER_DEADLINE)

    first, second = run_deadlines(backend), run_deadlines(backend)

    # seats were provisioned for the first time in March of the year before
    assert (first, second) == ({"reports": 13}, {})
    assert (usage(backend).state, usage(backend).review) == ("approved", "automatic")
    assert [entry["op"] for entry in entries(backend)] == ["due"] * 13
    assert entries(backend)[-1]["when"] == "2026-04-10T22:00:00.000000+00:00"


def test_daily_runs_and_a_jump_of_years_leave_the_same_reports(each_backend):
    daily, jumped = each_backend(), each_backend()
    for _ in range(75):
        daily.clock.advance(days=1)
        run_deadlines(daily)
    jumped.clock.advance(days=75)
    run_deadlines(jumped)

    def told(backend):
        return [(e["values"], e["when"], e["capsule_hash"][:0]) for e in entries(backend)]

    assert told(daily) == told(jumped)
    assert len(told(daily)) == 14


def test_a_deadline_that_passed_unrecorded_is_written_down_before_the_decision(backend):
    sample(backend, 1)
    backend.clock.set(AFTER_DEADLINE)

    assert (usage(backend).state, usage(backend).review) == ("under_review", "automatic_with_penalty")
    review(backend, "approve")

    assert [(e["kind"], e["op"]) for e in entries(backend)] == [
        ("usage_report", "due"),
        ("report_review", "usage_report"),
    ]
    run_deadlines(backend)
    assert [e["values"]["month"] for e in entries(backend)].count(MARCH) == 2


def test_a_partner_lists_its_months_and_the_desk_what_waits_for_it(backend):
    sample(backend, 1)
    backend.clock.set(AFTER_DEADLINE)
    own = backend.licensing.look_up(backend.user(), Reports())

    assert [(r.month, r.state) for r in own[:3]] == [
        ("2026-04", "preparing"),
        ("2026-03", "under_review"),
        ("2026-02", "approved"),
    ]
    assert own[-1].month == "2025-03"
    assert backend.licensing.look_up(olga(backend), Reports()) == ()

    run_deadlines(backend)
    waiting = backend.licensing.look_up(olga(backend), Reports())
    assert (waiting[-1].partner, waiting[-1].month, waiting[-1].state) == ("Northwind", MARCH, "under_review")
    assert backend.licensing.look_up(backend.user(), Reports()) == own


def test_a_partner_without_seats_has_no_reports(each_backend):
    empty = each_backend("partners: {Northwind: {customers: {Lucerne: {}}}}")
    empty.clock.advance(days=400)

    assert empty.licensing.look_up(empty.user(), Reports()) == ()
    assert run_deadlines(empty) == {}
    assert (usage(empty).lines, usage(empty).total, usage(empty).band) == ((), 0, "1-50")


def test_the_desk_sees_the_report_of_the_partner_it_names_and_others_do_not(backend):
    northwind, southridge = (backend.loaded[name].id for name in ("Northwind", "Southridge"))

    shown = backend.licensing.look_up(olga(backend), MonthUsage(MARCH, southridge))
    assert [x.customer for x in shown.lines] == ["Woodgrove"]
    assert backend.licensing.look_up(backend.user(), MonthUsage(MARCH, northwind)) == usage(backend)
    for user, partner_id in [
        (backend.user(), southridge),
        (backend.user(Role.SALES, partner=None), southridge),
        (backend.user(Role.SALES, partner=None), None),
        (olga(backend), None),
        (olga(backend), "P-none"),
    ]:
        with pytest.raises(NotFound):
            backend.licensing.look_up(user, MonthUsage(MARCH, partner_id))


def test_the_bill_is_the_same_whenever_due_work_ran(each_backend):
    early, late = each_backend(), each_backend()
    for backend in (early, late):
        backend.clock.set(IN_MARCH)
        set_seats(backend, 60)
        backend.clock.advance(hours=1)
        set_seats(backend, 30)
    early.clock.set(AFTER_DEADLINE)
    run_deadlines(early)
    late.clock.set(AFTER_DEADLINE + timedelta(days=1500))
    run_deadlines(late)

    assert usage(early).total == usage(late).total == 248 - 25 + 60
