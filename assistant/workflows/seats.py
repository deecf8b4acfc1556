"""Change the number of seats of one of a customer's service plans."""

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.domain.actions import Action, ChangeSeats
from assistant.domain.identifiers import CustomerId, EntryId, SubscriptionId
from assistant.domain.lookups import PlanChoices, SeatLimits, VisibleCustomers
from assistant.domain.principals import Permission


def _plans(slots: Slots) -> PlanChoices:
    return PlanChoices("seats", CustomerId(str(slots["customer"].value)) if "customer" in slots else None)


def _action(slots: Slots) -> Action:
    return ChangeSeats(
        CustomerId(str(slots["customer"].value)),
        SubscriptionId(str(slots["plan"].value)),
        int(slots["seats"].value),
    )


FLOW = Flow(
    id="seats",
    version=1,
    phrases=(
        "change seats",
        "change * seats",
        "add seats",
        "add * seats",
        "remove * seats",
        "reduce * seats",
        "increase * seats",
        "increase * by",
        "reduce * by",
        "needs * seats",
        "need * seats",
        "needs * more",
        "needs * fewer",
        "more seats",
        "fewer seats",
        "set * seats",
        "seats to",
        "seats * to",
        "seat change",
        "mehr plätze",
        "auf * plätze",
        "um * plätze",
        "plätze ändern",
        "braucht * plätze",
        "braucht * lizenzen",
    ),
    slots=(
        Slot("customer", SlotKind.CUSTOMER, lambda _: VisibleCustomers()),
        Slot("plan", SlotKind.PLAN, _plans, depends_on=("customer",)),
        Slot(
            "seats", SlotKind.NUMBER, lambda _: SeatLimits("seats"), depends_on=("plan",), relative_to="plan"
        ),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(
        EntryId("how-is-the-runtime-of-the-licenses-affected-when-adding-or-remove-licenses"),
        EntryId(
            "is-the-billing-of-the-licenses-according-to-the-customer-or-total-license-volume-in-the-lmp"
        ),
    ),
    action=_action,
    risk=Risk.REVERSIBLE,
)
