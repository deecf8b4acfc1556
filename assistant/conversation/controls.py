"""Control words and task switching: cancel, back, restart, help, a person, resume, status, start."""

from collections.abc import Iterable

from assistant.conversation import events as e
from assistant.conversation.collecting import clear, offer, void
from assistant.conversation.draft import Draft
from assistant.conversation.flow import Flow
from assistant.conversation.folding import fold
from assistant.conversation.permissions import startable
from assistant.conversation.phrases import Command
from assistant.conversation.state import OPEN, Phase, TaskState
from assistant.conversation.words import FILLER, Word


def start(draft: Draft, flow: Flow) -> None:
    """Begin a flow, putting the open task aside."""
    park(draft)
    draft.emit(e.TaskStarted(draft.context.new_task, flow.id, flow.version))


def which_flow(draft: Draft, flows: Iterable[Flow]) -> None:
    """Ask which of several flows is meant."""
    offer(draft, "flow", "which_flow", [(f.id, title(draft, f.id)) for f in flows])


def restart_or_keep(draft: Draft) -> None:
    """Ask whether the open task of the same flow should start over."""
    options = [(key, draft.say.say(f"choice.{key}")) for key in ("restart", "keep")]
    offer(draft, "restart", "restart_or_keep", options)


def control(draft: Draft, command: Command) -> None:
    """Do what a control word says."""
    _CONTROLS[command](draft)


def resume_named(draft: Draft, words: Iterable[Word]) -> None:
    """Go on with the waiting task that the words fit best; the latest one if they fit none."""
    said = {w.text for w in words}
    _resume(draft, max(draft.state.parked, key=lambda task: len(said & _names(draft, task))))


def title(draft: Draft, flow_id: str) -> str:
    """Return a flow's title."""
    return draft.say.title(flow_id)


def reopen(draft: Draft, slot: str) -> None:
    """Empty a slot of the open task, so that it is asked again."""
    clear(draft, slot)
    draft.notice("went_back", label=draft.say.label(slot))


def restart(draft: Draft) -> None:
    """Empty all slots of the open task."""
    task = draft.task
    if task is None:
        draft.notice("nothing_open")
        return
    draft.emit(e.PreviewVoided(task.id), *(e.SlotCleared(task.id, name) for name in task.order))
    draft.notice("restarted")


def say_waiting(draft: Draft) -> None:
    """Remind of the task put aside last, once no other is open."""
    if draft.state.parked and draft.task is None:
        draft.notice("waiting", title=_described(draft, draft.state.parked[-1]))


def close_withdrawn_flows(draft: Draft) -> None:
    """After a release took a flow away: close its tasks, since nobody can go on with them, and say so."""
    for task in draft.state.tasks.values():
        if task.phase in OPEN | {Phase.PARKED} and task.flow not in draft.context.flows:
            draft.emit(e.TaskRefused(task.id, "flow_withdrawn"))
            draft.notice("flow_withdrawn", title=_described(draft, task))


def drop_outdated_slots(draft: Draft) -> None:
    """After a release changed the flow: keep the slots it still has, name the others."""
    if draft.task is None or draft.current.flow_version == draft.flow.version:
        return
    task, flow = draft.current, draft.flow
    known = {slot.name for slot in flow.slots}
    dropped = [name for name in task.order if name not in known]
    void(draft)
    draft.emit(*(e.SlotCleared(task.id, name) for name in dropped), e.FlowChanged(task.id, flow.version))
    if dropped:
        draft.notice("flow_changed", dropped=", ".join(draft.say.label(name) for name in dropped))


def _cancel(draft: Draft) -> None:
    task = draft.task
    if task is None:
        draft.notice("nothing_to_cancel")
        return
    draft.emit(e.TaskCancelled(task.id))
    draft.shown = task.id
    draft.notice("cancelled", title=title(draft, task.flow))


def _back(draft: Draft) -> None:
    task = draft.task
    if task is None:
        draft.notice("nothing_open")
        return
    if task.phase is Phase.STEPUP:
        draft.emit(e.PreviewVoided(task.id))
        return
    given = [name for name in task.order if name not in task.automatic]
    if not given:
        draft.notice("nothing_before")
        return
    reopen(draft, given[-1])


def _help(draft: Draft) -> None:
    if draft.task is not None:
        draft.notice("help_task")
        return
    names = ", ".join(startable(draft))
    if names:
        draft.notice("help_idle", flows=names)
    else:
        draft.notice("help_asking")


def _resume_latest(draft: Draft) -> None:
    if draft.task is not None:
        return
    if not draft.state.parked:
        draft.notice("nothing_to_resume")
        return
    _resume(draft, draft.state.parked[-1])


def _resume(draft: Draft, task: TaskState) -> None:
    park(draft)
    draft.emit(e.TaskResumed(task.id))
    draft.notice("resumed", title=_described(draft, task))
    drop_outdated_slots(draft)


def park(draft: Draft) -> None:
    """Put the open task aside, if there is one."""
    task = draft.task
    if task is not None:
        draft.emit(e.TaskParked(task.id))
        draft.notice("parked", title=_described(draft, task))


def _described(draft: Draft, task: TaskState) -> str:
    customer = task.slots.get("customer")
    return f"{title(draft, task.flow)}, {customer.label}" if customer else title(draft, task.flow)


def _names(draft: Draft, task: TaskState) -> set[str]:
    name = f"flow.{task.flow}.name"
    labels = [title(draft, task.flow), task.flow, *(value.label for value in task.slots.values())]
    labels += [draft.say.say(name)] if draft.say.has(name) else []
    return {word for label in labels for word in fold(label).split()} - FILLER


_CONTROLS = {
    Command.CANCEL: _cancel,
    Command.BACK: _back,
    Command.RESTART: restart,
    Command.HELP: _help,
    Command.RESUME: _resume_latest,
}
