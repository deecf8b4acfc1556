"""Numbers of a task: relative ones counted from the seats of the moment, and the bounds they have to lie in."""

from dataclasses import replace

from assistant.conversation import events as e
from assistant.conversation.acts import Fill
from assistant.conversation.draft import Draft
from assistant.conversation.effects import Steps
from assistant.conversation.filling import absolute
from assistant.conversation.flow import Slot, SlotValue
from assistant.conversation.options import bounds_of, options_of
from assistant.domain.lookups import SeatBounds
from assistant.domain.refusals import Refusal, RefusalCode


def directed(draft: Draft, act: Fill) -> SlotValue:
    """Return the number as it is meant: a difference, where more or fewer was asked for before and no total is said."""
    sign = draft.current.directions.get(act.slot)
    if sign is None or act.total or act.value.relative is not None:
        return act.value
    difference = sign * int(act.value.value)
    return replace(act.value, value=difference, relative=difference)


def total_of(draft: Draft, slot: Slot, value: SlotValue) -> Steps[SlotValue | None]:
    """Return a number as a total; None for one counted from a plan that is not known yet."""
    if value.relative is None or slot.relative_to is None:
        return value
    plan, slots = draft.flow.slot(slot.relative_to), draft.current.slots
    if plan.name not in slots:
        return None
    options = yield from options_of(draft, draft.flow, plan, slots)
    return absolute(slot, value, slots, options)


def outside(draft: Draft, slot: Slot, number: int) -> Steps[Refusal | None]:
    """Return the refusal of a number that lies outside the bounds of its slot."""
    bounds = yield from bounds_of(slot, draft.current.slots)
    if bounds.maximum is not None and number > bounds.maximum:
        return bounds.too_many or _out_of_range(bounds, slot)
    return _out_of_range(bounds, slot) if number < bounds.minimum else None


def recount(draft: Draft) -> Steps[None]:
    """Count relative numbers anew from the seats of this moment."""
    for slot in draft.flow.slots:
        value = draft.current.slots.get(slot.name)
        if value is None or value.relative is None:
            continue
        total = yield from total_of(draft, slot, value)
        if total and total != value:
            draft.emit(e.SlotFilled(draft.current.id, slot.name, total.value, total.label, total.relative))


def _out_of_range(bounds: SeatBounds, slot: Slot) -> Refusal:
    params: dict[str, str | int | None] = {"minimum": bounds.minimum, "maximum": bounds.maximum}
    return Refusal(RefusalCode.SEATS_INVALID, params, slot=slot.name, cites=bounds.cites)
