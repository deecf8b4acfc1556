"""Answering what-ifs: reckoned, labelled as such, and without any way to make them happen."""

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.conversation.acts import Clause
from assistant.conversation.draft import Draft
from assistant.conversation.effects import KnownPlans, Reckon, Steps, look_up
from assistant.conversation.flow import SlotKind
from assistant.conversation.names import Option
from assistant.conversation.replies import cites, lines, refusal_block
from assistant.conversation.supposing import Known, read_supposition, supposes
from assistant.conversation.wording import Wording
from assistant.domain.errors import InvalidInput, NotFound
from assistant.domain.identifiers import CustomerId
from assistant.domain.lookups import OwnCalendar, PlanChoice, VisibleCustomers
from assistant.domain.principals import Permission, may
from assistant.domain.quotes import QuoteValue
from assistant.domain.what_ifs import Asked, WhatIfView
from assistant.ports.conversations import Block


def read_suppositions(draft: Draft, clauses: list[Clause]) -> Steps[tuple[tuple[Asked, ...], list[Clause]]]:
    """Return what the message supposes and its other clauses; one that names nothing to reckon with stays a question."""
    if not any(supposes(clause) for clause in clauses):
        return (), clauses
    known = yield from _known(draft)
    today = (yield from look_up(OwnCalendar())).today if known.own else draft.context.now.date()
    asked: list[Asked] = []
    others: list[Clause] = []
    for clause in clauses:
        found = read_supposition(clause, known, today) if supposes(clause) else None
        if found is not None:
            asked.append(found)
        else:
            others.append(Clause(clause.text, clause.words, asks=clause.asks or supposes(clause)))
    return tuple(asked), others


def answer_suppositions(draft: Draft, suppositions: Iterable[Asked]) -> Steps[None]:
    """Show what would follow from each; the open task is not touched."""
    for asked in suppositions:
        try:
            view: WhatIfView = yield Reckon(asked)
        except InvalidInput as error:
            draft.notice("what_if_needs", field=draft.say.label(error.field), allowed=error.message)
        except NotFound:
            draft.notice("what_if_nobody")
        else:
            draft.answers.append(what_if_block(view, draft.say))


def what_if_block(view: WhatIfView, wording: Wording) -> Block:
    """Show a what-if: what was entered and assumed, before and after, what follows, and the clauses that say so."""
    refused = refusal_block(view.refusal, wording) if view.refusal else None
    what = wording.say("value.band_only") if view.op == "band" else wording.title(view.op)
    return {
        "type": "what_if",
        "op": view.op,
        "day": view.day.isoformat(),
        "title": wording.say("value.what_if", what=what),
        "text": wording.say("prompt.what_if"),
        "entered": _told(view.entered, wording),
        "assumed": _told(view.assumed, wording),
        "lines": lines(view.values, wording),
        "consequences": [
            {"text": wording.consequence(c), "cites": cites(c.cites)} for c in view.consequences
        ],
        "values": dict(view.values),
        "before": dict(view.before),
        "after": dict(view.after),
        "cites": cites(view.cites),
        "refusal": refused,
    }


def _known(draft: Draft) -> Steps[Known]:
    principal = draft.context.principal
    plans: tuple[PlanChoice, ...] = yield KnownPlans()
    options = tuple(Option(p.plan_id or "", p.name, p.aliases) for p in plans)
    if not may(principal, Permission.CUSTOMERS_READ):
        return Known(options, (), own=False)
    customers = yield from look_up(VisibleCustomers())
    return Known(options, tuple(Option(c.id, c.name) for c in customers), own=True, customer=_of_task(draft))


def _of_task(draft: Draft) -> CustomerId | None:
    """Return the customer that the open task is about, who is meant where nobody else is named."""
    if draft.task is None:
        return None
    named = next((s.name for s in draft.flow.slots if s.kind is SlotKind.CUSTOMER), "")
    value = draft.task.slots.get(named)
    return CustomerId(str(value.value)) if value else None


def _told(values: Mapping[str, QuoteValue], wording: Wording) -> list[dict[str, Any]]:
    return [
        {"slot": name, "label": wording.label(name), "value": wording.shown(value, name)}
        for name, value in values.items()
    ]
