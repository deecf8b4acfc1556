"""Handing over to the vendor's licensing desk, and talking while a case is there: nobody talks over anybody.

While the desk has a task, the engine asks for none of its slots and commits nothing of it. Questions are answered as always;
anything else that is said is added to the case, unless it begins another task.
"""

from assistant.conversation import events as e
from assistant.conversation.controls import (
    close_withdrawn_flows,
    drop_outdated_slots,
    park,
)
from assistant.conversation.desk_cases import DeskCase
from assistant.conversation.draft import Draft
from assistant.conversation.phrases import Command
from assistant.conversation.replies import handoff_block
from assistant.conversation.state import SENT, Phase, TaskState
from assistant.domain.entries import Abstention
from assistant.domain.hand_offs import HandOffAct
from assistant.domain.principals import Permission, Principal, Role, may
from assistant.domain.refusals import DESK_SOLVES

QUESTION = "question"
"""Where a case is about no task: the step at which it stood still."""
_THIRD = 3


def at_desk(draft: Draft) -> bool:
    """Tell whether the case is what is being talked about: no task is open, and nothing else was begun since."""
    return draft.state.front is not None and draft.task is None


def desk_flow(draft: Draft) -> str | None:
    """Return the flow of the task that the desk has and that is being talked about."""
    task = _task_of(draft, _front(draft))
    return task.flow if task else None


def control_at_desk(draft: Draft, command: Command) -> bool:
    """Do what a control word says about a case; False where it says nothing about one."""
    if command is Command.HUMAN:
        hand_off(draft)
    elif command is Command.TAKE_BACK:
        take_back(draft)
    elif not at_desk(draft) or (command is Command.RESUME and draft.state.parked):
        return False
    elif command is Command.CANCEL:
        _withdraw(draft)
    elif command is Command.HELP:
        draft.notice("desk_help", case=draft.state.front)
    else:
        say_who_has_it(draft)
    return True


def hand_off(draft: Draft) -> None:
    """Open a case about the open task, or about what the desk alone can solve, or else about the last question."""
    principal = draft.context.principal
    if principal is None:
        draft.refuse(Abstention.NOT_PERMITTED, "human_sign_in")
        return
    if not may(principal, Permission.CASES_OPEN):
        _refuse_others(draft, principal)
        return
    task = draft.task or _refused_last(draft)
    known = draft.state.cases.get((task.case if task else draft.state.front) or "")
    if known:
        _say_who_has_it(draft, known)
        return
    # a task and a case never begin with one message, so they can share the random part of their ids
    case = draft.context.new_task.replace("T-", "H-", 1)
    step, reason = (QUESTION, QUESTION) if task is None else (_step(draft, task), _reason(draft, task))
    draft.emit(e.HandedOff(case, task.id if task else None, step, reason))
    text = draft.say.say(f"handoff.{'opened' if task else 'opened_question'}", case=case)
    draft.notices.append(handoff_block(case, HandOffAct.OPEN, text))


def _refuse_others(draft: Draft, principal: Principal) -> None:
    if principal.role is Role.END_CUSTOMER:
        draft.refuse(Abstention.NOT_PERMITTED, "human_end_customer")
    else:
        draft.refuse(Abstention.NOT_PERMITTED, "human_other")


def take_back(draft: Draft) -> None:
    """Let the partner go on with a task that nobody at the desk has claimed."""
    case = _front(draft) or next(reversed(draft.state.cases.values()), None)
    if case is None:
        draft.notice("nothing_to_take_back")
    elif case.holder:
        _say_who_has_it(draft, case)
    else:
        park(draft)
        _act(draft, case, HandOffAct.TAKE_BACK)
        if case.task:
            draft.notice("taken_back", case=case.id)
        else:
            draft.notice("withdrawn", case=case.id)
        close_withdrawn_flows(draft)
        drop_outdated_slots(draft)


def tell_desk(draft: Draft, text: str) -> None:
    """Add a message to the case that it names, else to the one that is being talked about, else to the latest."""
    named, _, rest = text.partition(" ")
    case = draft.state.cases.get(named.rstrip(":,"))
    if case:
        text = rest.strip()
    case = case or _front(draft) or next(reversed(draft.state.cases.values()), None)
    if case is None:
        draft.notice("no_open_case")
    elif not text:
        draft.notice("tell_what")
    else:
        _act(draft, case, HandOffAct.ADD, text)
        draft.notice("added", case=case.id)


def say_not_passed_on(draft: Draft) -> None:
    """Say that a question beside a case was answered here and did not go to the desk."""
    if at_desk(draft):
        draft.notice("not_passed_on", case=draft.state.front)


def say_who_has_it(draft: Draft) -> None:
    """Say how the case that is being talked about stands."""
    _say_who_has_it(draft, _front(draft))


def show_handed_off(draft: Draft) -> None:
    """Show the task that the desk has as the one that is being talked about."""
    task = _task_of(draft, _front(draft))
    if draft.task is None and draft.shown is None and task is not None:
        draft.shown = task.id


def _withdraw(draft: Draft) -> None:
    case = _front(draft)
    assert case is not None
    if case.holder:
        draft.notice("desk_must_stop", holder=case.holder)
        return
    _act(draft, case, HandOffAct.WITHDRAW)
    draft.shown = case.task
    draft.notice("withdrawn", case=case.id)


def _act(draft: Draft, case: DeskCase, act: HandOffAct, text: str = "") -> None:
    principal = draft.context.principal
    assert principal is not None
    draft.emit(e.CaseActed(case.id, act, principal.name, text))


def _say_who_has_it(draft: Draft, case: DeskCase | None) -> None:
    assert case is not None
    if case.holder:
        draft.notice("desk_has_it", case=case.id, holder=case.holder)
    else:
        draft.notice("desk_not_yet", case=case.id)


def _front(draft: Draft) -> DeskCase | None:
    return draft.state.cases.get(draft.state.front or "")


def _task_of(draft: Draft, case: DeskCase | None) -> TaskState | None:
    task = draft.state.tasks.get(case.task) if case and case.task else None
    return task if task and task.phase is Phase.HANDOFF else None


def _refused_last(draft: Draft) -> TaskState | None:
    """Return the task that was touched last, if a rule ended it that only the desk can get past."""
    last = next(reversed(draft.state.tasks.values()), None)
    solvable = last is not None and last.phase is Phase.REFUSED and last.refused in DESK_SOLVES
    return last if last and solvable and last.flow in draft.context.flows else None


def _step(draft: Draft, task: TaskState) -> str:
    if task.phase is not Phase.COLLECT:
        return str(task.phase)
    slot = draft.context.flows[task.flow].next_slot(task.slots, task.wanted)
    return slot.name if slot else str(Phase.CONFIRM)


def _reason(draft: Draft, task: TaskState) -> str:
    if task.phase in SENT:
        return "unknown"
    if task.phase is Phase.REFUSED:
        return str(task.refused)
    return "invalid" if task.rejections.get(_step(draft, task), 0) >= _THIRD else "asked"
