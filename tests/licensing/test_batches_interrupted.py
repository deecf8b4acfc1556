from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.domain.batches import BatchById
from assistant.domain.errors import NotFound
from assistant.licensing.batches.due_batches import KEPT
from assistant.licensing.batches.running import Runner
from assistant.licensing.due import DueWork
from support.batches import MANY, confirmed, far, finished, items, more_seats, prepared, seats_by_name

WORLD = MANY % (12, 1200)


class _Killed(BaseException):
    """Ends the process's work on the spot; nothing in the program may catch it."""


def due_work(backend):
    return DueWork(backend.storage, backend.catalogues, backend.policy, backend.clock, backend.ids)


def node(backend, ids=None):
    """Return what makes the changes of batches, a few at once."""
    return Runner(backend.storage, backend.licensing._around(), ids or backend.ids, at_once=3)


class DyingIds:
    """Gives out ids, and dies over every seventh of them."""

    def __init__(self, ids):
        self._ids, self._count = ids, 0

    def new(self, prefix):
        self._count += 1
        if self._count % 7 == 0:
            raise _Killed
        return self._ids.new(prefix)

    def number(self, below):
        return self._ids.number(below)


def test_a_kill_before_any_commit_of_a_batch_loses_and_repeats_nothing(each_backend):
    backend = each_backend(WORLD)
    before, partner_id = seats_by_name(backend), backend.loaded["Northwind"].id
    batch_id, _capsule = confirmed(backend, more_seats(backend))
    ids, kills = DyingIds(backend.ids), 0
    while far(backend, batch_id).waiting:
        try:
            node(backend, ids).go_on(partner_id, batch_id, 3)
        except _Killed:
            kills += 1

    assert kills
    assert far(backend, batch_id).done == len(before)
    assert seats_by_name(backend) == {name: seats + 10 for name, seats in before.items()}
    references = [item.reference for item in items(backend, batch_id)]
    assert len(set(references)) == len(before)
    assert not any(backend.licensing.verify_audit().values())


def test_two_nodes_at_once_make_every_change_once(each_backend):
    backend = each_backend(WORLD)
    before, partner_id = seats_by_name(backend), backend.loaded["Northwind"].id
    batch_id, _capsule = confirmed(backend, more_seats(backend))
    nodes = [node(backend) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: one.go_on(partner_id, batch_id, 9), nodes))
    view = finished(backend, batch_id)

    assert (view.state, view.done, view.left) == ("done", len(before), 0)
    assert seats_by_name(backend) == {name: seats + 10 for name, seats in before.items()}
    assert not any(backend.licensing.verify_audit().values())


def test_due_work_finishes_what_was_confirmed_and_forgets_what_never_was(each_backend):
    backend = each_backend(WORLD)
    rows = more_seats(backend)
    batch_id, _capsule = confirmed(backend, rows)
    idle, _quote = prepared(backend, rows)

    counted = due_work(backend).run()
    backend.clock.advance(days=KEPT.days + 1)
    due_work(backend).run()

    assert counted["batch_changes"] == len(rows)
    assert far(backend, batch_id).state == "done"
    with pytest.raises(NotFound):
        backend.licensing.look_up(backend.user(), BatchById(idle))


def test_a_stop_between_items_leaves_a_truthful_count(each_backend):
    backend = each_backend(WORLD)
    before = seats_by_name(backend)
    batch_id, _capsule = confirmed(backend, more_seats(backend))

    node(backend).go_on(backend.loaded["Northwind"].id, batch_id, 3)
    view = backend.licensing.stop(backend.user(), batch_id)

    assert (view.state, view.done, view.stopped) == ("stopped", 3, len(before) - 3)
    assert sum(seats_by_name(backend).values()) == sum(before.values()) + 30
    outcomes = [item.outcome for item in items(backend, batch_id)]
    assert outcomes == ["done"] * 3 + ["stopped"] * (len(before) - 3)
