"""Open a support case with the vendor, saying what both levels of the partner did."""

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.slots import CUSTOMER, customer_of, plan_slot, subscription_of, text_of
from assistant.domain.actions import Action, OpenCase
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Permission


def _action(slots: Slots) -> Action:
    return OpenCase(
        customer_of(slots),
        subscription_of(slots),
        text_of(slots, "reason") or "",
        text_of(slots, "level_one") or "",
        text_of(slots, "level_two") or "",
    )


FLOW = Flow(
    id="support_case",
    version=1,
    phrases=(
        "open case",
        "open support case",
        "open a case",
        "open * case",
        "open ticket",
        "open * ticket",
        "new case",
        "new ticket",
        "create case",
        "create * case",
        "create * ticket",
        "raise * case",
        "raise * ticket",
        "escalate * vendor",
        "support case for",
        "support case about",
        "need support for",
        "log * case",
    ),
    slots=(
        CUSTOMER,
        plan_slot("support_case"),
        Slot("reason", SlotKind.TEXT, cues=("reason is", "problem is", "issue is", "because", ":")),
        Slot("level_one", SlotKind.TEXT, cues=("level one did", "first level did", "level one:")),
        Slot("level_two", SlotKind.TEXT, cues=("level two did", "second level did", "level two:")),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(EntryId("can-the-end-customer-open-up-support-case-by-their-own"),),
    action=_action,
    risk=Risk.LASTING,
    who=EntryId("can-the-end-customer-open-up-support-case-by-their-own"),
)
