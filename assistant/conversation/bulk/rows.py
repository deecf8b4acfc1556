"""From a group of customers and the slots of a batch to its rows: for each customer the action of the flow it is about."""

from collections.abc import Iterable, Iterator, Mapping

from assistant.conversation.bulk.lines import TARGETED
from assistant.conversation.flow import Flow, Slots, SlotValue
from assistant.conversation.groups import OWN_PLAN, ids_in, is_all
from assistant.conversation.slots import number_of, text_of
from assistant.domain.batches import CustomerPlans
from assistant.domain.bulk import BulkRow
from assistant.domain.lookups import PlanChoice
from assistant.domain.refusals import Refusal, RefusalCode

_TAKEN_OVER = ("months", "expires")


def rows_of(flow: Flow, slots: Slots, customers: Iterable[CustomerPlans]) -> tuple[BulkRow, ...]:
    """Return a row for each change that the slots of a batch ask of these customers; ``flow`` is the one the changes are of.

    Of "all customers" those without the plan are not meant; a customer who was named and has it not gets a row that says so.
    """
    meant = [one for one in customers if _is_meant(one, slots)]
    found = [
        (one, changes)
        for one in meant
        if (changes := tuple(_changes(one, slots))) or not is_all(slots["customer"])
    ]
    if "first" in slots:
        found = found[: number_of(slots, "first")]
    rows: list[BulkRow] = []
    for one, changes in found:
        for plan in changes or (None,):
            rows.append(_row(len(rows) + 1, flow, slots, one, plan))
    return tuple(rows)


def _is_meant(one: CustomerPlans, slots: Slots) -> bool:
    group, without = slots["customer"], slots.get("without")
    named = is_all(group) or one.id in ids_in(group)
    return named and not (without and one.id in ids_in(without))


def _changes(one: CustomerPlans, slots: Slots) -> Iterator[PlanChoice]:
    """Yield each plan of a customer that its change is of; for a new plan there is one change, whatever the customer has."""
    if "plan" not in slots:
        yield PlanChoice(None, "")
    else:
        said = slots["plan"].value
        yield from (plan for plan in one.plans if said in {plan.name, OWN_PLAN})


def _row(number: int, flow: Flow, slots: Slots, one: CustomerPlans, plan: PlanChoice | None) -> BulkRow:
    if plan is None:
        params = {"customer": one.name}
        return BulkRow(number, one.name, None, Refusal(RefusalCode.NO_SUBSCRIPTION, params, slot="customer"))
    return BulkRow(number, one.name, flow.action(_slots(slots, one, plan)))


def _slots(slots: Slots, one: CustomerPlans, plan: PlanChoice) -> Mapping[str, SlotValue]:
    target = text_of(slots, "target") if text_of(slots, "what") in TARGETED else None
    chosen = target or plan.subscription_id or plan.plan_id or ""
    seats = _seats(slots, plan)
    return {
        "customer": SlotValue(one.id, one.name),
        "plan": SlotValue(chosen, plan.name),
        **({} if seats is None else {"seats": SlotValue(seats, str(seats))}),
        **{name: slots[name] for name in _TAKEN_OVER if name in slots},
    }


def _seats(slots: Slots, plan: PlanChoice) -> int | None:
    """Return the seats of a change: a total, so many more or fewer than now, or as many as now where none are said."""
    said = slots.get("seats")
    if said is None:
        return plan.seats
    return int(said.value) if said.relative is None else (plan.seats or 0) + said.relative
