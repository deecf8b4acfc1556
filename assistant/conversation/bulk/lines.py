"""The lines of a file of changes: their columns, and what each line asks for in the slots of its flow."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.conversation.acts import Fill
from assistant.conversation.filling import absolute, read_value
from assistant.conversation.flow import Flow, Slot, SlotKind, SlotValue
from assistant.conversation.names import Option
from assistant.conversation.wording import Wording
from assistant.domain.batches import CustomerPlans
from assistant.domain.bulk import BULK_OPS, MOST_ROWS, BulkRow
from assistant.domain.errors import InvalidInput
from assistant.domain.lookups import PlanChoice
from assistant.domain.naming import name_key

Cell = str | int | float | bool | None

COLUMNS: Mapping[str, str] = {
    "change": "Change",
    "customer": "Customer",
    "plan": "Plan",
    "seats": "Seats",
    "target": "New plan",
    "months": "Months",
    "expires": "Expires",
    "data_center": "Data centre",
    "reason": "Reason",
}
"""The columns a file may have, by what they hold; their order is free, and only the first two have to be there."""

_NEEDED = ("change", "customer")
TARGETED = frozenset({"assign", "crossgrade"})
"""The flows whose plan is one of the catalogue and not one that the customer has."""
_DECIDED = frozenset({"choice", "leftovers"})
"""Slots that are decided for every customer alike: everything owned moves, and what stays behind stays."""
_LONGEST_CELL = 1000


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line: its row as the file counts them, from 1, its column's head, and why, in words."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class Line:
    """One line with something in it: its row, and its cells by column."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Known:
    """What lines can name: the customers by flow with their plans, and the plans on sale by flow."""

    customers: Mapping[str, tuple[CustomerPlans, ...]]
    plans: Mapping[str, tuple[PlanChoice, ...]]


def lines_of(rows: Sequence[Sequence[Cell]]) -> tuple[Line, ...]:
    """Return the lines below the head, without the empty ones. Raises InvalidInput for a head that is none, and too many lines."""
    at = next((n for n, row in enumerate(rows) if any(_text(cell) for cell in row)), None)
    if at is None:
        raise InvalidInput(
            "file", "is empty; begin with a row of heads such as " + ", ".join(COLUMNS.values())
        )
    columns = _columns(rows[at])
    lines = [
        Line(number, {name: _text(row[n]) for n, name in columns.items() if n < len(row)})
        for number, row in enumerate(rows[at + 1 :], start=at + 2)
        if any(_text(cell) for cell in row)
    ]
    if not 1 <= len(lines) <= MOST_ROWS:
        raise InvalidInput(
            "file", f"must have 1 to {MOST_ROWS:,} rows below its heads; it has {len(lines):,}"
        )
    return tuple(lines)


def flow_of(line: Line, flows: Mapping[str, Flow], wording: Wording) -> Flow | None:
    """Return the flow that a line's change names by its id, its name or its title."""
    said = name_key(line.cells.get("change", ""))
    for op in BULK_OPS:
        if op in flows and said in {
            op,
            name_key(wording.say(f"flow.{op}.name")),
            name_key(wording.title(op)),
        }:
            return flows[op]
    return None


class Reader:
    """Reads lines, for the customers and plans that this user may see.

    ``today`` is the day that days without a year are read from.
    """

    def __init__(self, flows: Mapping[str, Flow], known: Known, wording: Wording, today: date) -> None:
        self._flows, self._known, self._wording, self._today = flows, known, wording, today
        self._named = {
            op: {key: one for one in found for key in (name_key(one.name), str(one.id))}
            for op, found in known.customers.items()
        }

    def read(self, lines: Iterable[Line]) -> tuple[tuple[BulkRow, ...], tuple[Fault, ...]]:
        """Return the rows of all lines, and everything that is wrong with any of them; rows only count without faults."""
        rows: list[BulkRow] = []
        faults: list[Fault] = []
        for line in lines:
            flow = flow_of(line, self._flows, self._wording)
            if flow is None:
                faults.append(self._fault(line, "change", "unknown_change", changes=", ".join(BULK_OPS)))
                continue
            row = self._row(line, flow)
            if isinstance(row, BulkRow):
                rows.append(row)
            else:
                faults.extend(row)
        return tuple(rows), tuple(faults)

    def _row(self, line: Line, flow: Flow) -> BulkRow | list[Fault]:
        customer = self._named[flow.id].get(name_key(line.cells.get("customer", "")))
        if customer is None:
            return [self._fault(line, "customer", "no_customer")]
        slots = {"customer": SlotValue(customer.id, customer.name)}
        faults = [f for slot in flow.slots if (f := self._fill(line, flow, slot, customer, slots))]
        return faults or BulkRow(line.row, customer.name, flow.action(slots))

    def _fill(
        self, line: Line, flow: Flow, slot: Slot, customer: CustomerPlans, slots: dict[str, SlotValue]
    ) -> Fault | None:
        """Fill one slot of a line, or return what is wrong with it."""
        if slot.name in slots or slot.name in _DECIDED or not slot.needed(slots):
            return None
        targeted = flow.id in TARGETED
        column = "target" if slot.kind is SlotKind.PLAN and targeted else slot.name
        raw = line.cells.get(column, "")
        options = self._options(flow, customer) if slot.kind is SlotKind.PLAN else ()
        if not raw:
            return self._left_empty(
                line, slot, column, options, slots, present=(targeted and customer) or None
            )
        value = self._value(slot, raw, options, slots, self._options(flow, customer))
        if value is None:
            return self._fault(line, column, self._why(slot, flow), raw=raw[:80])
        slots[slot.name] = value
        return None

    def _left_empty(
        self,
        line: Line,
        slot: Slot,
        column: str,
        options: tuple[Option, ...],
        slots: dict[str, SlotValue],
        present: CustomerPlans | None,
    ) -> Fault | None:
        if slot.optional:
            return None
        if slot.kind is SlotKind.PLAN and present is None and len(options) == 1:
            slots[slot.name] = SlotValue(options[0].id, options[0].label)
            return None
        seats = _present_seats(line, present) if slot.kind is SlotKind.NUMBER and present else None
        if seats:
            slots[slot.name] = SlotValue(seats, str(seats))
            return None
        several = slot.kind is SlotKind.PLAN and len(options) > 1
        return self._fault(line, column, "several_plans" if several else "needed")

    def _value(
        self,
        slot: Slot,
        raw: str,
        options: tuple[Option, ...],
        slots: Mapping[str, SlotValue],
        own: tuple[Option, ...],
    ) -> SlotValue | None:
        if slot.kind is SlotKind.PLAN:
            named = [
                o for o in options if name_key(raw) in {name_key(n) for n in (o.id, o.label, *o.aliases)}
            ]
            return SlotValue(named[0].id, named[0].label) if len(named) == 1 else None
        act = read_value(slot, options, raw, self._today)
        if not isinstance(act, Fill):
            return None
        return absolute(slot, act.value, slots, own) if slot.kind is SlotKind.NUMBER else act.value

    def _options(self, flow: Flow, customer: CustomerPlans) -> tuple[Option, ...]:
        choices = self._known.plans[flow.id] if flow.id in TARGETED else customer.plans
        return tuple(option_of(choice) for choice in choices)

    def _why(self, slot: Slot, flow: Flow) -> str:
        if slot.kind is SlotKind.PLAN and flow.id not in TARGETED:
            return "no_such_plan"
        typed = f"invalid.{slot.name}_{slot.kind}"
        return typed if self._wording.has(typed) else f"invalid.{slot.name}"

    def _fault(self, line: Line, column: str, why: str, **params: str) -> Fault:
        key = why if why.startswith("invalid.") else f"bulk.{why}"
        told = {"raw": line.cells.get(column, "")[:80], **params}
        return Fault(line.row, COLUMNS[column], self._wording.say(key, **told))


def _present_seats(line: Line, customer: CustomerPlans) -> int | None:
    """Return the seats of the plan that a line names or, where it names none, of the customer's only one."""
    named = name_key(line.cells.get("plan", ""))
    plans = [
        plan
        for plan in customer.plans
        if not named or named in {name_key(n) for n in (plan.name, *plan.aliases)}
    ]
    return plans[0].seats if len(plans) == 1 else None


def option_of(choice: PlanChoice) -> Option:
    """Return a plan as an option of a slot."""
    return Option(choice.subscription_id or choice.plan_id or "", choice.name, choice.aliases, choice.seats)


def _columns(heads: Sequence[Cell]) -> dict[int, str]:
    known = {name_key(head): name for name, head in COLUMNS.items()} | {name: name for name in COLUMNS}
    found: dict[int, str] = {}
    for at, cell in enumerate(heads):
        head = name_key(_text(cell).strip("*: "))
        if not head:
            continue
        if head not in known or known[head] in found.values():
            raise InvalidInput("file", f"has a column {_text(cell)[:40]!r} that is {_not(head, known)}")
        found[at] = known[head]
    lacking = [COLUMNS[name] for name in _NEEDED if name not in found.values()]
    if lacking:
        raise InvalidInput("file", f"lacks the column {lacking[0]}; its first row must hold the heads")
    return found


def _not(head: str, known: Mapping[str, str]) -> str:
    return "there twice" if head in known else "not known; known are " + ", ".join(COLUMNS.values())


def _text(cell: Cell) -> str:
    if isinstance(cell, bool) or cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    # an apostrophe in front keeps a spreadsheet from reckoning with a cell; it is no part of what was meant
    return " ".join(str(cell).removeprefix("'").split())[:_LONGEST_CELL]


def flows_named(lines: Iterable[Line], flows: Mapping[str, Flow], wording: Wording) -> Iterator[str]:
    """Yield the id of each flow that any line names, once."""
    found = (flow_of(line, flows, wording) for line in lines)
    yield from dict.fromkeys(flow.id for flow in found if flow)
