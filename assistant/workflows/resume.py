"""Lift the suspension of a service plan, with its agreed end or another one."""

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.slots import CUSTOMER, customer_of, day_of, plan_slot, subscription_of
from assistant.domain.actions import Action, Resume
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Permission


def _action(slots: Slots) -> Action:
    return Resume(customer_of(slots), subscription_of(slots), day_of(slots, "expires"))


FLOW = Flow(
    id="resume",
    version=1,
    phrases=(
        "unsuspend",
        "lift suspension",
        "lift * suspension",
        "end suspension",
        "end * suspension",
        "resume plan",
        "resume * plan",
        "resume * subscription",
        "resume service",
        "resume * service for",
        "resume * licence",
        "resume licences",
        "resume * licences",
        "resume * for",
        "resume * of",
        "reactivate",
        "unpause",
    ),
    slots=(
        CUSTOMER,
        plan_slot("resume"),
        Slot("expires", SlotKind.DATE, optional=True, depends_on=("plan",)),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(
        EntryId("what-does-auto-renewal-means"),
        EntryId("platform-suspension"),
    ),
    action=_action,
    risk=Risk.REVERSIBLE,
)
