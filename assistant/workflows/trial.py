"""Start a trial of one service for one customer."""

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.domain.actions import Action, StartTrial
from assistant.domain.identifiers import CustomerId, EntryId, PlanId
from assistant.domain.lookups import PlanChoices, SeatLimits, VisibleCustomers
from assistant.domain.principals import Permission


def _plans(slots: Slots) -> PlanChoices:
    return PlanChoices("trial", CustomerId(str(slots["customer"].value)) if "customer" in slots else None)


def _action(slots: Slots) -> Action:
    return StartTrial(
        CustomerId(str(slots["customer"].value)), PlanId(str(slots["plan"].value)), int(slots["seats"].value)
    )


FLOW = Flow(
    id="trial",
    version=1,
    phrases=(
        "start trial",
        "create trial",
        "set up trial",
        "start * trial",
        "new trial",
        "need trial",
        "need * trial",
        "want trial",
        "like trial",
        "get trial",
        "trial of",
        "trial for",
        "trial * for",
        "testversion für",
        "testlizenz für",
        "starte testversion",
        "starte * testversion",
        "testversion von",
        "trial starten",
    ),
    slots=(
        Slot("customer", SlotKind.CUSTOMER, lambda _: VisibleCustomers()),
        Slot("plan", SlotKind.PLAN, _plans, depends_on=("customer",)),
        Slot("seats", SlotKind.NUMBER, lambda _: SeatLimits("trial")),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(EntryId("are-trail-versions-available"),),
    action=_action,
    risk=Risk.LASTING,
)
