"""What a slot can be filled with, as the backend says for this principal and the slots so far."""

from collections.abc import Iterable
from dataclasses import replace

from assistant.conversation import vocabulary
from assistant.conversation.draft import Draft
from assistant.conversation.effects import Steps, look_up
from assistant.conversation.flow import Flow, Slot, Slots
from assistant.conversation.names import Option
from assistant.conversation.wording import Wording
from assistant.domain.lookups import CustomerSummary, PlanChoice, SeatBounds


def options_of(draft: Draft, flow: Flow, slot: Slot, slots: Slots) -> Steps[tuple[Option, ...]]:
    """Return the options of a slot, in the words of the catalogue where it has words for them."""
    lookup = slot.look_up(slots) if slot.look_up else None
    found = None if lookup is None else (yield from look_up(lookup))
    if slot.options:
        return tuple(_worded(draft.say, flow, slot, slot.options(found, slots)))
    return tuple(_option(item) for item in found or ())


def bounds_of(slot: Slot, slots: Slots) -> Steps[SeatBounds]:
    """Return the numbers the slot can take."""
    lookup = slot.look_up(slots) if slot.look_up else None
    if lookup is None:
        return SeatBounds(*(slot.bounds or (1, None)))
    bounds: SeatBounds = yield from look_up(lookup)
    return bounds


def _worded(wording: Wording, flow: Flow, slot: Slot, options: Iterable[Option]) -> Iterable[Option]:
    for option in options:
        name = option.id.partition(":")[0].replace(" ", "_")
        key = f"option.{flow.id}.{slot.name}.{name}"
        label = wording.say(key, label=option.label) if wording.has(key) else option.label
        # without names of its own an option is meant by its label alone, as one of several products is
        known = vocabulary.said_for(flow.id, "options", slot.name, name) if option.aliases else ()
        yield replace(option, label=label, aliases=(*option.aliases, *known))


def _option(item: CustomerSummary | PlanChoice) -> Option:
    if isinstance(item, CustomerSummary):
        return Option(item.id, item.name)
    return Option(item.subscription_id or item.plan_id or "", item.name, item.aliases, item.seats)
