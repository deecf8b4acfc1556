"""Slots that many flows have, and filled slots as an action takes them."""

from collections.abc import Callable
from datetime import date

from assistant.conversation.flow import Slot, SlotKind, Slots
from assistant.domain.identifiers import CustomerId, PlanId, SubscriptionId
from assistant.domain.lookups import PlanChoices, SeatLimits, VisibleCustomers

CUSTOMER = Slot("customer", SlotKind.CUSTOMER, lambda _: VisibleCustomers())
"""One of the partner's customers, by its name."""


def plan_slot(op: str) -> Slot:
    """Return the slot for a plan that can be picked for ``op`` (a flow id) at the customer asked before."""
    return Slot("plan", SlotKind.PLAN, _plans(op), depends_on=("customer",))


def seats_slot(op: str) -> Slot:
    """Return the slot for the seats of a new plan, within what the rule of ``op`` allows."""
    return Slot("seats", SlotKind.NUMBER, lambda _: SeatLimits(op))


def customer_of(slots: Slots) -> CustomerId:
    """Return the customer."""
    return CustomerId(str(slots["customer"].value))


def plan_of(slots: Slots) -> PlanId:
    """Return the catalogue's plan."""
    return PlanId(str(slots["plan"].value))


def subscription_of(slots: Slots) -> SubscriptionId:
    """Return the customer's own plan."""
    return SubscriptionId(str(slots["plan"].value))


def number_of(slots: Slots, name: str) -> int:
    """Return a number or a length in months."""
    return int(slots[name].value)


def day_of(slots: Slots, name: str) -> date | None:
    """Return a day, or None where it was left out."""
    return date.fromisoformat(str(slots[name].value)) if name in slots else None


def text_of(slots: Slots, name: str) -> str | None:
    """Return a text or an option's id, or None where it was left out."""
    return str(slots[name].value) if name in slots else None


def _plans(op: str) -> Callable[[Slots], PlanChoices]:
    return lambda slots: PlanChoices(op, customer_of(slots) if "customer" in slots else None)
