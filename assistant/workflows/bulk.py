"""Make one change at many customers: each under the rule of its own flow, all confirmed at once."""

from typing import Any

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.groups import OWN_PLAN, ids_in, is_all
from assistant.conversation.names import Option
from assistant.conversation.slots import text_of
from assistant.domain.actions import Action
from assistant.domain.batches import PlansOfAll
from assistant.domain.change_many import ChangeMany
from assistant.domain.identifiers import BatchId, EntryId
from assistant.domain.lookups import PlanChoices, VisibleCustomers
from assistant.domain.principals import Permission

_TOWARDS = ("to", "onto", "into")
_POSSIBLE = Option("possible", "possible", ("possible ones", "those possible", "those that are possible"))
_OWN = Option(
    OWN_PLAN,
    "the plan that each has",
    ("each plan", "own plan", "their plan", "their own plan"),
)
_ON_OWN = frozenset({"seats", "crossgrade", "term", "renewal", "suspend", "resume", "cancel"})
_CHANGES = {
    "seats": ("number of seats",),
    "crossgrade": ("upgrade", "move", "switch"),
    "assign": ("new plan",),
    "term": ("extend",),
    "renewal": ("auto-renewal",),
    "suspend": ("pause",),
    "resume": ("lift suspension",),
    "cancel": ("end",),
}


def _changes(_view: Any, _slots: Slots) -> tuple[Option, ...]:
    return tuple(Option(op, op, aliases) for op, aliases in _CHANGES.items())


def _owned(slots: Slots) -> PlansOfAll | None:
    op = text_of(slots, "what")
    return PlansOfAll("seats" if op == "crossgrade" else str(op)) if op in _ON_OWN else None


def _plans_of_the_group(found: Any, slots: Slots) -> tuple[Option, ...]:
    """Return each plan that any customer of the group has, once, by its name; and the one that each has, if all have one."""
    group = slots.get("customer")
    if found is None or group is None:
        return ()
    named = ids_in(group)
    meant = [one.plans for one in found if is_all(group) or one.id in named]
    options = {plan.name: Option(plan.name, plan.name, plan.aliases) for plans in meant for plan in plans}
    if len(options) > 1 and all(len(plans) == 1 for plans in meant):
        options[OWN_PLAN] = _OWN
    return tuple(options.values())


def _targets(slots: Slots) -> PlanChoices | None:
    op = text_of(slots, "what")
    return PlanChoices(op) if op in {"assign", "crossgrade"} else None


def _changes_to(*ops: str) -> Any:
    return lambda slots: text_of(slots, "what") in ops


def _action(slots: Slots) -> Action:
    return ChangeMany(BatchId(str(slots["batch"].value)))


FLOW = Flow(
    id="bulk",
    version=1,
    phrases=(
        "bulk change",
        "bulk changes",
        "change many",
        "change * many customers",
        "change * several customers",
        "change * all customers",
    ),
    slots=(
        Slot("what", SlotKind.CHOICE, options=_changes),
        Slot("customer", SlotKind.CUSTOMERS, lambda _: VisibleCustomers()),
        Slot(
            "without",
            SlotKind.CUSTOMERS,
            lambda _: VisibleCustomers(),
            optional=True,
            depends_on=("customer",),
            cues=("except", "without"),
        ),
        Slot(
            "plan",
            SlotKind.PLAN,
            _owned,
            unless=_TOWARDS,
            depends_on=("what", "customer"),
            when=lambda slots: text_of(slots, "what") in _ON_OWN,
            options=_plans_of_the_group,
        ),
        Slot(
            "target",
            SlotKind.PLAN,
            _targets,
            depends_on=("what",),
            when=_changes_to("assign", "crossgrade"),
            cues=_TOWARDS,
        ),
        Slot("first", SlotKind.NUMBER, optional=True, cues=("first",)),
        Slot("possible", SlotKind.CHOICE, optional=True, options=lambda _view, _slots: (_POSSIBLE,)),
        Slot("seats", SlotKind.NUMBER, depends_on=("what",), when=_changes_to("seats", "assign"), each=True),
        Slot("months", SlotKind.MONTHS, depends_on=("what",), when=_changes_to("renewal"), bounds=(0, 66)),
        Slot("expires", SlotKind.DATE, depends_on=("what",), when=_changes_to("term")),
        Slot(
            "batch",
            SlotKind.TEXT,
            optional=True,
            depends_on=(
                "what",
                "customer",
                "without",
                "plan",
                "target",
                "first",
                "possible",
                "seats",
                "months",
                "expires",
            ),
        ),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(
        EntryId(
            "is-the-billing-of-the-licenses-according-to-the-customer-or-total-license-volume-in-the-lmp"
        ),
    ),
    action=_action,
    risk=Risk.LASTING,
    batched=True,
)
