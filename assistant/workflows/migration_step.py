"""Tell how far a migration is, and record its next step with what proves it, or give it up."""

from typing import Any

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.names import Option
from assistant.conversation.slots import CUSTOMER, customer_of, text_of
from assistant.domain.actions import Action, MigrationStep
from assistant.domain.case_lookups import Cases
from assistant.domain.identifiers import CaseId, EntryId
from assistant.domain.principals import Permission

_WORDS = {
    "key_entered": ("entered", "key entered"),
    "verified": ("verified", "checked"),
    "closed": ("closed", "close"),
    "abandoned": ("abandon", "abandoned", "give up"),
}


def _cases(slots: Slots) -> Cases | None:
    return Cases(customer_of(slots)) if "customer" in slots else None


def _running(cases: Any, _slots: Slots) -> tuple[Option, ...]:
    """Return the customer's migrations that are open, named with where they stand."""
    open_ones = [c for c in cases or () if c.open and c.licence_id]
    return tuple(Option(f"{c.state}:{c.id}", f"{c.product}, {c.plan}", (str(c.id),)) for c in open_ones)


def _steps(cases: Any, slots: Slots) -> tuple[Option, ...]:
    """Return what can be recorded now by whoever asks."""
    case = next((c for c in cases or () if c.id == _case(slots)), None)
    return tuple(
        Option(step, step.replace("_", " "), _WORDS.get(step, ())) for step in (case.next if case else ())
    )


def _case(slots: Slots) -> CaseId:
    return CaseId((text_of(slots, "case") or "").partition(":")[2])


def _action(slots: Slots) -> Action:
    return MigrationStep(
        customer_of(slots), _case(slots), text_of(slots, "choice") or "", text_of(slots, "reason") or ""
    )


FLOW = Flow(
    id="migration_step",
    version=1,
    phrases=(
        *(
            f"{act} {whose}migration{of}"
            for act in (
                "next step of",
                "next step in",
                "continue",
                "continue with",
                "go on with",
                "status of",
                "progress of",
                "record",
                "verify",
                "abandon",
                "give up",
                "close",
            )
            for whose in ("", "* ")
            for of in ("", " of", " for")
        ),
        "next migration step",
        "migration status",
        "migration * verified",
        "migration * entered",
        "key was entered",
        "key is entered",
    ),
    slots=(
        CUSTOMER,
        Slot("case", SlotKind.CHOICE, _cases, depends_on=("customer",), options=_running, without=True),
        Slot("choice", SlotKind.CHOICE, _cases, depends_on=("case",), options=_steps, deliberate=True),
        Slot(
            "reason",
            SlotKind.TEXT,
            depends_on=("choice",),
            cues=("because", "evidence is", "evidence:", "proof is", "proof:"),
        ),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(
        EntryId("platform-migration-cases"),
        EntryId("can-existing-license-be-migrated-to-lmp-license-management-platform"),
    ),
    action=_action,
    risk=Risk.LASTING,
)
