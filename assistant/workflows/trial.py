"""Start a trial of one service for one customer."""

from assistant.conversation.flow import Flow, Risk, Slots
from assistant.conversation.slots import CUSTOMER, customer_of, number_of, plan_of, plan_slot, seats_slot
from assistant.domain.actions import Action, StartTrial
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Permission


def _action(slots: Slots) -> Action:
    return StartTrial(customer_of(slots), plan_of(slots), number_of(slots, "seats"))


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
        "demo for",
        "evaluation for",
    ),
    slots=(CUSTOMER, plan_slot("trial"), seats_slot("trial")),
    permission=Permission.LICENCES_CHANGE,
    entries=(
        EntryId("are-trail-versions-available"),
        EntryId("platform-trial-terms"),
        EntryId("platform-trial-once"),
    ),
    action=_action,
    risk=Risk.LASTING,
)
