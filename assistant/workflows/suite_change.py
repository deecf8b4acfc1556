"""Approve what changed in a bundle, for the whole partner, or accept it for one customer."""

from typing import Any

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.names import Option
from assistant.conversation.slots import customer_of, plan_of, subscription_of, text_of
from assistant.domain.actions import AcceptSuite, Action, ApproveSuite
from assistant.domain.identifiers import EntryId
from assistant.domain.lookups import PlanChoices, VisibleCustomers
from assistant.domain.principals import Permission


def _steps(_nothing: Any, _slots: Slots) -> tuple[Option, ...]:
    return (
        Option("approve", "", ("approve", "unlock")),
        Option("accept", "", ("accept", "for customer")),
    )


def _accepts(slots: Slots) -> bool:
    return text_of(slots, "choice") == "accept"


def _plans(slots: Slots) -> PlanChoices:
    known = _accepts(slots) and "customer" in slots
    return PlanChoices("suite_change", customer_of(slots) if known else None)


def _action(slots: Slots) -> Action:
    if _accepts(slots):
        return AcceptSuite(customer_of(slots), subscription_of(slots))
    return ApproveSuite(plan_of(slots), text_of(slots, "data_center"))


FLOW = Flow(
    id="suite_change",
    version=1,
    phrases=(
        "change of suite",
        "change of bundle",
        "approve suite",
        "approve bundle",
        "approve * change",
        "approve change",
        "approve * bundle",
        "accept * change",
        "accept change",
        "accept suite",
        "accept bundle",
        "accept update",
        "accept * update",
        "unlock plan",
        "unlock * plan",
        "unlock",
    ),
    slots=(
        Slot("choice", SlotKind.CHOICE, options=_steps),
        Slot(
            "customer",
            SlotKind.CUSTOMER,
            lambda _: VisibleCustomers(),
            depends_on=("choice",),
            when=_accepts,
        ),
        Slot("plan", SlotKind.PLAN, _plans, depends_on=("customer", "choice")),
        Slot(
            "data_center",
            SlotKind.TEXT,
            optional=True,
            longest=64,
            brief=True,
            cues=("data center", "data centre", "datacenter", "datacentre", "hosted in"),
        ),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(
        EntryId("can-solutions-be-added-or-changed"),
        EntryId("platform-suite-change"),
    ),
    action=_action,
    risk=Risk.LASTING,
)
