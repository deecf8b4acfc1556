"""Turn a running trial into a full plan of the same service."""

from typing import Any

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.names import Option
from assistant.conversation.slots import (
    CUSTOMER,
    customer_of,
    number_of,
    plan_slot,
    seats_slot,
    subscription_of,
    text_of,
)
from assistant.domain.actions import Action, ConvertTrial
from assistant.domain.identifiers import EntryId, PlanId
from assistant.domain.lookups import PlanChoices
from assistant.domain.principals import Permission


def _same_service(plans: Any, slots: Slots) -> tuple[Option, ...]:
    """Return the full plans of the product that is tried, first the one that the trial is shown by."""
    service = slots["plan"].label if "plan" in slots else None
    product = next((plan.product for plan in plans if plan.name == service), None)
    same = [plan for plan in plans if product and plan.product == product]
    same.sort(key=lambda plan: plan.name != service)
    return tuple(Option(plan.plan_id, plan.name, plan.aliases) for plan in same)


def _action(slots: Slots) -> Action:
    return ConvertTrial(
        customer_of(slots),
        subscription_of(slots),
        PlanId(text_of(slots, "choice") or ""),
        number_of(slots, "seats") if "seats" in slots else 0,
    )


FLOW = Flow(
    id="convert_trial",
    version=1,
    phrases=(
        "convert trial",
        "convert * trial",
        "convert trial of",
        "convert trial for",
        "convert * trial of",
        "turn trial into",
        "turn * trial into",
        "turn * trial * into",
        "trial into full",
        "trial into paid",
        "make * trial * full",
        "buy after trial",
        "keep * trial * as full",
        "upgrade trial",
        "upgrade * trial",
        "upgrade trial of",
        "keep * trial",
        "trial * become * full",
        "trial * becomes * full",
    ),
    slots=(
        CUSTOMER,
        plan_slot("convert_trial"),
        Slot(
            "choice",
            SlotKind.CHOICE,
            lambda _: PlanChoices("assign"),
            depends_on=("plan",),
            options=_same_service,
            without=True,
        ),
        seats_slot("convert_trial"),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(
        EntryId("are-trail-versions-available"),
        EntryId("what-is-an-initial-license-period"),
        EntryId("platform-trial-conversion"),
    ),
    action=_action,
    risk=Risk.LASTING,
)
