"""Fifty at once on one customer: what comes out is what some order of them, one after the other, would have given."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from assistant.domain.actions import ChangeRenewal, ChangeSeats
from assistant.domain.errors import QuoteOutdated
from assistant.domain.lookups import CustomerById, History, PartnerTotals
from assistant.domain.quotes import Receipt
from assistant.domain.refusals import Refusal
from support.licensing import a_capsule, a_proof

THREADS, TIMES = 50, 2


def attempts(backend, task, action_now):
    """Preview and execute what ``action_now`` asks for, some times over; return the receipts of those nobody overtook."""
    user, receipts = backend.user(), []
    for number in range(TIMES):
        action = action_now(backend.licensing.look_up(user, CustomerById(backend.customer("Contoso"))))
        quote = backend.licensing.preview(user, action)
        if isinstance(quote, Refusal):
            # somebody added a seat since the look, so this would change nothing
            continue
        capsule = a_capsule(quote, principal=user, task_id=f"{task}-{number}")
        with suppress(QuoteOutdated):
            receipts.append(backend.licensing.execute(user, capsule, a_proof(capsule)))
    return [receipt for receipt in receipts if isinstance(receipt, Receipt)]


def one_more(view):
    held = view.subscriptions[0]
    return ChangeSeats(view.id, held.id, held.seats + 1)


def other_renewal(view):
    held = view.subscriptions[0]
    return ChangeRenewal(view.id, held.id, (held.renew_months or 0) % 60 + 1)


def test_no_change_of_fifty_threads_is_lost_and_each_rests_on_the_one_before(each_backend):
    backend = each_backend()
    before = backend.licensing.look_up(backend.user(), PartnerTotals()).seats
    asked = [one_more if number % 2 else other_renewal for number in range(THREADS)]

    with ThreadPoolExecutor(THREADS) as pool:
        done = pool.map(lambda number: attempts(backend, f"T-{number}", asked[number]), range(THREADS))
        receipts = [receipt for receipts in done for receipt in receipts]

    added = sum(receipt.op == "seats" for receipt in receipts)
    stored = backend.stored("Contoso")
    assert len({receipt.reference for receipt in receipts}) == len(receipts) > 1
    assert (stored.subscriptions[0].seats, stored.version) == (25 + added, len(receipts) + 1)
    told = [
        item
        for item in reversed(backend.licensing.look_up(backend.user(), History(limit=500)))
        if item.kind in {"seats", "renewal"}
    ]
    assert {item.reference for item in told} == {receipt.reference for receipt in receipts}
    assert [item.before["seats"] for item in told[1:]] == [item.after["seats"] for item in told[:-1]]
    assert backend.licensing.look_up(backend.user(), PartnerTotals()).seats == before + added
    assert not any(backend.licensing.verify_audit().values())
