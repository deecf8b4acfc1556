"""Pronouns: "for them" and "that customer" are the customer that was named last, and nobody else."""

from collections.abc import Iterable
from itertools import pairwise

from assistant.conversation import vocabulary
from assistant.conversation.acts import Fill
from assistant.conversation.draft import Draft
from assistant.conversation.flow import Slot, SlotKind, SlotValue
from assistant.conversation.names import Option
from assistant.conversation.words import Word

_ALONE = vocabulary.words("pronoun.alone")
_POINTING = vocabulary.words("pronoun.pointing")
_CUSTOMERS = vocabulary.words("pronoun.customers")


def last_named(draft: Draft, slot: Slot, options: Iterable[Option], words: tuple[Word, ...]) -> Fill | None:
    """Return the customer that a pronoun means: that of the task touched last, if it is still among the options."""
    if slot.kind is not SlotKind.CUSTOMER or not _points(words):
        return None
    named = (_customer_of(draft, task.flow, task.slots) for task in reversed(draft.state.tasks.values()))
    value = next((found for found in named if found), None)
    option = next((o for o in options if value and o.id == value.value), None)
    return Fill(slot.name, SlotValue(option.id, option.label), pointed=True) if option else None


def _customer_of(draft: Draft, flow_id: str, slots: dict[str, SlotValue]) -> SlotValue | None:
    flow = draft.context.flows.get(flow_id)
    names = [slot.name for slot in flow.slots if slot.kind is SlotKind.CUSTOMER] if flow else []
    return next((slots[name] for name in names if name in slots), None)


def _points(words: tuple[Word, ...]) -> bool:
    texts = [word.text for word in words]
    return bool(_ALONE.intersection(texts)) or any(
        one in _POINTING and other in _CUSTOMERS for one, other in pairwise(texts)
    )
