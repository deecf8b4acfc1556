"""Disable a customer, which ends all its licences at once, or enable it again."""

from typing import Any

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.names import Option
from assistant.conversation.slots import CUSTOMER, customer_of, text_of
from assistant.domain.actions import Action, SetCustomerEnabled
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Permission


def _states(_nothing: Any, _slots: Slots) -> tuple[Option, ...]:
    return (
        Option(
            "disable",
            "",
            ("disable", "deactivate", "block"),
        ),
        Option(
            "enable",
            "",
            ("enable", "reactivate", "activate", "unblock"),
        ),
    )


def _action(slots: Slots) -> Action:
    return SetCustomerEnabled(customer_of(slots), text_of(slots, "choice") == "enable")


FLOW = Flow(
    id="customer_state",
    version=1,
    phrases=(
        "disable customer",
        "disable * customer",
        "deactivate customer",
        "deactivate * customer",
        "block customer",
        "enable customer",
        "enable * customer",
        "reactivate customer",
        "reactivate * customer",
        "disable",
        "enable",
        "deactivate",
    ),
    slots=(CUSTOMER, Slot("choice", SlotKind.CHOICE, options=_states)),
    permission=Permission.LICENCES_CHANGE,
    entries=(EntryId("platform-customer-disabled"),),
    action=_action,
    risk=Risk.LASTING,
)
