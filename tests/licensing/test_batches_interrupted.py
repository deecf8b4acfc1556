from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.domain.batches import BatchById
from assistant.domain.errors import NotFound
from assistant.licensing.batches import running
from assistant.licensing.batches.due_batches import KEPT
from assistant.licensing.due import DueWork
from support.batches import MANY, confirmed, far, finished, items, more_seats, prepared, seats_by_name

WORLD = MANY % (12, 1200)


class _Killed(BaseException):
    """Ends the process's work on the spot; nothing in the program may catch it."""


def due_work(backend):
    return DueWork(backend.storage, backend.catalogues, backend.policy, backend.clock, backend.ids)


@pytest.fixture
def few_at_once(monkeypatch):
    monkeypatch.setattr(running, "AT_ONCE", 4)


def test_a_kill_before_any_commit_of_a_batch_loses_and_repeats_nothing(
    each_backend, few_at_once, monkeypatch
):
    backend = each_backend(WORLD)
    before = seats_by_name(backend)
    batch_id, _capsule = confirmed(backend, more_seats(backend))
    write_down, made = running.write_down, []

    def dies_sometimes(*given):
        made.append(given)
        if len(made) % 3 == 0:
            raise _Killed
        return write_down(*given)

    monkeypatch.setattr(running, "write_down", dies_sometimes)
    monkeypatch.setattr(running, "AT_ONCE", 2)
    for _ in range(100):
        try:
            if not backend.another().go_on(backend.user(), batch_id).waiting:
                break
        except _Killed:
            continue

    assert far(backend, batch_id).done == len(before)
    assert seats_by_name(backend) == {name: seats + 10 for name, seats in before.items()}
    references = [item.reference for item in items(backend, batch_id)]
    assert len(set(references)) == len(before)
    assert not any(backend.licensing.verify_audit().values())


def test_two_nodes_at_once_make_every_change_once(each_backend, few_at_once):
    backend = each_backend(WORLD)
    before = seats_by_name(backend)
    batch_id, _capsule = confirmed(backend, more_seats(backend))
    nodes = [backend.another() for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda node: node.go_on(backend.user(), batch_id), nodes))
    view = finished(backend, batch_id)

    assert (view.state, view.done, view.left) == ("done", len(before), 0)
    assert seats_by_name(backend) == {name: seats + 10 for name, seats in before.items()}
    assert not any(backend.licensing.verify_audit().values())


def test_due_work_finishes_what_was_confirmed_and_forgets_what_never_was(each_backend, few_at_once):
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


def test_a_stop_between_items_leaves_a_truthful_count(each_backend, few_at_once, monkeypatch):
    backend = each_backend(WORLD)
    before = seats_by_name(backend)
    batch_id, _capsule = confirmed(backend, more_seats(backend))
    runner = running.Runner(backend.storage, backend.licensing._around(), backend.ids)

    runner.go_on(backend.loaded["Northwind"].id, batch_id, 4)
    view = backend.licensing.stop(backend.user(), batch_id)

    assert (view.state, view.done, view.stopped) == ("stopped", 4, len(before) - 4)
    assert sum(seats_by_name(backend).values()) == sum(before.values()) + 40
    outcomes = [item.outcome for item in items(backend, batch_id)]
    assert outcomes == ["done"] * 4 + ["stopped"] * (len(before) - 4)
