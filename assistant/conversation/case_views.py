"""Cases as the doors show them: to the desk with everything handed over, to the partner with what was written to and fro."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from assistant.conversation.flow import Slot
from assistant.conversation.names import Option
from assistant.conversation.state import Phase, State
from assistant.conversation.wording import Wording
from assistant.domain.audit import ChainedEntry
from assistant.domain.hand_offs import HandOff, HandOffAct, HandOffState
from assistant.domain.principals import Principal
from assistant.ports.hand_offs import HandOffActView, HandOffView, ListedHandOff, PartnerHandOff, SlotField

_LISTED = 200
_HELD = (HandOffAct.MESSAGE, HandOffAct.RELEASE, HandOffAct.COMPLETE, HandOffAct.CLOSE)
_OF_A_TASK = (HandOffAct.CORRECT, HandOffAct.RETURN)


def listed_view(case: HandOff, principal: Principal, now: datetime) -> ListedHandOff:
    """Return one line of the desk's list."""
    end = now if case.live else case.changed_at
    return {
        "reference": case.id,
        "subject": case.subject,
        "reason": case.reason,
        "customer": case.customer,
        "asker": case.asker.name,
        "task": case.task,
        "flow": case.flow,
        "state": case.state.value,
        "holder": case.holder,
        "mine": case.holder_id == principal.user_id,
        "opened_at": case.opened_at.isoformat(),
        "changed_at": case.changed_at.isoformat(),
        "waiting_seconds": max(0, int((end - case.opened_at).total_seconds())),
        "version": case.version,
        "unread": case.unread,
    }


def whole_view(
    case: HandOff,
    principal: Principal,
    now: datetime,
    acts: Sequence[ChainedEntry],
    slots: Iterable[tuple[Slot, tuple[Option, ...]]],
    state: State,
    wording: Wording,
) -> HandOffView:
    """Return a case with what was handed over, what was done with it, and what this operator can do with it now."""
    return {
        **listed_view(case, principal, now),
        "record": dict(acts[0].content["detail"]),
        "acts": act_views(acts),
        "slots": [_field(slot, options, case, state, wording) for slot, options in slots],
        "can": [act.value for act in _possible(case, principal, state)],
    }


def act_views(acts: Iterable[ChainedEntry]) -> list[HandOffActView]:
    """Return what was done with a case, in order; what was handed over with the first act is left out."""
    return [
        {
            "act": act.content["act"],
            "by": act.content["by"],
            "at": act.content["at"],
            "text": act.content["text"],
            "reference": act.content["detail"].get("outside"),
            "changes": list(act.content["detail"].get("changes", ())),
        }
        for act in acts
    ]


def partner_view(case: HandOff, acts: Iterable[HandOffActView]) -> PartnerHandOff:
    """Return one's own case."""
    return {
        "reference": case.id,
        "subject": case.subject,
        "customer": case.customer,
        "state": case.state.value,
        "holder": case.holder,
        "opened_at": case.opened_at.isoformat(),
        "conversation": case.conversation,
        "task": case.task,
        "unread": case.unread,
        "acts": list(acts),
    }


def _possible(case: HandOff, principal: Principal, state: State) -> Iterable[HandOffAct]:
    if case.state is HandOffState.OPEN:
        yield HandOffAct.CLAIM
    elif case.live and case.holder_id == principal.user_id:
        task = state.tasks.get(case.task or "")
        yield from _HELD
        yield from _OF_A_TASK if task and task.phase is Phase.HANDOFF else ()


def _field(
    slot: Slot, options: tuple[Option, ...], case: HandOff, state: State, wording: Wording
) -> SlotField:
    value: Any = state.tasks[case.task or ""].slots.get(slot.name)
    return {
        "name": slot.name,
        "label": wording.label(slot.name),
        "kind": slot.kind.value,
        "value": None if value is None else str(value.value),
        "options": [{"id": option.id, "label": option.label} for option in options[:_LISTED]],
    }
