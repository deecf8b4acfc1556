"""Order the partner's own not-for-resale licence of a product."""

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.slots import plan_of, text_of
from assistant.domain.actions import Action, OrderNfr
from assistant.domain.identifiers import EntryId
from assistant.domain.lookups import PlanChoices
from assistant.domain.principals import Permission


def _action(slots: Slots) -> Action:
    return OrderNfr(plan_of(slots), text_of(slots, "name") or "")


FLOW = Flow(
    id="nfr",
    version=1,
    phrases=(
        "order nfr",
        "order * nfr",
        "need nfr",
        "need * nfr",
        "get nfr",
        "want nfr",
        "licence for own use",
        "licence for our own",
        "order * not for resale",
        "get * not for resale",
        "need * not for resale",
        "want * not for resale",
    ),
    slots=(
        Slot("plan", SlotKind.PLAN, lambda _: PlanChoices("nfr")),
        Slot(
            "name",
            SlotKind.TEXT,
            longest=150,
            brief=True,
            cues=("called", "named", "with the name", "name it"),
        ),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(
        EntryId("are-trail-versions-available"),
        EntryId("platform-nfr-licences"),
    ),
    action=_action,
    risk=Risk.LASTING,
)
