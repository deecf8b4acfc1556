"""Cancel a service plan, or delete a part that a bundle has left over."""

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.slots import CUSTOMER, customer_of, plan_slot, subscription_of, text_of
from assistant.domain.actions import Action, Cancel
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Permission


def _action(slots: Slots) -> Action:
    return Cancel(customer_of(slots), subscription_of(slots), text_of(slots, "reason"))


FLOW = Flow(
    id="cancel",
    version=1,
    phrases=(
        "cancel plan",
        "cancel * plan",
        "cancel service plan",
        "cancel subscription",
        "cancel * subscription",
        "cancel licence",
        "cancel licences",
        "cancel * licences",
        "cancel * for",
        "cancel * of",
        "cancel * at",
        "cancel trial",
        "cancel * trial",
        "cancel trial of",
        "cancel trial for",
        "terminate * plan",
        "terminate * for",
        "terminate * subscription",
        "end * subscription",
        "delete * plan",
        "delete * leftover",
        "delete leftover",
        "get rid of",
        "wants to cancel",
        "wants to leave",
        "no longer needs",
        "terminate",
        "leaving us",
    ),
    slots=(
        CUSTOMER,
        plan_slot("cancel"),
        Slot(
            "reason",
            SlotKind.TEXT,
            optional=True,
            cues=("because", "reason is", "reason:"),
        ),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(
        EntryId("can-the-service-plan-be-canceled"),
        EntryId("platform-no-undo"),
        EntryId("platform-leftovers"),
    ),
    action=_action,
    risk=Risk.LASTING,
)
