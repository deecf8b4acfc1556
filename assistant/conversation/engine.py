"""One turn: state and message in, events and reply out. Pure but for the effects it yields.

The order is fixed: a change that was sent is settled first; the message is read into acts; one verdict is taken from the
table; questions are answered besides, without touching the task; and the open prompt comes once, last.
"""

from collections.abc import Callable, Iterable

from assistant.conversation import events as e
from assistant.conversation.acts import Invalid, SlotAct
from assistant.conversation.arbitration import Reading, Situation, Verdict, arbitrate
from assistant.conversation.asking import answer_questions, show_entry
from assistant.conversation.bulk.batching import stop_running
from assistant.conversation.collecting import current_options, forget_gone, reject, say_unavailable, take
from assistant.conversation.confirming import assent, settle, show_open, take_code, unsettled
from assistant.conversation.controls import (
    close_withdrawn_flows,
    control,
    drop_outdated_slots,
    reopen,
    restart,
    restart_or_keep,
    resume_named,
    say_waiting,
    start,
    which_flow,
)
from assistant.conversation.draft import Context, Draft
from assistant.conversation.effects import Steps
from assistant.conversation.filling import read_value
from assistant.conversation.flow import Flow
from assistant.conversation.handing_over import (
    at_desk,
    control_at_desk,
    desk_flow,
    say_not_passed_on,
    show_handed_off,
    tell_desk,
)
from assistant.conversation.names import Option
from assistant.conversation.outcomes import say_outcome, say_stray_code
from assistant.conversation.permissions import allowed, refused
from assistant.conversation.phrases import Command, only_politeness
from assistant.conversation.reading import read
from assistant.conversation.state import Phase, State
from assistant.conversation.today import today_for
from assistant.conversation.what_if import answer_suppositions
from assistant.conversation.words import words_of
from assistant.domain.errors import BackendUnavailable, NotFound
from assistant.ports.conversations import Message

_Handler = Callable[[Draft, Reading], Steps[None]]


def turn(state: State, message: Message, context: Context) -> Steps[Draft]:
    """Handle one message. Raises InvalidInput for a choice or value that was not offered; then nothing happened."""
    draft = Draft(state, context, message)
    try:
        yield from _turn(draft)
    except BackendUnavailable:
        say_unavailable(draft)
    return draft


def _turn(draft: Draft) -> Steps[None]:
    if draft.state.unread:
        draft.emit(e.DeskRead())
    if unsettled(draft):
        yield from settle(draft)
        yield from _beside_a_sent_change(draft)
    else:
        close_withdrawn_flows(draft)
        drop_outdated_slots(draft)
        reading = yield from _read(draft)
        verdict = arbitrate(reading, _situation(draft))
        if draft.state.choices:
            draft.emit(e.ChoicesClosed())
        yield from _HANDLERS[verdict](draft, reading)
        yield from answer_suppositions(draft, reading.supposes)
        if verdict is not Verdict.ASK_ALL:
            yield from answer_questions(draft, (clause.text for clause in reading.questions))
    yield from show_open(draft)
    show_handed_off(draft)
    say_waiting(draft)


def _read(draft: Draft) -> Steps[Reading]:
    """Read the message; if what the task is about has gone meanwhile, say so and read it for the emptied task."""
    try:
        return (yield from read(draft))
    except NotFound:
        forget_gone(draft)
        return (yield from read(draft))


def _beside_a_sent_change(draft: Draft) -> Steps[None]:
    """While a change is or was in the air, a message can only ask; it can neither repeat nor correct the change."""
    reading = yield from read(draft)
    yield from answer_suppositions(draft, reading.supposes)
    if reading.command is Command.HUMAN:
        control_at_desk(draft, reading.command)
    if reading.command is not Command.STATUS:
        yield from answer_questions(draft, (clause.text for clause in reading.questions))


def _situation(draft: Draft) -> Situation:
    task = draft.task
    return Situation(
        task.flow if task else None,
        task.phase if task else None,
        parked=bool(draft.state.parked),
        choosing=bool(draft.state.choices),
        at_desk=at_desk(draft) and draft.message.text is not None,
        desk_flow=desk_flow(draft),
    )


def _code(draft: Draft, _: Reading) -> Steps[None]:
    assert draft.message.code is not None
    yield from take_code(draft, draft.message.code)


def _stray_code(draft: Draft, _: Reading) -> Steps[None]:
    yield from say_stray_code(draft)


def _status(draft: Draft, _: Reading) -> Steps[None]:
    yield from say_outcome(draft)


def _choice(draft: Draft, reading: Reading) -> Steps[None]:
    assert reading.choice is not None
    about, chosen = reading.choice.split("\n", 1)
    if about == "flow":
        yield from _begin(draft, draft.context.flows[chosen], ())
    elif about == "entry":
        yield from show_entry(draft, chosen)
    elif about == "restart":
        if chosen == "restart":
            restart(draft)
    else:
        yield from _fill_raw(draft, {about.removeprefix("slot:"): chosen})


def _control(draft: Draft, reading: Reading) -> Steps[None]:
    assert reading.command is not None
    if reading.command is Command.CANCEL and (yield from stop_running(draft)):
        return
    if not control_at_desk(draft, reading.command):
        control(draft, reading.command)
    yield from ()


def _tell_desk(draft: Draft, reading: Reading) -> Steps[None]:
    tell_desk(draft, reading.tells or "")
    yield from ()


def _for_desk(draft: Draft, _: Reading) -> Steps[None]:
    tell_desk(draft, (draft.message.text or "").strip())
    yield from ()


def _resume_named(draft: Draft, _: Reading) -> Steps[None]:
    resume_named(draft, words_of(draft.message.text or ""))
    yield from ()


def _reopen(draft: Draft, reading: Reading) -> Steps[None]:
    assert reading.reopens is not None
    reopen(draft, reading.reopens)
    yield from ()


def _assent(draft: Draft, _: Reading) -> Steps[None]:
    yield from assent(draft)


def _decline(draft: Draft, _: Reading) -> Steps[None]:
    if draft.current.phase is Phase.STEPUP:
        draft.emit(e.PreviewVoided(draft.current.id))
    draft.notice("not_confirmed")
    yield from ()


def _start(draft: Draft, reading: Reading) -> Steps[None]:
    yield from _begin(draft, reading.starts[0], reading.fills)


def _begin(draft: Draft, flow: Flow, fills: Iterable[SlotAct]) -> Steps[None]:
    if not (yield from refused(draft, flow)):
        start(draft, flow)
        yield from take(draft, fills)


def _which_flow(draft: Draft, reading: Reading) -> Steps[None]:
    possible = [flow for flow in reading.starts if allowed(draft, flow)]
    if possible:
        which_flow(draft, possible)
    else:
        yield from refused(draft, reading.starts[0])


def _restart_or_keep(draft: Draft, _: Reading) -> Steps[None]:
    restart_or_keep(draft)
    yield from ()


def _fill(draft: Draft, reading: Reading) -> Steps[None]:
    if reading.mixed_assent and draft.current.capsule_hash:
        draft.notice("mixed_yes")
    yield from take(draft, reading.fills)


def _mixed_assent(draft: Draft, _: Reading) -> Steps[None]:
    draft.notice("mixed_yes")
    yield from ()


def _question(draft: Draft, _: Reading) -> Steps[None]:
    # questions are answered besides whatever else a message does
    say_not_passed_on(draft)
    yield from ()


def _invalid(draft: Draft, _: Reading) -> Steps[None]:
    slot = draft.flow.next_slot(draft.current.slots, draft.current.wanted)
    if slot is None:
        draft.notice("not_understood")
    else:
        reject(draft, Invalid(slot.name, draft.message.text or ""))
    yield from ()


def _not_understood(draft: Draft, _: Reading) -> Steps[None]:
    draft.notice("not_understood")
    yield from ()


def _ask_all(draft: Draft, reading: Reading) -> Steps[None]:
    if reading.assent or reading.decline:
        draft.notice("nothing_open")
        return
    if only_politeness(words_of(draft.message.text or "")):
        control(draft, Command.HELP)
        return
    yield from answer_questions(draft, [draft.message.text or ""])


def _values(draft: Draft, _: Reading) -> Steps[None]:
    yield from _fill_raw(draft, draft.message.values or {})


def _fill_raw(draft: Draft, values: dict[str, str]) -> Steps[None]:
    """Fill slots from a form, in the flow's order, so that the options of a slot come from those before it."""
    flow = draft.flow
    for slot in (s for s in flow.slots if s.name in values):
        options: tuple[Option, ...] = ()
        if slot.kind.listed:
            options = yield from current_options(draft, slot)
        today = yield from today_for(draft, slot, values[slot.name])
        yield from take(draft, [read_value(slot, options, values[slot.name], today)])


_HANDLERS: dict[Verdict, _Handler] = {
    Verdict.CODE: _code,
    Verdict.STRAY_CODE: _stray_code,
    Verdict.STATUS: _status,
    Verdict.CHOICE: _choice,
    Verdict.CONTROL: _control,
    Verdict.TELL_DESK: _tell_desk,
    Verdict.FOR_DESK: _for_desk,
    Verdict.REOPEN: _reopen,
    Verdict.RESUME_NAMED: _resume_named,
    Verdict.ASSENT: _assent,
    Verdict.DECLINE: _decline,
    Verdict.START: _start,
    Verdict.WHICH_FLOW: _which_flow,
    Verdict.RESTART_OR_KEEP: _restart_or_keep,
    Verdict.FILL: _fill,
    Verdict.VALUES: _values,
    Verdict.MIXED_ASSENT: _mixed_assent,
    Verdict.QUESTION: _question,
    Verdict.INVALID: _invalid,
    Verdict.NOT_UNDERSTOOD: _not_understood,
    Verdict.ASK_ALL: _ask_all,
}
