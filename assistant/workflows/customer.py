"""Create a customer, which then appears in the Remote Manager."""

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.domain.actions import Action, CreateCustomer
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Permission


def _action(slots: Slots) -> Action:
    return CreateCustomer(str(slots["customer"].value))


FLOW = Flow(
    id="customer",
    version=1,
    phrases=(
        "create customer",
        "create new customer",
        "create * customer",
        "add customer",
        "add new customer",
        "new customer",
        "register customer",
        "register * customer",
        "set up customer",
        "set up new customer",
        "onboard",
    ),
    slots=(
        Slot(
            "customer",
            SlotKind.TEXT,
            longest=128,
            brief=True,
            cues=(
                "customer called",
                "customer named",
                "customer with the name",
                "customer",
                "called",
                "named",
                "onboard",
            ),
        ),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(
        EntryId(
            "can-we-synchronize-the-customers-from-tmrm-to-lmp-use-case-migrate-existing-partner-to-msp-with-lmp-currently-is-tmrm-only-in-place"
        ),
        EntryId("platform-customers"),
    ),
    action=_action,
    risk=Risk.LASTING,
)
