"""Hearing that a message asks for one change at many customers, and for which."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation import vocabulary
from assistant.conversation.acts import Fill, Invalid, SlotAct, has_correction_cue
from assistant.conversation.draft import Draft
from assistant.conversation.effects import Steps
from assistant.conversation.flow import Flow, SlotKind, Slots, SlotValue
from assistant.conversation.groups import is_all, joined, means_all, several_named
from assistant.conversation.names import mentions_of
from assistant.conversation.numbers import numbers_in
from assistant.conversation.options import options_of
from assistant.conversation.permissions import allowed
from assistant.conversation.phases import OPEN
from assistant.conversation.phrases import starts_with_phrase
from assistant.conversation.words import Word
from assistant.domain.bulk import BULK_OPS

_JOINING = vocabulary.words("group.together")
_TOO = vocabulary.words("group.too")
_ONLY = vocabulary.words("group.only")


def batched_flow(draft: Draft) -> Flow | None:
    """Return the flow of batches, where there is one and this user may use it."""
    flow = next((flow for flow in draft.context.flows.values() if flow.batched), None)
    return flow if flow and allowed(draft, flow) else None


def many_meant(
    draft: Draft, starts: tuple[Flow, ...], words: Sequence[Word]
) -> Steps[tuple[tuple[Flow, ...], tuple[Fill, ...]]]:
    """Return the flows that a message starts, and what is filled by that: a change of many customers is a batch of such changes."""
    batched, ops = batched_flow(draft), [flow.id for flow in starts if flow.id in BULK_OPS]
    if batched is None:
        return starts, ()
    task = draft.task
    said_before = task.slots.get("what") if task and task.flow == batched.id else None
    if not starts and (yield from _all_to_a_plan(draft, batched, words)):
        ops = ["crossgrade"]
    if len(ops) != 1:
        return starts, _kept(said_before)
    if task and task.flow == batched.id and said_before is None:
        # the open prompt asks just that
        return (), (Fill("what", SlotValue(ops[0], draft.say.title(ops[0]))),)
    several = bool(means_all(words)) or (yield from _several(draft, batched, words))
    if several:
        change = SlotValue(ops[0], draft.say.title(ops[0]))
        return (batched,), (Fill("what", change),)
    if said_before and said_before.value == ops[0] and not (yield from _one_named(draft, batched, words)):
        return (), _kept(said_before)
    return starts, _kept(said_before)


def _kept(said_before: SlotValue | None) -> tuple[Fill, ...]:
    # what a batch is about is not guessed anew from the words that only correct it
    return (Fill("what", said_before),) if said_before else ()


def _several(draft: Draft, batched: Flow, words: Sequence[Word]) -> Steps[bool]:
    if not any(w.text in _JOINING for w in words) or len(numbers_in(tuple(words))) > 1:
        return False
    customers = yield from options_of(draft, batched, batched.slot("customer"), {})
    return several_named(customers, words)


def _all_to_a_plan(draft: Draft, batched: Flow, words: Sequence[Word]) -> Steps[bool]:
    """Tell whether all customers are to get to a plan, with no verb for it ("all customers on this plan to that one")."""
    target = batched.slot("target")
    if not means_all(words) or not any(w.text in target.cues for w in words):
        return False
    crossgrade = {"what": SlotValue("crossgrade", "")}
    plans = yield from options_of(draft, batched, target, crossgrade)
    texts = {w.end: w.text for w in words}
    before = (
        max((end for end in texts if end <= m.start), default=0) for m in mentions_of(plans, tuple(words))
    )
    return any(texts.get(end) in target.cues for end in before)


def _one_named(draft: Draft, batched: Flow, words: Sequence[Word]) -> Steps[bool]:
    customers = yield from options_of(draft, batched, batched.slot("customer"), {})
    return len(mentions_of(customers, tuple(words))) == 1


def unsettled(flow: Flow, settled: Sequence[Fill]) -> Flow:
    """Return a flow without the slots that a message has settled already, and without those that are needed no more then."""
    known = {fill.slot: fill.value for fill in settled}
    left = (slot for slot in flow.slots if slot.name not in known)
    return replace(flow, slots=tuple(slot for slot in left if not known or slot.needed(known)))


def adding(
    draft: Draft, flow: Flow, settled: Sequence[Fill], read: Sequence[SlotAct], words: Sequence[Word]
) -> tuple[SlotAct, ...]:
    """Return what a message fills in a batch: customers to leave out come to those who are left out already.

    Of a list that is there, customers are named anew only by asking for a change or by saying "only"; a mere name could mean
    one more or one less, so it is asked again.
    """
    task = draft.task
    if task is None or task.flow != flow.id or task.phase not in OPEN:
        return (*settled, *read)
    fresh = [fill for fill in settled if task.slots.get(fill.slot) != fill.value]
    anew = bool(fresh or any(starts_with_phrase(draft.context.flows[op].phrases, words) for op in BULK_OPS))
    acts = [_in_list(act, flow, task.slots, words, anew=anew) for act in read]
    # what was said of somebody who is not known for certain is not done to the others of the list
    unclear = tuple(act for act in acts if isinstance(act, Invalid) and act.slot in task.slots)
    return unclear or (*fresh, *acts)


def _in_list(act: SlotAct, flow: Flow, slots: Slots, words: Sequence[Word], *, anew: bool) -> SlotAct:
    slot, before = flow.slot(act.slot), slots.get(act.slot)
    if not isinstance(act, Fill) or slot.kind is not SlotKind.CUSTOMERS or before is None:
        return act
    said = {word.text for word in words}
    if slot.cues or (said & _TOO and not is_all(before)):
        return replace(act, value=joined(before, act.value))
    if anew or is_all(act.value) or act.value == before or said & _ONLY or has_correction_cue(words):
        return act
    return Invalid(act.slot, act.value.label)
