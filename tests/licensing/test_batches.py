from dataclasses import replace

import pytest

from assistant.domain.actions import ChangeSeats, CreateCustomer
from assistant.domain.batches import Batches, BatchItems, PlansOfAll
from assistant.domain.bulk import BulkRow, item_key
from assistant.domain.change_many import ChangeMany
from assistant.domain.errors import Forbidden, InvalidInput, NotFound, QuoteOutdated
from assistant.domain.identifiers import BatchId
from assistant.domain.lookups import History
from assistant.domain.principals import Role
from assistant.domain.refusals import Refusal, RefusalCode
from support.batches import confirmed, far, finished, items, more_seats, prepared
from support.licensing import a_proof


def seats_of(backend, name):
    return backend.stored(name).subscriptions[0].seats


def test_a_preview_counts_all_changes_and_makes_none(backend):
    _batch_id, quote = prepared(backend, more_seats(backend, ["Contoso", "Tailspin"]))

    assert (quote.values["changes"], quote.values["left_out"]) == (2, 0)
    assert (quote.values["total_before"], quote.values["total_after"]) == (248, 268)
    assert (quote.values["band_before"], quote.values["band_after"]) == ("101-250", "251-500")
    assert (seats_of(backend, "Contoso"), seats_of(backend, "Tailspin")) == (25, 60)


def test_each_item_is_shown_with_the_totals_that_those_before_it_leave(backend):
    batch_id, _quote = prepared(backend, more_seats(backend, ["Contoso", "Tailspin"]))

    shown = items(backend, batch_id)

    assert [(i.customer, i.values["seats_before"], i.values["seats_after"]) for i in shown] == [
        ("Contoso", 25, 35),
        ("Tailspin", 60, 70),
    ]
    assert [i.values["total_before"] for i in shown] == [248, 258]
    assert {i.outcome for i in shown} == {"possible"}


def test_a_refused_row_is_told_with_its_reason_and_the_others_go_on(backend):
    rows = more_seats(backend, ["Contoso", "Tailspin"])
    rows[0] = replace(rows[0], action=replace(rows[0].action, seats=25))
    batch_id, quote = prepared(backend, rows)

    assert (quote.values["changes"], quote.values["left_out"]) == (1, 1)
    assert items(backend, batch_id)[0].refusal.code is RefusalCode.SEATS_UNCHANGED

    batch_id, _capsule = confirmed(backend, rows)
    view = finished(backend, batch_id)

    assert (view.state, view.done, view.left) == ("done", 1, 1)
    assert (seats_of(backend, "Contoso"), seats_of(backend, "Tailspin")) == (25, 70)


def test_a_confirmed_batch_is_made_with_a_receipt_for_each_change(backend):
    batch_id, capsule = confirmed(backend, more_seats(backend, ["Contoso", "Tailspin"]))

    view = finished(backend, batch_id)

    assert (view.state, view.done, view.left, view.waiting) == ("done", 2, 0, 0)
    made = items(backend, batch_id)
    for position, item in enumerate(made):
        receipt = backend.licensing.status(backend.user(), item_key(capsule.hash, position))
        assert receipt.reference == item.reference
    history = backend.licensing.look_up(backend.user(), History())
    assert [entry.op for entry in history] == ["seats", "seats", "bulk"]
    assert {entry.reference for entry in history} == {*(i.reference for i in made), view.reference}


def test_confirming_twice_and_going_on_after_the_end_makes_nothing_twice(backend):
    batch_id, capsule = confirmed(backend, more_seats(backend, ["Contoso", "Tailspin"]))
    first = backend.licensing.status(backend.user(), capsule.hash)
    finished(backend, batch_id)

    again = backend.execute(capsule)
    view = backend.licensing.go_on(backend.user(), batch_id)

    assert again == first
    assert view.done == 2
    assert seats_of(backend, "Contoso") == 35


def test_an_item_that_somebody_else_changed_is_left_out_and_the_others_are_made(backend):
    batch_id, _capsule = confirmed(backend, more_seats(backend, ["Contoso", "Tailspin"]))
    mine = backend.stored("Contoso").subscriptions[0]
    backend.change(ChangeSeats(backend.customer("Contoso"), mine.id, 40), task_id="T-2")

    view = finished(backend, batch_id)

    assert (view.done, view.left) == (1, 1)
    assert (seats_of(backend, "Contoso"), seats_of(backend, "Tailspin")) == (40, 70)
    assert items(backend, batch_id)[0].refusal.code is RefusalCode.CHANGED_MEANWHILE


def test_a_change_between_preview_and_code_voids_the_confirmation(backend):
    batch_id, _quote = prepared(backend, more_seats(backend, ["Contoso", "Tailspin"]))
    capsule = backend.confirm(ChangeMany(batch_id), task_id=batch_id)
    mine = backend.stored("Tailspin").subscriptions[0]
    backend.change(ChangeSeats(backend.customer("Tailspin"), mine.id, 61), task_id="T-2")
    fresh = backend.licensing.preview(backend.user(), ChangeMany(batch_id))

    with pytest.raises(QuoteOutdated):
        backend.execute(capsule)

    assert fresh != capsule.quote
    assert far(backend, batch_id).state == "prepared"


def test_rows_that_speak_of_the_same_plan_are_refused_each_naming_the_other(backend):
    rows = more_seats(backend, ["Contoso", "Tailspin", "Contoso"])
    batch_id, _quote = prepared(backend, rows)

    refusals = [i.refusal for i in items(backend, batch_id)]

    assert [r.params["row"] if r else None for r in refusals] == [3, None, 1]


def test_a_batch_of_which_nothing_is_possible_is_refused(backend):
    rows = [BulkRow(1, "Nobody", None, Refusal(RefusalCode.NO_SUBSCRIPTION, {"customer": "Nobody"}))]

    _batch_id, refusal = prepared(backend, rows)

    assert refusal.code is RefusalCode.NOTHING_POSSIBLE


def test_a_stopped_batch_begins_nothing_more(backend):
    batch_id, _capsule = confirmed(backend, more_seats(backend, ["Contoso", "Tailspin"]))

    stopped = backend.licensing.stop(backend.user(), batch_id)
    view = backend.licensing.go_on(backend.user(), batch_id)

    assert stopped == view
    assert (view.state, view.done, view.waiting, view.stopped) == ("stopped", 0, 0, 2)
    assert seats_of(backend, "Contoso") == 25
    assert backend.licensing.preview(backend.user(), ChangeMany(batch_id)).code is RefusalCode.BATCH_GONE


def test_a_batch_of_another_partner_is_like_one_that_never_was(backend):
    batch_id, capsule = confirmed(backend, more_seats(backend, ["Contoso"]))
    stranger = backend.user(partner="Southridge", user_id="U-stranger")

    for asked in (batch_id, BatchId("B-none")):
        for ask in (
            lambda asked=asked: backend.licensing.look_up(stranger, BatchItems(asked)),
            lambda asked=asked: backend.licensing.go_on(stranger, asked),
            lambda asked=asked: backend.licensing.stop(stranger, asked),
            lambda asked=asked: backend.licensing.preview(stranger, ChangeMany(asked)),
        ):
            with pytest.raises(NotFound):
                ask()
    with pytest.raises(Forbidden):
        backend.licensing.execute(stranger, capsule, a_proof(capsule))
    assert backend.licensing.look_up(stranger, Batches()) == ()


def test_a_batch_that_somebody_else_prepared_cannot_be_confirmed(backend):
    batch_id, _quote = prepared(backend, more_seats(backend, ["Contoso"]))
    colleague = backend.user(user_id="U-other")
    capsule = backend.confirm(ChangeMany(batch_id), colleague)

    with pytest.raises(QuoteOutdated):
        backend.execute(capsule, colleague)


def test_whoever_may_not_change_licences_prepares_no_batch(backend):
    rows = more_seats(backend, ["Contoso"])

    for role in (Role.PARTNER_READER, Role.SALES, Role.END_CUSTOMER):
        with pytest.raises(Forbidden):
            backend.licensing.prepare(backend.user(role), rows)


def test_a_foreign_customer_and_one_that_never_was_are_refused_alike(backend):
    own = more_seats(backend, ["Contoso"])[0]
    foreign = backend.customer("Woodgrove")

    for customer_id in (foreign, "C-none"):
        rows = [replace(own, action=replace(own.action, customer_id=customer_id))]
        with pytest.raises(NotFound):
            backend.licensing.prepare(backend.user(), rows)


def test_only_rows_that_can_be_batched_and_told_apart_are_taken(backend):
    row = more_seats(backend, ["Contoso"])[0]

    for rows in ([], [row, row], [BulkRow(1, "New", CreateCustomer("New"))]):
        with pytest.raises(InvalidInput):
            backend.licensing.prepare(backend.user(), rows)


def test_the_plans_of_all_customers_are_told_at_once(backend):
    found = backend.licensing.look_up(backend.user(), PlansOfAll("seats"))

    named = {customer.name: [plan.seats for plan in customer.plans] for customer in found}
    assert (named["Contoso"], named["Tailspin"], named["Lucerne"]) == ([25], [60], [])
    assert backend.licensing.look_up(backend.user(Role.SALES), PlansOfAll("seats")) == ()
