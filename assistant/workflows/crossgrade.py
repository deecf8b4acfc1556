"""Move a customer to a plan that contains what it has: which licences move, what becomes of the rest, and the check."""

from collections.abc import Iterator
from typing import Any

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.names import Option
from assistant.conversation.slots import (
    CUSTOMER,
    customer_of,
    number_of,
    plan_of,
    plan_slot,
    seats_slot,
    text_of,
)
from assistant.domain.actions import Action, Crossgrade
from assistant.domain.identifiers import EntryId
from assistant.domain.lookups import CrossgradeMatrix
from assistant.domain.principals import Permission


def _matrix(slots: Slots) -> CrossgradeMatrix | None:
    if not {"customer", "plan"} <= slots.keys():
        return None
    return CrossgradeMatrix(customer_of(slots), plan_of(slots), _picked(slots, "choice"))


def _ways(view: Any, _slots: Slots) -> tuple[Option, ...]:
    """Return what can be done with owned software: move its licence, or obtain a new one beside it."""
    open_to_choice = [c for c in view.components if len(c.choices) > 1] if view else []
    moved = (Option("move", "", ("move", "transfer")),) if view else ()
    return (*moved, *_each("new", [(c.product, c.name) for c in open_to_choice], ("new",)))


def _rest(view: Any, _slots: Slots) -> tuple[Option, ...]:
    """Return what can be done with what stays behind: keep it to its end, or delete what nobody uses."""
    unused = [(left.product, left.name) for left in view.leftovers if not left.used] if view else []
    kept = (Option("keep", "", ("keep",)),) if view else ()
    return (*kept, *_each("delete", unused, ("delete", "remove")))


def _each(word: str, products: list[tuple[str, str]], aliases: tuple[str, ...]) -> Iterator[Option]:
    """Yield an option for each product, and one for all of several, which the bare word means."""
    for code, name in products:
        yield Option(f"{word}:{code}", name, aliases if len(products) == 1 else ())
    if len(products) > 1:
        codes, names = zip(*products, strict=True)
        yield Option(f"{word}:{','.join(codes)}", ", ".join(names), aliases)


def _picked(slots: Slots, name: str) -> tuple[str, ...]:
    _, _, codes = (text_of(slots, name) or "").partition(":")
    return tuple(codes.split(",")) if codes else ()


def _action(slots: Slots) -> Action:
    return Crossgrade(
        customer_of(slots),
        plan_of(slots),
        number_of(slots, "seats"),
        obtain_new=_picked(slots, "choice"),
        delete=_picked(slots, "leftovers"),
        data_center=text_of(slots, "data_center"),
    )


FLOW = Flow(
    id="crossgrade",
    version=1,
    phrases=(
        "crossgrade to",
        "crossgrade * to",
        "cross grade * to",
        "upgrade to",
        "upgrade * to",
        "downgrade * to",
        "move * to plan",
        "move * to wf",
        "move * to worry",
        "move * to xdr",
        "switch * to",
        "change plan",
        "change * plan",
        "change * plan to",
        "plan change",
        "crossgrade for",
        "crossgrade of",
        "crossgrade from",
        "do crossgrade",
        "start crossgrade",
        "make crossgrade",
        "want crossgrade",
        "need crossgrade",
        "wants crossgrade",
        "upgrade",
    ),
    slots=(
        CUSTOMER,
        plan_slot("crossgrade"),
        Slot("choice", SlotKind.CHOICE, _matrix, depends_on=("plan",), options=_ways),
        Slot("leftovers", SlotKind.CHOICE, _matrix, depends_on=("choice",), options=_rest),
        seats_slot("crossgrade"),
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
        EntryId("cross-grade-process"),
        EntryId(
            "if-a-customer-has-worry-free-services-as-pay-as-go-do-we-offer-the-possibility-to-upgrade-to-worry-free-advanced-or-worry-free-xdr"
        ),
        EntryId("platform-leftovers"),
        EntryId("platform-billed-once"),
    ),
    action=_action,
    risk=Risk.LASTING,
)
