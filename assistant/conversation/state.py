"""The state of a conversation: a fold over its events, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import reduce, singledispatch
from typing import Any

from assistant.conversation import events as e
from assistant.conversation.desk_cases import DESK_WROTE, PHASE_AFTER, DeskCase, cases_after, front_after
from assistant.conversation.flow import SlotValue
from assistant.conversation.phases import OPEN, SENT, Phase

__all__ = ["OPEN", "SENT", "Phase", "State", "TaskState", "apply", "fold"]


@dataclass(frozen=True)
class TaskState:
    """One run of a flow.

    ``capsule`` is the wire form of what was previewed last, ``previewed_at`` when (ISO, UTC). ``checking`` is the message
    whose code is being checked and since when; ``confirmed_by`` the message whose code was accepted. ``withdrawn``
    counts the changes that were sent and then settled as not made. ``wanted`` are optional slots that a rule has asked for,
    ``directions`` the signs of changes whose number is still to be said. ``refused`` is the code of the rule that ended it,
    ``case`` the last one that was opened for it with the vendor's desk, ``made`` counts what was made of its batch.
    """

    id: str
    flow: str
    flow_version: int
    phase: Phase = Phase.COLLECT
    slots: dict[str, SlotValue] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    automatic: frozenset[str] = frozenset()
    rejections: dict[str, int] = field(default_factory=dict)
    capsule: dict[str, Any] | None = None
    capsule_hash: str | None = None
    previewed_at: str | None = None
    reference: str | None = None
    receipt: dict[str, Any] | None = None
    checking: tuple[str, str] | None = None
    confirmed_by: str | None = None
    withdrawn: int = 0
    wanted: tuple[str, ...] = ()
    directions: dict[str, int] = field(default_factory=dict)
    refused: str | None = None
    case: str | None = None
    made: int = 0


@dataclass(frozen=True)
class State:
    """Everything the engine knows of a conversation.

    ``active`` is the id of the open task, ``committed`` the number of changes a receipt was given for. ``near`` are the
    entries of the last answer, ``asked`` is the last whole question that they answered. ``cases`` are those with the vendor's
    desk that are not over, ``front`` the one that is being talked about, ``unread`` whether the desk has written since.
    """

    tasks: dict[str, TaskState] = field(default_factory=dict)
    active: str | None = None
    committed: int = 0
    near: tuple[str, ...] = ()
    asked: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    choices_about: str | None = None
    cases: dict[str, DeskCase] = field(default_factory=dict)
    front: str | None = None
    unread: bool = False

    @property
    def task(self) -> TaskState | None:
        """The open task, if there is one."""
        return self.tasks[self.active] if self.active else None

    @property
    def writes(self) -> int:
        """The changes made, a change whose outcome is not known included until it is known not to have been made."""
        return self.committed + sum(t.phase in SENT and "batch" not in t.slots for t in self.tasks.values())

    @property
    def parked(self) -> tuple[TaskState, ...]:
        """The tasks put aside, latest last."""
        return tuple(t for t in self.tasks.values() if t.phase is Phase.PARKED)

    @property
    def last_finished(self) -> TaskState | None:
        """The task that was committed last."""
        done = [t for t in self.tasks.values() if t.phase is Phase.DONE]
        return done[-1] if done else None


def fold(state: State, happened: Iterable[e.Event]) -> State:
    """Apply events in order."""
    return reduce(lambda current, event: apply(event, current), happened, state)


@singledispatch
def apply(event: e.Event, state: State) -> State:
    """Return the state after one event."""
    raise TypeError(f"no rule for {type(event).__name__} in {state}")


def _update(state: State, task_id: str, **changes: Any) -> State:
    # the touched task moves to the end, so that "last" means last touched
    tasks = {k: v for k, v in state.tasks.items() if k != task_id}
    return replace(state, tasks={**tasks, task_id: replace(state.tasks[task_id], **changes)})


def _close(state: State, task_id: str) -> State:
    return replace(state, active=None) if state.active == task_id else state


@apply.register
def _(event: e.TaskStarted, state: State) -> State:
    task = TaskState(event.task, event.flow, event.flow_version)
    return replace(state, tasks={**state.tasks, event.task: task}, active=event.task, front=None)


@apply.register
def _(event: e.FlowChanged, state: State) -> State:
    return _update(state, event.task, flow_version=event.flow_version)


@apply.register
def _(event: e.SlotFilled, state: State) -> State:
    task = state.tasks[event.task]
    value = SlotValue(event.value, event.label, event.relative)
    automatic = task.automatic - {event.slot} | ({event.slot} if event.automatic else set())
    return _update(
        state,
        event.task,
        slots={**task.slots, event.slot: value},
        order=(*(s for s in task.order if s != event.slot), event.slot),
        automatic=automatic,
        rejections={k: v for k, v in task.rejections.items() if k != event.slot},
        directions={k: v for k, v in task.directions.items() if k != event.slot},
    )


@apply.register
def _(event: e.SlotCleared, state: State) -> State:
    task = state.tasks[event.task]
    slots = {k: v for k, v in task.slots.items() if k != event.slot}
    return _update(state, event.task, slots=slots, order=tuple(s for s in task.order if s != event.slot))


@apply.register
def _(event: e.SlotWanted, state: State) -> State:
    wanted = state.tasks[event.task].wanted
    return _update(state, event.task, wanted=tuple(dict.fromkeys((*wanted, event.slot))))


@apply.register
def _(event: e.DirectionSaid, state: State) -> State:
    directions = state.tasks[event.task].directions
    return _update(state, event.task, directions={**directions, event.slot: event.sign})


@apply.register
def _(event: e.SlotRejected, state: State) -> State:
    task = state.tasks[event.task]
    count = task.rejections.get(event.slot, 0) + 1
    return _update(state, event.task, rejections={**task.rejections, event.slot: count})


@apply.register
def _(event: e.Previewed, state: State) -> State:
    return _update(
        state,
        event.task,
        phase=Phase.CONFIRM,
        capsule=event.capsule,
        capsule_hash=event.capsule_hash,
        previewed_at=event.at,
    )


@apply.register
def _(event: e.PreviewVoided, state: State) -> State:
    return _update(state, event.task, phase=Phase.COLLECT, capsule_hash=None, checking=None)


@apply.register
def _(event: e.Assented, state: State) -> State:
    return _update(state, event.task, phase=Phase.STEPUP)


@apply.register
def _(event: e.CodeOffered, state: State) -> State:
    return _update(state, event.task, checking=(event.message, event.at))


@apply.register
def _(event: e.CodeRefused, state: State) -> State:
    return _update(state, event.task, checking=None)


@apply.register
def _(event: e.CommitStarted, state: State) -> State:
    checking = state.tasks[event.task].checking
    return _update(state, event.task, phase=Phase.COMMITTING, confirmed_by=checking[0] if checking else None)


@apply.register
def _(event: e.Committed, state: State) -> State:
    done = _update(
        state, event.task, phase=Phase.DONE, reference=event.reference, receipt=event.receipt, checking=None
    )
    return _close(replace(done, committed=done.committed + event.changes), event.task)


@apply.register
def _(event: e.OutcomeLost, state: State) -> State:
    return _update(state, event.task, phase=Phase.UNKNOWN, checking=None)


@apply.register
def _(event: e.CommitAbsent, state: State) -> State:
    withdrawn = state.tasks[event.task].withdrawn + 1
    return _update(
        state, event.task, phase=Phase.COLLECT, capsule_hash=None, checking=None, withdrawn=withdrawn
    )


@apply.register
def _(event: e.TaskParked, state: State) -> State:
    return _close(
        _update(state, event.task, phase=Phase.PARKED, capsule_hash=None, checking=None), event.task
    )


@apply.register
def _(event: e.TaskResumed, state: State) -> State:
    return replace(_update(state, event.task, phase=Phase.COLLECT), active=event.task, front=None)


@apply.register
def _(event: e.TaskCancelled, state: State) -> State:
    return _close(
        _update(state, event.task, phase=Phase.CANCELLED, capsule_hash=None, checking=None), event.task
    )


@apply.register
def _(event: e.TaskRefused, state: State) -> State:
    refused = _update(
        state, event.task, phase=Phase.REFUSED, capsule_hash=None, checking=None, refused=event.code
    )
    return _close(refused, event.task)


@apply.register
def _(event: e.Answered, state: State) -> State:
    asked = (event.question or state.asked) if event.entries else None
    return replace(state, near=event.entries, asked=asked)


@apply.register
def _(event: e.ChoicesOffered, state: State) -> State:
    return replace(state, choices=event.options, choices_about=event.about)


@apply.register
def _(_event: e.ChoicesClosed, state: State) -> State:
    return replace(state, choices=(), choices_about=None)


@apply.register
def _(event: e.HandedOff, state: State) -> State:
    opened = replace(
        state, cases={**state.cases, event.case: DeskCase(event.case, event.task)}, front=event.case
    )
    if event.task is None:
        return opened
    sent = state.tasks[event.task].phase in SENT
    changes = {} if sent else {"phase": Phase.HANDOFF, "capsule_hash": None, "checking": None}
    handed = _update(opened, event.task, case=event.case, **changes)
    return handed if sent else _close(handed, event.task)


@apply.register
def _(event: e.CaseActed, state: State) -> State:
    told = replace(
        state,
        cases=cases_after(state.cases, event),
        front=front_after(state.front, event),
        unread=state.unread or event.act in DESK_WROTE,
    )
    task, phase = state.cases[event.case].task, PHASE_AFTER.get(event.act)
    if phase is None or task is None or state.tasks[task].phase is not Phase.HANDOFF:
        return told
    if phase is Phase.COLLECT and state.active is None:
        return replace(_update(told, task, phase=phase), active=task)
    return _update(told, task, phase=Phase.PARKED if phase is Phase.COLLECT else phase)


@apply.register
def _(_event: e.DeskRead, state: State) -> State:
    return replace(state, unread=False)
