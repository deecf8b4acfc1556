"""What an operator does with a case, as a turn of the partner's conversation: pure but for the effects it yields.

Everything is read and validated with the rights of the partner whose case it is, by the flow that would read the partner's own words.
Each turn ends with whatever prompt the partner has open, so that nothing the partner was doing is lost from sight.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from assistant.conversation import events as e
from assistant.conversation.acts import Fill
from assistant.conversation.collecting import current_options, take
from assistant.conversation.confirming import show_open
from assistant.conversation.controls import drop_outdated_slots
from assistant.conversation.draft import Draft
from assistant.conversation.effects import Steps, preview
from assistant.conversation.filling import read_value
from assistant.conversation.flow import Flow, Slot
from assistant.conversation.names import Option
from assistant.conversation.replies import choices_block, handoff_block
from assistant.conversation.state import Phase, State, TaskState
from assistant.domain.errors import BackendUnavailable, Conflict, InvalidInput
from assistant.domain.hand_offs import HandOff, HandOffAct
from assistant.domain.refusals import Refusal


@dataclass(frozen=True)
class Deed:
    """One act of an operator: by whom and when, with the words, and the outside reference or the raw values it needs."""

    act: HandOffAct
    by: str
    at: datetime
    text: str = ""
    outside: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    earlier: tuple[Mapping[str, Any], ...] = ()


def desk_turn(draft: Draft, case: HandOff, deed: Deed) -> Steps[dict[str, Any]]:
    """Do it in the conversation, and return the details to keep with the act.

    ``draft`` acts for the partner. Raises InvalidInput naming the slot or field, Conflict where the case is about no such task.
    """
    if deed.act in {HandOffAct.CORRECT, HandOffAct.RETURN}:
        _task_there(draft, case)
    changes: list[dict[str, Any]] = []
    if deed.act is HandOffAct.CORRECT:
        changes = yield from _correct(draft, case, deed.values)
    draft.emit(e.CaseActed(case.id, deed.act, deed.by))
    if draft.state.active == case.task:
        drop_outdated_slots(draft)
    block = handoff_block(case.id, deed.act, _said(draft, case, deed, changes))
    words = deed.text if deed.act is HandOffAct.MESSAGE else None
    draft.notices.insert(0, {**block, "by": deed.by, "at": deed.at.isoformat(), "words": words})
    if draft.state.choices:
        draft.prompts.append(choices_block(draft.say.say("notice.choose"), draft.state.choices))
    try:
        yield from show_open(draft)
    except BackendUnavailable:
        draft.notice("unavailable")
    if case.task in draft.state.tasks and draft.task is None:
        draft.shown = case.task
    return {"changes": changes} if changes else {"outside": deed.outside} if deed.outside else {}


def open_slots(draft: Draft, case: HandOff) -> Steps[list[tuple[Slot, tuple[Option, ...]]]]:
    """Return the slots of the case's task that can be corrected, each with its options; empty without such a task."""
    task = draft.state.tasks.get(case.task or "")
    if task is None or task.phase is not Phase.HANDOFF or task.flow not in draft.context.flows:
        return []
    shown = []
    with_task = _about(draft, task)
    for slot in draft.context.flows[task.flow].slots:
        known = all(name in task.slots for name in slot.depends_on)
        if slot.needed(task.slots) and (known or not slot.kind.listed):
            options = (yield from current_options(with_task, slot)) if slot.kind.listed else ()
            shown.append((slot, options))
    return shown


def _task_there(draft: Draft, case: HandOff) -> TaskState:
    task = draft.state.tasks.get(case.task or "")
    if task is None or task.phase is not Phase.HANDOFF:
        raise Conflict("This case is about no task that waits here; nothing was changed.")
    if task.flow not in draft.context.flows:
        raise Conflict("This task is not offered any longer; complete or close the case.")
    return task


def _about(draft: Draft, task: TaskState) -> Draft:
    """Return a draft of its own in which the case's task is the open one."""
    state = replace(draft.state, active=task.id, choices=(), choices_about=None)
    return Draft(state, draft.context, draft.message)


def _correct(draft: Draft, case: HandOff, values: Mapping[str, str]) -> Steps[list[dict[str, Any]]]:
    task = _task_there(draft, case)
    flow = draft.context.flows[task.flow]
    _refuse_unknown(flow, values)
    trial = _about(draft, task)
    for slot in (s for s in flow.slots if s.name in values):
        yield from _fill(trial, slot, values[slot.name])
    yield from _refuse_what_no_rule_allows(trial)
    draft.emit(*trial.events)
    return list(_changes(draft, task, trial.state.tasks[task.id]))


def _fill(trial: Draft, slot: Slot, raw: str) -> Steps[None]:
    options: tuple[Option, ...] = ()
    if slot.kind.listed:
        options = yield from current_options(trial, slot)
    act = read_value(slot, options, raw, trial.context.now.date())
    if isinstance(act, Fill):
        yield from take(trial, [act])
    if not isinstance(act, Fill) or trial.notices:
        said = [block["text"] for block in trial.notices]
        raise InvalidInput(f"values.{slot.name}", said[-1] if said else "is not one of the options")


def _refuse_what_no_rule_allows(trial: Draft) -> Steps[None]:
    if trial.flow.next_slot(trial.current.slots, trial.current.wanted) is not None:
        return
    outcome = yield from preview(trial.flow.action(trial.current.slots))
    if isinstance(outcome, Refusal):
        raise InvalidInput(f"values.{outcome.slot or 'task'}", trial.say.refusal(outcome))


def _refuse_unknown(flow: Flow, values: Mapping[str, str]) -> None:
    known = [slot.name for slot in flow.slots]
    if not values:
        raise InvalidInput("values", "must name at least one of " + ", ".join(known))
    for name in values:
        if name not in known:
            raise InvalidInput(f"values.{name}", "is not asked in this task; known are " + ", ".join(known))


def _changes(draft: Draft, before: TaskState, after: TaskState) -> Iterable[dict[str, Any]]:
    for name in dict.fromkeys([*before.slots, *after.slots]):
        old, new = before.slots.get(name), after.slots.get(name)
        if old != new:
            yield {
                "slot": name,
                "label": draft.say.label(name),
                "before": old.label if old else None,
                "after": new.label if new else None,
            }


def _said(draft: Draft, case: HandOff, deed: Deed, changes: Iterable[Mapping[str, Any]]) -> str:
    params = {"by": deed.by, "case": case.id, "text": deed.text, "outside": deed.outside}
    if deed.act is HandOffAct.CORRECT:
        return draft.say.say("handoff.correct", **params, changes=changes_shown(changes))
    if deed.act is HandOffAct.RETURN:
        said = draft.say.say("handoff.return_text" if deed.text else "handoff.return", **params)
        if not deed.earlier:
            return said
        return f"{said} {draft.say.say('handoff.return_changes', changes=changes_shown(deed.earlier))}"
    key = "complete_outside" if deed.act is HandOffAct.COMPLETE and deed.outside else str(deed.act)
    return draft.say.say(f"handoff.{key}", **params)


def changes_shown(changes: Iterable[Mapping[str, Any]]) -> str:
    """Write changes of slots: Seats 25 > 12, Plan: none > Cloud App Security."""
    return ", ".join(f"{c['label']} {c['before'] or '-'} > {c['after'] or '-'}" for c in changes)


def refuse_while_confirming(state: State, now: datetime, lasts: Any) -> None:
    """Raise Conflict while the partner's code is being checked or a change is being sent: then nobody else may speak."""
    task = state.task
    if task and task.checking and now - datetime.fromisoformat(task.checking[1]) < lasts:
        raise Conflict("The partner is confirming a change at this moment. Try again in a minute.")
