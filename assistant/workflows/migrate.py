"""Bring a licence that was bought outside onto the platform."""

from typing import Any

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.names import Option
from assistant.conversation.slots import CUSTOMER, customer_of, plan_slot, text_of
from assistant.domain.actions import Action, Migrate
from assistant.domain.identifiers import EntryId, PlanId, StandardLicenceId
from assistant.domain.lookups import CustomerById
from assistant.domain.principals import Permission


def _customer(slots: Slots) -> CustomerById | None:
    return CustomerById(customer_of(slots)) if "customer" in slots else None


def _licences(view: Any, _slots: Slots) -> tuple[Option, ...]:
    """Return the customer's licences from outside, those that stay there as well, so that the rule says why."""
    licences = [licence for licence in view.standard_licences if not licence.ended] if view else []
    return tuple(
        Option(str(licence.id), f"{licence.product}, {licence.hosting}, {licence.seats}", (licence.hosting,))
        for licence in licences
    )


def _action(slots: Slots) -> Action:
    return Migrate(
        customer_of(slots),
        StandardLicenceId(text_of(slots, "choice") or ""),
        PlanId(text_of(slots, "plan") or ""),
    )


FLOW = Flow(
    id="migrate",
    version=1,
    phrases=(
        "migrate",
        "migrate licence",
        "migrate * licence",
        "migrate * licences",
        "migrate * to lmp",
        "migrate * to msp",
        "migrate * to platform",
        "move * licence to lmp",
        "move * licence to platform",
        "move * to lmp",
        "bring * to lmp",
        "bring * onto platform",
        "start migration",
        "migration of",
        "migration for",
        "licence * to lmp",
        "licences * to lmp",
        "licence * into lmp",
        "license * to lmp",
    ),
    slots=(
        CUSTOMER,
        Slot(
            "choice",
            SlotKind.CHOICE,
            _customer,
            depends_on=("customer",),
            options=_licences,
            without=True,
        ),
        Slot("plan", SlotKind.PLAN, plan_slot("migrate").look_up, depends_on=("choice",), without=True),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(
        EntryId("can-existing-license-be-migrated-to-lmp-license-management-platform"),
        EntryId("how-is-the-buy-process-for-upfront-licenses"),
        EntryId("platform-migration-plan"),
        EntryId("platform-migration-cases"),
    ),
    action=_action,
    risk=Risk.LASTING,
)
