"""Which day it is where the partner is: days are said and read by the partner's calendar, not by the server's."""

from dataclasses import replace
from datetime import date

from assistant.conversation.dates import days_in, months_in
from assistant.conversation.draft import Draft
from assistant.conversation.effects import Steps, look_up
from assistant.conversation.filling import Said, heard
from assistant.conversation.flow import Flow, Slot, SlotKind
from assistant.domain.lookups import OwnCalendar

_BY_THE_CALENDAR = frozenset({SlotKind.DATE, SlotKind.MONTH})


def by_own_calendar(flow: Flow, said: Said) -> Steps[Said]:
    """Return what was said with the partner's own day, which is looked up only where a day is said and the flow has a use for it."""
    if not any(slot.kind in _BY_THE_CALENDAR for slot in flow.slots):
        return said
    if not days_in(said.words, said.today) and not months_in(said.words, said.today):
        return said
    calendar = yield from look_up(OwnCalendar())
    return replace(said, today=calendar.today)


def today_for(draft: Draft, slot: Slot, raw: str) -> Steps[date]:
    """Return the day by which the raw value of a slot is read."""
    today = draft.context.now.date()
    if slot.kind not in _BY_THE_CALENDAR:
        return today
    return (yield from by_own_calendar(draft.flow, heard(raw, today))).today
