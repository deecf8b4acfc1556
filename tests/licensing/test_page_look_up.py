"""Lists cut, sorted and searched by the backend, and what it says about one customer, over every kind of backend."""

import pytest
from sqlalchemy import event

from assistant.domain.actions import Cancel, ChangeRenewal, ChangeSeats, SetCustomerEnabled, StartTrial
from assistant.domain.errors import Forbidden, InvalidInput, NotFound
from assistant.domain.identifiers import PlanId
from assistant.domain.lookups import CustomerById, PartnerTotals
from assistant.domain.page_lookups import (
    Ahead,
    ChangesBy,
    CustomerKind,
    CustomerOrder,
    CustomersBy,
    MonthDays,
    Moves,
    Ways,
)
from assistant.domain.principals import Role
from support.licensing import Backend


def listed(backend, **asked):
    page = backend.licensing.look_up(backend.user(), CustomersBy(**asked))
    return [line.name for line in page.lines], page.found, page.total


def plan(backend, name="Contoso"):
    return backend.customer(name), backend.stored(name).subscriptions[0].id


def test_customers_are_cut_sorted_searched_and_narrowed(backend):
    backend.change(StartTrial(backend.customer("Lucerne"), PlanId("cloud-app-security"), 4))
    backend.change(ChangeRenewal(*plan(backend), 0), task_id="T-2")
    backend.change(SetCustomerEnabled(backend.customer("Tailspin"), enabled=False), task_id="T-3")

    assert listed(backend, limit=2, offset=4) == (["Contoso", "Lucerne"], 7, 7)
    assert listed(backend, words="  toso CON ") == (["Contoso"], 1, 7)
    assert listed(backend, words="%") == ([], 0, 7)
    assert listed(backend, order=CustomerOrder.SEATS, limit=1)[0] == ["Anonymous 1"]
    assert listed(backend, order=CustomerOrder.STATE)[0][:3] == ["Contoso", "Lucerne", "Tailspin"]
    assert listed(backend, order=CustomerOrder.NEXT)[0][-1] == "Tailspin"
    assert listed(backend, only=CustomerKind.TRIAL) == (["Lucerne"], 1, 7)
    assert listed(backend, only=CustomerKind.ENDING)[0] == ["Contoso"]
    assert listed(backend, only=CustomerKind.DISABLED)[0] == ["Tailspin"]
    assert "Tailspin" not in listed(backend, only=CustomerKind.ACTIVE)[0]


def test_names_that_begin_with_the_words_come_first(backend):
    assert listed(backend, words="n")[0][0] == "Anonymous 1"
    assert listed(backend, words="c")[0] == ["Contoso", "Lucerne"]


@pytest.mark.parametrize("cut", [{"limit": 0}, {"limit": 1001}, {"offset": -1}, {"offset": 10**9}])
def test_a_cut_beyond_all_reason_is_refused(each_backend, cut):
    backend = each_backend()

    for lookup in (CustomersBy(**cut), ChangesBy(**cut)):
        with pytest.raises(InvalidInput):
            backend.licensing.look_up(backend.user(), lookup)


def test_changes_are_found_by_customer_act_and_person(backend):
    backend.change(ChangeSeats(*plan(backend), 30))
    backend.change(Cancel(*plan(backend, "Tailspin")), backend.user(user_id="U-berta"), task_id="T-2")

    def found(**asked):
        page = backend.licensing.look_up(backend.user(), ChangesBy(**asked))
        return [item.op for item in page.items], page.found

    assert found()[1] == 2
    assert found(customer="CONT") == (["seats"], 1)
    assert found(act="cancel", person="bert") == (["cancel"], 1)
    assert found(act="trial") == ([], 0)
    assert found(limit=1, offset=1)[1] == 2
    assert found(customer_id=backend.customer("Tailspin")) == (["cancel"], 1)


def test_what_falls_due_and_what_can_be_done_is_told_of_one_customer(backend):
    user, contoso = backend.user(), backend.customer("Contoso")

    (due,) = backend.licensing.look_up(user, Ahead(contoso))
    assert (due.kind, due.on.isoformat(), due.seats) == ("renewed", "2026-04-01", 25)
    ways = {way.op: way.refusal for way in backend.licensing.look_up(user, Ways(contoso))}
    assert ways["seats"] is None
    assert ways["resume"].code == "not_suspended"
    moves = {move.plan: move for move in backend.licensing.look_up(user, Moves(contoso))}
    assert moves["WF Services XDR"].refusal is None
    assert moves["WF Services Monthly Rolling"].refusal.code == "same_plan"
    assert moves["Email Security Standard"].refusal.code == "nothing_overlaps"


def test_a_reader_is_told_that_its_role_may_not(each_backend):
    backend = each_backend()
    reader, contoso = backend.user(Role.PARTNER_READER), backend.customer("Contoso")

    assert {way.refusal.code for way in backend.licensing.look_up(reader, Ways(contoso))} == {"not_permitted"}
    with pytest.raises(Forbidden):
        backend.licensing.reveal(reader, contoso, backend.stored("Contoso").subscriptions[0].licences[0].id)


@pytest.mark.parametrize("lookup", [Ahead, Ways, Moves])
def test_another_partners_customer_does_not_exist(each_backend, lookup):
    backend = each_backend()

    with pytest.raises(NotFound):
        backend.licensing.look_up(backend.user(), lookup(backend.customer("Woodgrove")))
    assert backend.licensing.look_up(backend.user(), ChangesBy(customer="Woodgrove")).found == 0


def test_a_month_is_told_day_by_day_as_agreed(backend):
    backend.change(ChangeSeats(*plan(backend), 30))

    month = backend.licensing.look_up(backend.user(), MonthDays("2026-03"))

    total = backend.licensing.look_up(backend.user(), PartnerTotals()).seats
    assert (len(month.days), month.days[13], month.days[14], month.days[30]) == (31, total - 5, total, total)
    assert (month.billed, month.band) == (total, "251-500")


def test_a_code_is_shown_once_asked_for_and_that_stands_in_the_history(backend):
    user, contoso = backend.user(), backend.customer("Contoso")
    licence = backend.licensing.look_up(user, CustomerById(contoso)).subscriptions[0].licences[0]

    code = backend.licensing.reveal(user, contoso, licence.id)

    assert code == backend.stored("Contoso").subscriptions[0].licences[0].code
    (item,) = backend.licensing.look_up(user, ChangesBy()).items
    assert (item.op, item.actor, item.values["code"]) == ("show_code", "Anna", licence.masked_code)
    assert code not in repr(item)


def test_a_code_of_another_partner_or_of_another_customer_is_not_found(each_backend):
    backend = each_backend()
    foreign = backend.stored("Woodgrove").subscriptions[0].licences[0].id

    for customer in ("Woodgrove", "Contoso"):
        with pytest.raises(NotFound):
            backend.licensing.reveal(backend.user(), backend.customer(customer), foreign)
    assert backend.licensing.look_up(backend.user(), ChangesBy()).found == 0


@pytest.mark.parametrize("order", CustomerOrder)
def test_a_longer_list_takes_no_more_statements(tmp_path, order):
    def statements(customers):
        world = f"partners: {{Northwind: {{fill: {{customers: {customers}, seats: 500}}}}}}"
        backend, seen = Backend(tmp_path / f"{order}-{customers}.sqlite3", world), []
        event.listen(backend.database.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        backend.licensing.look_up(backend.user(), CustomersBy("a", order, limit=40))
        backend.database.close()
        return len(seen)

    assert statements(3) == statements(60) <= 10


@pytest.mark.parametrize("order", CustomerOrder)
def test_a_cut_beyond_the_end_still_tells_how_many_there_are(each_backend, order):
    assert listed(each_backend(), order=order, offset=100) == ([], 7, 7)
