"""Change the number of seats of one of a customer's service plans."""

from dataclasses import replace

from assistant.conversation.flow import Flow, Risk, Slots
from assistant.conversation.slots import (
    CUSTOMER,
    customer_of,
    number_of,
    plan_slot,
    seats_slot,
    subscription_of,
)
from assistant.domain.actions import Action, ChangeSeats
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Permission


def _action(slots: Slots) -> Action:
    return ChangeSeats(customer_of(slots), subscription_of(slots), number_of(slots, "seats"))


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
        "add * users",
        "add * licences",
        "seats less",
        "seats more",
        "seat more",
        "seat less",
        "more seat",
        "more licences",
        "more users",
        "fewer licences",
        "plus * seat",
        "plus * seats",
        "minus * seat",
        "minus * seats",
    ),
    slots=(
        CUSTOMER,
        plan_slot("seats"),
        replace(seats_slot("seats"), depends_on=("plan",), relative_to="plan"),
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
