"""The vocabulary in which a workflow is declared.

A flow is a frozen value. Its conditions are Python functions of the slots filled so far; there is no expression
language and no step number: the next prompt is always the first required slot that is not filled.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from assistant.conversation.names import Option
from assistant.domain.actions import Action
from assistant.domain.identifiers import EntryId
from assistant.domain.lookups import Lookup
from assistant.domain.principals import Permission

ROLES = EntryId("platform-roles")
"""The entry that says which role may do what."""


class SlotKind(StrEnum):
    """How a slot is read.

    A name among the visible customers, several of them or all, one of the looked-up plans, one of other options; a whole number, a length in
    months (0 is off), a day, a calendar month, or free text.
    """

    CUSTOMER = "customer"
    CUSTOMERS = "customers"
    PLAN = "plan"
    CHOICE = "choice"
    NUMBER = "number"
    MONTHS = "months"
    DATE = "date"
    MONTH = "month"
    TEXT = "text"

    @property
    def listed(self) -> bool:
        """Whether it is one of several options that can be shown."""
        return self in {SlotKind.CUSTOMER, SlotKind.CUSTOMERS, SlotKind.PLAN, SlotKind.CHOICE}


class Risk(StrEnum):
    """What a mistake in this flow costs: ``reversible`` changes can be undone here, ``lasting`` ones cannot."""

    REVERSIBLE = "reversible"
    LASTING = "lasting"


@dataclass(frozen=True)
class SlotValue:
    """A filled slot: the canonical value (an id, a number, a text, a day or month in ISO form), and what people see.

    ``relative`` keeps a change such as "five more", so that it is counted from the seats of the moment of the preview.
    """

    value: str | int
    label: str
    relative: int | None = None


Slots = Mapping[str, SlotValue]


@dataclass(frozen=True)
class Slot:
    """One thing a flow has to know.

    ``look_up`` gives the lookup for the options or, for a number, the bounds, from the slots so far; None while they cannot be
    known. ``options`` turns its result (None without a lookup) into what can be picked; customers and plans need none.
    ``bounds`` are the least and the most of months, ``longest`` the characters of a text.
    ``depends_on`` names slots whose change clears this one. ``when`` tells whether the slot is needed at all. An ``optional``
    slot is filled when somebody says it, and asked only when a rule wants it; a ``deliberate`` one is asked although there is but one
    option. ``without`` lets the rule say why there is nothing to pick.
    ``relative_to`` names the plan slot whose present seats a relative number counts from. ``cues`` are words behind which a text stands
    inside a longer message; a ``brief`` text ends at a comma. Behind a word of ``unless`` a day or plan is meant for
    something else. ``each`` keeps a relative number as it is said, to be counted for each of several customers.
    """

    name: str
    kind: SlotKind
    look_up: Callable[[Slots], Lookup[Any] | None] | None = None
    depends_on: tuple[str, ...] = ()
    when: Callable[[Slots], bool] | None = None
    relative_to: str | None = None
    options: Callable[[Any, Slots], tuple[Option, ...]] | None = None
    bounds: tuple[int, int] | None = None
    longest: int = 1000
    optional: bool = False
    without: bool = False
    cues: tuple[str, ...] = ()
    brief: bool = False
    unless: tuple[str, ...] = ()
    deliberate: bool = False
    each: bool = False

    def needed(self, slots: Slots) -> bool:
        """Tell whether the slot has to be filled, given the others."""
        return self.when is None or self.when(slots)


@dataclass(frozen=True)
class Flow:
    """One guided workflow.

    ``phrases`` start it ("*" stands for up to four words). ``entries`` are the entries whose rules it enforces; questions
    in the middle of the flow are tried on them first. ``who`` is the entry that says for whom it is. ``action`` turns the filled
    slots into what the backend previews. ``words`` are its sentences where the catalogue has none for it: ``title``, ``name``,
    ``confirm``, ``done``, ``next``, and ``ask.<slot>`` for each slot. ``batched`` tells that its slots name many changes, which
    are kept as a batch before the preview.
    """

    id: str
    version: int
    phrases: tuple[str, ...]
    slots: tuple[Slot, ...]
    permission: Permission
    entries: tuple[EntryId, ...]
    action: Callable[[Slots], Action]
    risk: Risk
    words: Mapping[str, str] = field(default_factory=dict)
    batched: bool = False
    who: EntryId = ROLES

    def slot(self, name: str) -> Slot:
        """Return the slot of this name; a flow that names a slot it has not is refused at start-up."""
        return next(slot for slot in self.slots if slot.name == name)

    def next_slot(self, slots: Slots, wanted: Collection[str] = ()) -> Slot | None:
        """Return the first required slot that is not filled, or None when the preview can be made.

        ``wanted`` are the optional slots that a rule has asked for.
        """
        asked = (s for s in self.slots if not s.optional or s.name in wanted)
        return next((s for s in asked if s.name not in slots and s.needed(slots)), None)

    def dependents(self, name: str) -> tuple[str, ...]:
        """Return the slots to clear when this one changes, transitively, in declared order."""
        cleared = {name}
        for slot in self.slots:
            if cleared.intersection(slot.depends_on):
                cleared.add(slot.name)
        return tuple(slot.name for slot in self.slots if slot.name in cleared - {name})
