"""Suspend a service plan, at once or from a day on."""

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.slots import CUSTOMER, customer_of, day_of, plan_slot, subscription_of
from assistant.domain.actions import Action, Suspend
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Permission


def _action(slots: Slots) -> Action:
    return Suspend(customer_of(slots), subscription_of(slots), day_of(slots, "expires"))


FLOW = Flow(
    id="suspend",
    version=1,
    phrases=(
        "suspend",
        "suspend plan",
        "suspend * plan",
        "suspend * for",
        "suspend * of",
        "pause * plan",
        "pause * for",
        "pause * licence",
        "pause * subscription",
        "freeze * plan",
        "freeze * for",
        "put * on hold",
        "pause *",
        "freeze *",
    ),
    slots=(
        CUSTOMER,
        plan_slot("suspend"),
        Slot(
            "expires",
            SlotKind.DATE,
            optional=True,
            depends_on=("plan",),
            unless=("until", "till", "to"),
        ),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(
        EntryId("what-does-auto-renewal-means"),
        EntryId("platform-suspension"),
    ),
    action=_action,
    risk=Risk.REVERSIBLE,
)
