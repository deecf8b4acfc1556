"""Assign a service plan to a customer that has nothing of it yet."""

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.slots import (
    CUSTOMER,
    customer_of,
    day_of,
    number_of,
    plan_of,
    plan_slot,
    seats_slot,
    text_of,
)
from assistant.domain.actions import Action, AssignPlan
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Permission


def _action(slots: Slots) -> Action:
    return AssignPlan(
        customer_of(slots),
        plan_of(slots),
        number_of(slots, "seats"),
        start=day_of(slots, "starts"),
        data_center=text_of(slots, "data_center"),
    )


FLOW = Flow(
    id="assign",
    version=2,
    phrases=(
        "assign",
        "assign plan",
        "assign * plan",
        "assign * to",
        "assign * seats",
        "assign * seats of",
        "new plan",
        "new * plan",
        "add plan",
        "add * plan",
        "new subscription",
        "new * subscription",
        "new licences",
        "new licence for",
        "order * for",
        "buy * for",
        "provision * for",
        "set up * plan",
        "give * plan",
        "license * with",
        "sold * to",
        "give * security",
        "add * security",
        "needs * security",
        "need * security",
        "order * seats of",
        "order * seats",
    ),
    slots=(
        CUSTOMER,
        plan_slot("assign"),
        seats_slot("assign"),
        Slot("starts", SlotKind.DATE, optional=True),
        Slot(
            "data_center",
            SlotKind.TEXT,
            optional=True,
            longest=64,
            brief=True,
            cues=("data center", "data centre", "datacenter", "datacentre", "hosted in"),
        ),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(
        EntryId("can-solutions-be-added-or-changed"),
        EntryId("what-is-an-initial-license-period"),
        EntryId("platform-plans"),
        EntryId("platform-data-center"),
    ),
    action=_action,
    risk=Risk.LASTING,
)
