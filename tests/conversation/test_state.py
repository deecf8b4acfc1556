"""The state is a fold over the log: whatever happens, it stays true to it, and survives being stored."""

import json

from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import events as e
from assistant.conversation.snapshot import KEPT_FINISHED, state_from_json, state_json
from assistant.conversation.state import OPEN, SENT, Phase, State, apply, fold

TASKS = ("T-1", "T-2", "T-3")


@st.composite
def logs(draw):
    """Draw a log as the engine could write it: at most one task open, a preview before a yes, a yes before a commit."""
    state, log = State(), []
    for n in range(draw(st.integers(0, 40))):
        happened = draw(st.sampled_from(_possible(state, n)))
        log.append(happened)
        state = apply(happened, state)
    return log


def _possible(state, n):
    task = state.task
    free = [e.Answered(("nfr",)), e.ChoicesOffered("flow", (("a", "A"),)), e.ChoicesClosed()]
    if task is None:
        parked = [e.TaskResumed(t.id) for t in state.parked]
        return [*free, *parked, e.TaskStarted(f"T-{n}", "trial", 1)]
    if task.phase in SENT:
        receipt = {"capsule_hash": task.capsule_hash}
        return [e.Committed(task.id, f"R-{n}", receipt), e.OutcomeLost(task.id), e.CommitAbsent(task.id)]
    possible = [
        *free,
        e.SlotFilled(task.id, "customer", "C-1", "Adatum"),
        e.SlotFilled(task.id, "seats", n, str(n), relative=n, automatic=True),
        e.SlotCleared(task.id, "customer"),
        e.SlotRejected(task.id, "seats"),
        e.FlowChanged(task.id, 2),
        e.Previewed(task.id, {"n": n}, f"{n:064d}", "2026-03-15T10:00:00+00:00"),
        e.PreviewVoided(task.id),
        e.TaskParked(task.id),
        e.TaskCancelled(task.id),
        e.TaskRefused(task.id, "trial_exists"),
    ]
    if task.phase is Phase.CONFIRM:
        possible.append(e.Assented(task.id, task.capsule_hash))
    if task.phase is Phase.STEPUP:
        possible += [e.CodeOffered(task.id, f"m-{n}", "2026-03-15T10:00:00+00:00"), e.CodeRefused(task.id)]
        if task.checking:
            possible.append(e.CommitStarted(task.id))
    return possible


@given(logs())
def test_at_most_one_task_is_open_and_it_is_the_active_one(log):
    state = fold(State(), log)

    assert [task.id for task in state.tasks.values() if task.phase in OPEN] == (
        [state.active] if state.active else []
    )


@given(logs())
def test_a_confirmation_always_has_its_capsule(log):
    for task in fold(State(), log).tasks.values():
        assert task.phase not in {Phase.CONFIRM, Phase.STEPUP, *SENT} or (task.capsule_hash and task.capsule)
        assert (
            task.phase not in {Phase.COLLECT, Phase.PARKED, Phase.CANCELLED, Phase.REFUSED}
            or not task.capsule_hash
        )
        assert set(task.order) == set(task.slots)


@given(logs())
def test_writes_count_the_receipts_and_the_changes_in_the_air(log):
    state = fold(State(), log)
    receipts = sum(1 for event in log if isinstance(event, e.Committed))
    in_the_air = sum(1 for task in state.tasks.values() if task.phase in SENT)

    assert state.writes == receipts + in_the_air


@given(logs())
def test_every_done_task_has_a_receipt_and_remembers_whose_code_confirmed_it(log):
    for task in fold(State(), log).tasks.values():
        if task.phase is Phase.DONE:
            assert task.reference
            assert task.receipt
            assert task.confirmed_by


@given(logs())
def test_events_survive_being_stored(log):
    assert [e.event_from_json(json.loads(json.dumps(e.event_json(event)))) for event in log] == log


@given(logs())
def test_the_state_survives_being_stored_but_for_old_ended_tasks(log):
    state = fold(State(), log)

    kept = state_from_json(json.loads(json.dumps(state_json(state))))

    dropped = set(state.tasks) - set(kept.tasks)
    assert kept.tasks == {key: task for key, task in state.tasks.items() if key not in dropped}
    assert all(state.tasks[key].phase in {Phase.DONE, Phase.CANCELLED, Phase.REFUSED} for key in dropped)
    assert not dropped or len(kept.tasks) >= KEPT_FINISHED
    assert kept.last_finished == state.last_finished
    assert (kept.active, kept.committed, kept.near, kept.choices, kept.choices_about) == (
        state.active,
        state.committed,
        state.near,
        state.choices,
        state.choices_about,
    )


@given(logs(), st.integers(0, 40))
def test_storing_in_between_makes_no_difference(log, cut):
    through = fold(state_from_json(state_json(fold(State(), log[:cut]))), log[cut:])
    whole = fold(State(), log)

    assert through.task == whole.task
    assert through.writes == whole.writes
    assert through.parked == whole.parked


def test_a_new_conversation_has_an_empty_state():
    assert state_from_json({}) == State()


def test_an_event_without_a_rule_is_a_programming_error():
    import pytest

    with pytest.raises(TypeError):
        apply(e.Event(), State())
