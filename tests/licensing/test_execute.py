from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from assistant.domain.actions import ChangeSeats, StartTrial
from assistant.domain.errors import Forbidden, NotFound, QuoteOutdated
from assistant.domain.identifiers import CustomerId, PlanId
from assistant.domain.lookups import History
from assistant.domain.principals import Role
from assistant.domain.quotes import Receipt
from assistant.domain.refusals import Refusal, RefusalCode
from support.licensing import a_policy, a_proof, with_seats


def trial(backend, seats=6, customer="Lucerne"):
    return StartTrial(backend.customer(customer), PlanId("email-security-standard"), seats)


def seats(backend, number, customer="Contoso"):
    return ChangeSeats(backend.customer(customer), backend.stored(customer).subscriptions[0].id, number)


def test_an_executed_trial_is_there_with_its_receipt_and_audit_entry(backend):
    receipt = backend.change(trial(backend))

    assert isinstance(receipt, Receipt)
    assert backend.stored("Lucerne").subscriptions[0].seats == 6
    history = backend.licensing.look_up(backend.user(), History())
    assert [(item.reference, item.op, item.actor) for item in history] == [
        (receipt.reference, "trial", "Anna")
    ]
    assert history[0].capsule_hash == receipt.capsule_hash


def test_previewing_changes_nothing(backend):
    before = backend.stored("Contoso")

    backend.licensing.preview(backend.user(), seats(backend, 30))

    assert backend.stored("Contoso") == before
    assert backend.licensing.look_up(backend.user(), History()) == ()


def test_executing_twice_is_executing_once(backend):
    capsule = backend.confirm(seats(backend, 30))

    first = backend.licensing.execute(backend.user(), capsule, a_proof(capsule))
    second = backend.licensing.execute(backend.user(), capsule, a_proof(capsule))

    assert first == second
    assert backend.stored("Contoso").version == 2


def test_fifty_threads_with_one_capsule_make_one_change(backend):
    capsule = backend.confirm(trial(backend))

    with ThreadPoolExecutor(50) as pool:
        work = [
            pool.submit(backend.licensing.execute, backend.user(), capsule, a_proof(capsule))
            for _ in range(50)
        ]
        receipts = {job.result().reference for job in work}

    assert len(receipts) == 1
    assert len(backend.stored("Lucerne").subscriptions) == 1
    assert len(backend.licensing.look_up(backend.user(), History())) == 1


def test_many_different_changes_at_once_leave_one_winner_for_each_preview(backend):
    capsules = [backend.confirm(seats(backend, 30 + n), task_id=f"T-{n}") for n in range(10)]

    def attempt(capsule):
        try:
            return backend.licensing.execute(backend.user(), capsule, a_proof(capsule))
        except QuoteOutdated:
            return None

    with ThreadPoolExecutor(10) as pool:
        done = [receipt for receipt in pool.map(attempt, capsules) if receipt]

    assert len(done) == 1
    assert backend.stored("Contoso").subscriptions[0].seats == done[0].values["seats"]


def test_a_change_by_somebody_else_voids_the_confirmed_preview(backend):
    capsule = backend.confirm(seats(backend, 30))
    backend.change(seats(backend, 27), backend.user(user_id="U-cora"), "T-2")

    with pytest.raises(QuoteOutdated):
        backend.licensing.execute(backend.user(), capsule, a_proof(capsule))
    assert backend.stored("Contoso").subscriptions[0].seats == 27


def test_another_customers_change_voids_a_preview_whose_total_it_moves(backend):
    capsule = backend.confirm(seats(backend, 30))
    backend.change(seats(backend, 61, "Tailspin"), task_id="T-2")

    with pytest.raises(QuoteOutdated):
        backend.licensing.execute(backend.user(), capsule, a_proof(capsule))


def test_a_new_policy_voids_the_confirmed_preview(backend):
    capsule = backend.confirm(trial(backend))
    backend.policy.policy = a_policy(revision="policy-2")

    with pytest.raises(QuoteOutdated):
        backend.licensing.execute(backend.user(), capsule, a_proof(capsule))


def test_a_new_catalogue_voids_the_confirmed_preview(backend):
    capsule = backend.confirm(trial(backend))
    other = backend.another(replace(backend.catalogue, revision="another"))

    with pytest.raises(QuoteOutdated):
        other.execute(backend.user(), capsule, a_proof(capsule))


def test_the_next_day_a_trial_has_to_be_previewed_again(backend):
    capsule = backend.confirm(trial(backend))
    backend.clock.advance(days=1)

    with pytest.raises(QuoteOutdated):
        backend.licensing.execute(backend.user(), capsule, a_proof(capsule))


def test_a_receipt_is_given_again_however_much_has_changed_since(backend):
    capsule = backend.confirm(seats(backend, 30))
    receipt = backend.licensing.execute(backend.user(), capsule, a_proof(capsule))
    backend.change(seats(backend, 40), task_id="T-2")
    backend.clock.advance(days=40)

    assert backend.licensing.execute(backend.user(), capsule, a_proof(capsule)) == receipt
    assert backend.licensing.status(backend.user(), capsule.hash) == receipt


def test_a_capsule_with_other_values_than_the_rule_computes_is_not_executed(backend):
    forged = with_seats(backend.confirm(seats(backend, 30)), 1)

    with pytest.raises(QuoteOutdated):
        backend.licensing.execute(backend.user(), forged, a_proof(forged))
    assert backend.stored("Contoso").subscriptions[0].seats == 25


def test_a_proof_for_something_or_somebody_else_is_no_proof(backend):
    capsule = backend.confirm(seats(backend, 30))

    for proof in (a_proof(capsule, capsule_hash="0" * 64), a_proof(capsule, user_id="U-ben")):
        with pytest.raises(Forbidden):
            backend.licensing.execute(backend.user(), capsule, proof)
    with pytest.raises(Forbidden):
        backend.licensing.execute(backend.user(user_id="U-cora"), capsule, a_proof(capsule))
    assert backend.stored("Contoso").version == 1


def test_a_reader_is_refused_before_anything_is_looked_at(backend):
    reader = backend.user(Role.PARTNER_READER)

    for action in (trial(backend), replace(trial(backend), customer_id=CustomerId("C-none"))):
        refusal = backend.licensing.preview(reader, action)
        assert isinstance(refusal, Refusal)
        assert refusal.code is RefusalCode.NOT_PERMITTED


def test_a_reader_who_lost_the_role_after_the_preview_cannot_execute(backend):
    capsule = backend.confirm(seats(backend, 30))

    refusal = backend.licensing.execute(backend.user(Role.PARTNER_READER), capsule, a_proof(capsule))

    assert isinstance(refusal, Refusal)
    assert backend.stored("Contoso").version == 1


def test_a_foreign_customer_is_told_apart_from_none_by_nothing(backend):
    foreign = trial(backend, customer="Woodgrove")
    unknown = replace(foreign, customer_id=CustomerId("C-none"))

    messages = set()
    for action in (foreign, unknown):
        with pytest.raises(NotFound) as caught:
            backend.licensing.preview(backend.user(), action)
        messages.add((caught.value.message, tuple(caught.value.params.items())))

    assert len(messages) == 1


def test_another_partner_cannot_ask_for_the_status(backend):
    receipt = backend.change(trial(backend))

    assert backend.licensing.status(backend.user(partner="Southridge"), receipt.capsule_hash) is None
    assert backend.licensing.status(backend.user(), "0" * 64) is None


def test_a_withdrawn_confirmation_can_never_be_executed(backend):
    capsule = backend.confirm(seats(backend, 30))

    assert backend.licensing.withdraw(backend.user(), capsule.hash) is None

    with pytest.raises(QuoteOutdated):
        backend.licensing.execute(backend.user(), capsule, a_proof(capsule))
    assert backend.stored("Contoso").version == 1
    assert backend.licensing.status(backend.user(), capsule.hash) is None


def test_withdrawing_what_was_executed_gives_its_receipt(backend):
    capsule = backend.confirm(seats(backend, 30))
    receipt = backend.licensing.execute(backend.user(), capsule, a_proof(capsule))

    assert backend.licensing.withdraw(backend.user(), capsule.hash) == receipt


def test_withdrawing_twice_is_withdrawing_once(backend):
    capsule = backend.confirm(seats(backend, 30))

    assert backend.licensing.withdraw(backend.user(), capsule.hash) is None
    assert backend.licensing.withdraw(backend.user(), capsule.hash) is None


def test_a_reader_withdraws_nothing(backend):
    capsule = backend.confirm(seats(backend, 30))

    assert backend.licensing.withdraw(backend.user(role=Role.PARTNER_READER), capsule.hash) is None

    assert isinstance(backend.licensing.execute(backend.user(), capsule, a_proof(capsule)), Receipt)
