"""Set the day on which the running term of a service plan ends, which for one that has ended renews it by hand."""

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.slots import CUSTOMER, customer_of, day_of, plan_slot, subscription_of
from assistant.domain.actions import Action, ChangeTerm
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Permission


def _action(slots: Slots) -> Action:
    expires = day_of(slots, "expires")
    assert expires is not None
    return ChangeTerm(customer_of(slots), subscription_of(slots), expires)


FLOW = Flow(
    id="term",
    version=1,
    phrases=(
        "change term",
        "change * term",
        "set * term",
        "change expiry",
        "change * expiry",
        "change * expiry date",
        "set * expiry",
        "change * end date",
        "set * end date",
        "extend * until",
        "extend * to",
        "extend * term",
        "extend term",
        "extend * licence",
        "extend * plan",
        "extend plan",
        "shorten * term",
        "shorten * to",
        "shorten term",
        "should end on",
        "should expire on",
        "let * expire",
        "renew * by hand",
        "renew * until",
        "change expiration",
        "change * expiration",
        "run until",
        "runs until",
        "extend",
        "shorten",
    ),
    slots=(
        CUSTOMER,
        plan_slot("term"),
        Slot("expires", SlotKind.DATE, depends_on=("plan",)),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(
        EntryId("what-is-an-initial-license-period"),
        EntryId("how-is-the-runtime-of-the-licenses-affected-when-adding-or-remove-licenses"),
        EntryId("platform-terms"),
    ),
    action=_action,
    risk=Risk.REVERSIBLE,
)
