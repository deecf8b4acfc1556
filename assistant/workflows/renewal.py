"""Set how a service plan renews by itself: every so many months, or not at all."""

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.slots import CUSTOMER, customer_of, number_of, plan_slot, subscription_of
from assistant.domain.actions import Action, ChangeRenewal
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Permission
from assistant.domain.standing import LONGEST_MONTHS


def _action(slots: Slots) -> Action:
    return ChangeRenewal(customer_of(slots), subscription_of(slots), number_of(slots, "months"))


FLOW = Flow(
    id="renewal",
    version=1,
    phrases=(
        "change renewal",
        "change * renewal",
        "change * auto renewal",
        "set renewal",
        "set * renewal",
        "set * to renew",
        "auto renewal off",
        "auto renew off",
        "auto renewal on",
        "turn off * renewal",
        "switch off * renewal",
        "turn on * renewal",
        "switch on * renewal",
        "disable * renewal",
        "enable * renewal",
        "stop * renewal",
        "stop renewing",
        "cancel * renewal",
        "cancel renewal",
        "renewal for",
        "renewal of",
        "renew * every",
        "renews every",
        "renew monthly",
        "renew * monthly",
        "renew yearly",
        "renew * yearly",
        "should not renew",
        "not renew",
        "without renewal",
        "don't renew",
        "do not renew",
    ),
    slots=(
        CUSTOMER,
        plan_slot("renewal"),
        Slot("months", SlotKind.MONTHS, depends_on=("plan",), bounds=(0, LONGEST_MONTHS)),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(EntryId("what-does-auto-renewal-means"),),
    action=_action,
    risk=Risk.REVERSIBLE,
)
