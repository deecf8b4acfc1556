"""Reading one message into all the acts it holds, before the table decides which count."""

from collections.abc import Iterable

from assistant.conversation import phrases, vocabulary
from assistant.conversation.acts import Clause, Fill, SlotAct, clauses_of, requests, start_of
from assistant.conversation.arbitration import Reading
from assistant.conversation.bulk.hearing import adding, many_meant, unsettled
from assistant.conversation.desk_cases import told_to_desk
from assistant.conversation.draft import Draft
from assistant.conversation.effects import Steps
from assistant.conversation.filling import Said, read_fills, read_names, whole_text
from assistant.conversation.flow import Flow, Slot, SlotKind, SlotValue
from assistant.conversation.folding import fold
from assistant.conversation.names import Option
from assistant.conversation.numbers import numbers_in
from assistant.conversation.options import options_of
from assistant.conversation.permissions import allowed
from assistant.conversation.pronouns import last_named
from assistant.conversation.replies import LISTED
from assistant.conversation.state import Phase
from assistant.conversation.today import by_own_calendar
from assistant.conversation.what_if import read_suppositions
from assistant.conversation.words import ADDRESSED, CHANGES, FILLER, Word, words_of
from assistant.domain.errors import InvalidInput
from assistant.domain.follow_ups import Aspect, follow_up_of

_TOWARDS = vocabulary.words("correction.towards")
START_PREFIX = "start:"
"""A choice "start:trial" begins that flow, as a button does."""


def read(draft: Draft) -> Steps[Reading]:
    """Return the acts of the message. Raises InvalidInput for a choice or value that was not offered."""
    message = draft.message
    if message.code is not None:
        return Reading(code=True)
    if message.values is not None:
        _refuse_unknown_slots(draft)
        return Reading(values=True)
    if message.choice is not None:
        return _read_choice(draft, message.choice)
    return (yield from _read_text(draft, message.text or ""))


def _read_choice(draft: Draft, choice: str) -> Reading:
    offered = {option for option, _ in draft.state.choices}
    if choice in offered:
        return Reading(choice=f"{draft.state.choices_about}\n{choice}")
    flow = (
        draft.context.flows.get(choice.removeprefix(START_PREFIX))
        if choice.startswith(START_PREFIX)
        else None
    )
    if flow is not None:
        return Reading(starts=(flow,))
    asked = _asked(draft)
    if asked is None:
        raise InvalidInput("choice", "was not offered; choose one of the options shown last")
    return Reading(choice=f"slot:{asked.name}\n{choice}")


def _read_text(draft: Draft, text: str) -> Steps[Reading]:
    if (told := told_to_desk(text)) is not None:
        return Reading(tells=told)
    words = words_of(text)
    command = phrases.command_of(words)
    choice = _named_choice(draft, text)
    clauses = [_as_request(c, draft.context.flows.values()) for c in clauses_of(text)]
    if command is not None or choice is not None:
        return Reading(command=command, choice=choice)
    supposed, clauses = yield from read_suppositions(draft, clauses)
    spoken = tuple(w for c in clauses if not c.asks for w in c.words)
    starts, settled = yield from many_meant(draft, start_of(clauses, draft.context.flows.values()), spoken)
    named = _slot_to_change(draft, words, starts)
    if named is not None:
        starts = ()
    if named is None and _is_text(draft, clauses, words):
        asked = _asked(draft)
        if asked and not phrases.begins_with_phrase([p for f in starts for p in f.phrases], words):
            return Reading(fills=(whole_text(asked, text),))
    said = Said(text, spoken, draft.context.now.date())
    fills = yield from _fills(draft, _target(draft, starts), said, settled)
    if not fills and not starts:
        fills = yield from _pointed_at(draft, text)
    asking = any(c.asks for c in clauses)
    if not asking and not fills and not starts and not supposed and _follows_up(draft, text):
        clauses = [Clause(text, words, asks=True)]
    assent, signs = phrases.is_assent(words), phrases.holds_signs(text)
    return Reading(
        reopens=named if named and not fills else None,
        resumes=phrases.resumes(words) and not (starts and phrases.speaks_of_licences(words)),
        assent=assent and not signs,
        mixed_assent=(assent and signs) or phrases.begins_with_assent(words),
        decline=phrases.is_decline(words),
        starts=starts,
        fills=fills,
        questions=tuple(c for c in clauses if c.asks),
        supposes=supposed,
    )


def _follows_up(draft: Draft, text: str) -> bool:
    """Tell whether a message without a question mark asks one more thing of the last answer ("give me the example")."""
    follow_up = follow_up_of(text) if draft.state.near else None
    return follow_up is not None and follow_up.aspect in {Aspect.REASON, Aspect.EXAMPLE, Aspect.SOURCE}


def _target(draft: Draft, starts: tuple[Flow, ...]) -> Flow | None:
    """Return the flow that the message's values belong to: the one it starts, else the open one."""
    if len(starts) == 1:
        return starts[0]
    return draft.flow if draft.task else None


def _asked(draft: Draft) -> Slot | None:
    """Return the slot that the open task asks for."""
    task = draft.task
    return draft.flow.next_slot(task.slots, task.wanted) if task else None


def _is_text(draft: Draft, clauses: list[Clause], words: tuple[Word, ...]) -> bool:
    """Tell whether the whole message answers a prompt for a text: it is no question and no bare yes, no or greeting."""
    task, asked = draft.task, _asked(draft)
    if task is None or asked is None or asked.kind is not SlotKind.TEXT or task.phase is not Phase.COLLECT:
        return False
    empty = phrases.is_assent(words) or phrases.is_decline(words) or phrases.only_politeness(words)
    return not draft.state.choices and not empty and not all(c.asks for c in clauses)


def _fills(
    draft: Draft, flow: Flow | None, said: Said, settled: tuple[Fill, ...]
) -> Steps[tuple[SlotAct, ...]]:
    if flow is None or not said.words or not allowed(draft, flow):
        return ()
    said = yield from by_own_calendar(flow, said)
    known: dict[str, SlotValue] = (
        dict(draft.current.slots) if draft.task and draft.task.flow == flow.id else {}
    )
    settled = settled if flow.batched else ()
    known |= {fill.slot: fill.value for fill in settled}
    options: dict[str, tuple[Option, ...]] = {}
    read: dict[str, SlotAct] = {}
    repeated: list[str] = []
    for slot in (slot for slot in flow.slots if slot.kind.listed):
        options[slot.name] = yield from options_of(draft, flow, slot, known)
        act = read_names(slot, options[slot.name], said.words)
        if act is None and slot.name not in known:
            act = last_named(draft, slot, options[slot.name], said.words)
        if act is not None:
            read[slot.name] = act
        if isinstance(act, Fill):
            repeated.extend([slot.name] if known.get(slot.name) == act.value else [])
            known[slot.name] = act.value
    for name in repeated:
        # what only repeats a slot leaves its words to another that can be named alike, such as a trial and its full plan
        if any(_overlaps(read[name], other) for slot, other in read.items() if slot != name):
            options[name] = ()
    if not flow.batched:
        pointed = tuple(act for act in read.values() if isinstance(act, Fill) and act.pointed)
        return (*pointed, *read_fills(flow, options, said))
    return adding(draft, flow, settled, read_fills(unsettled(flow, settled), options, said), said.words)


def _overlaps(act: SlotAct, other: SlotAct) -> bool:
    """Tell whether another name was read out of the same words."""
    if not isinstance(act, Fill) or not isinstance(other, Fill) or not act.place or not other.place:
        return False
    return act.place[0] < other.place[1] and other.place[0] < act.place[1]


def _pointed_at(draft: Draft, text: str) -> Steps[tuple[SlotAct, ...]]:
    """Return the option of the open prompt that the whole message points at by its place ("the second one")."""
    task, asked = draft.task, _asked(draft)
    if task is None or task.phase is not Phase.COLLECT or asked is None or not asked.kind.listed:
        return ()
    options = yield from options_of(draft, draft.flow, asked, task.slots)
    position = _position(text, min(len(options), LISTED))
    if position is None:
        return ()
    return (Fill(asked.name, SlotValue(options[position].id, options[position].label)),)


def _slot_to_change(draft: Draft, words: tuple[Word, ...], starts: tuple[Flow, ...]) -> str | None:
    """Return the slot of the open task that the message asks to change ("change the seats to 7"), naming nothing else."""
    if draft.task is None or (draft.flow in starts and draft.task.phase is Phase.COLLECT):
        return None
    numbers = numbers_in(words)
    said = {w.text for w in words if not any(n.start <= w.start < n.end for n in numbers)} - FILLER
    called = {slot.name: _called(draft, slot) for slot in draft.flow.slots}
    slots = [
        name for name, names in called.items() if any(words - CHANGES and words <= said for words in names)
    ]
    rest = said - CHANGES - {word for name in slots for words in called[name] for word in words}
    return slots[0] if len(slots) == 1 and said & CHANGES and not rest - _TOWARDS - {".", "!"} else None


def _called(draft: Draft, slot: Slot) -> tuple[set[str], ...]:
    """Return the words of each name that a slot goes by."""
    key = f"also.{slot.name}"
    names = [
        slot.name,
        draft.say.label(slot.name),
        *(draft.say.say(key).split(", ") if draft.say.has(key) else ()),
    ]
    return tuple({word.text for word in words_of(name)} - FILLER for name in names)


def _named_choice(draft: Draft, text: str) -> str | None:
    """Return the open choice that the whole message names: by its number, an ordinal, its id or its label."""
    choices = draft.state.choices
    said = fold(text.strip().rstrip(".!"))
    labels = {fold(label): option for option, label in choices} | {
        fold(option): option for option, _ in choices
    }
    picked = labels.get(said)
    if picked is None:
        position = _position(text, len(choices))
        picked = choices[position][0] if position is not None else None
    return f"{draft.state.choices_about}\n{picked}" if picked else None


def _position(text: str, count: int) -> int | None:
    named = follow_up_of(text)
    if named is None or named.place is None or not -count <= named.place < count:
        return None
    return named.place % count


def _as_request(clause: Clause, flows: Iterable[Flow]) -> Clause:
    """Turn "can you start ..." into a statement; "can I have ..." too where it names an amount."""
    if not clause.asks or not requests(clause, flows):
        return clause
    texts = [w.text for w in clause.words]
    commanded = bool(ADDRESSED.intersection(texts[:3])) or bool(numbers_in(clause.words))
    return Clause(clause.text, clause.words, asks=not commanded)


def _refuse_unknown_slots(draft: Draft) -> None:
    if draft.task is None:
        raise InvalidInput("values", "cannot be taken: no task is open in this conversation")
    known = [slot.name for slot in draft.flow.slots]
    for name in draft.message.values or {}:
        if name not in known:
            raise InvalidInput(f"values.{name}", "is not asked in this task; known are " + ", ".join(known))
