"""What a conversation knows of its cases with the vendor's desk: which are not over, who has them, and what ends them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.conversation import vocabulary
from assistant.conversation.events import CaseActed
from assistant.conversation.phases import Phase
from assistant.domain.hand_offs import HandOffAct

_TOLD = [re.compile(rf"(?is)\s*{pattern}") for pattern in vocabulary.patterns("desk.told")]


@dataclass(frozen=True)
class DeskCase:
    """A case that is not over: the task it is about, if any, and the name of the operator who has it."""

    id: str
    task: str | None
    holder: str | None = None


PHASE_AFTER: Mapping[str, Phase] = {
    HandOffAct.TAKE_BACK: Phase.COLLECT,
    HandOffAct.RETURN: Phase.COLLECT,
    HandOffAct.COMPLETE: Phase.DONE,
    HandOffAct.CLOSE: Phase.REFUSED,
    HandOffAct.WITHDRAW: Phase.CANCELLED,
}
"""What becomes of the task with the act that ends its case."""

DESK_WROTE = frozenset(
    {HandOffAct.MESSAGE, HandOffAct.CORRECT, HandOffAct.RETURN, HandOffAct.COMPLETE, HandOffAct.CLOSE}
)
"""The acts of the desk that its partner should read."""


def cases_after(cases: Mapping[str, DeskCase], event: CaseActed) -> dict[str, DeskCase]:
    """Return the cases that are not over after an act on one of them."""
    if event.act in PHASE_AFTER:
        return {name: case for name, case in cases.items() if name != event.case}
    holders = {HandOffAct.CLAIM: event.by, HandOffAct.RELEASE: None}
    holder = holders.get(HandOffAct(event.act), cases[event.case].holder)
    return {**cases, event.case: replace(cases[event.case], holder=holder)}


def front_after(front: str | None, event: CaseActed) -> str | None:
    """Return the case that is being talked about after an act: the one just written about, none once it is over."""
    if event.act in PHASE_AFTER:
        return None if front == event.case else front
    return event.case if event.act in DESK_WROTE or event.act == HandOffAct.ADD else front


def told_to_desk(text: str) -> str | None:
    """Return what a message asks to be passed on ("tell the desk: ..."), or None."""
    found = (pattern.fullmatch(text) for pattern in _TOLD)
    return next((match.group(1).strip() for match in found if match), None)
