"""Filling a task's slots: options and bounds, values good and bad, and the next prompt or the preview."""

from collections.abc import Iterable

from assistant.conversation import events as e
from assistant.conversation.acts import Direction, Fill, Invalid, SlotAct, Unclear
from assistant.conversation.bulk.batching import items_of, make_ready
from assistant.conversation.counting import directed, outside, recount, total_of
from assistant.conversation.draft import Draft
from assistant.conversation.effects import Steps, preview
from assistant.conversation.flow import Slot, SlotKind, SlotValue
from assistant.conversation.names import Option
from assistant.conversation.options import bounds_of, options_of
from assistant.conversation.replies import (
    choices_block,
    plain_prompt,
    preview_block,
    prompt_block,
    refusal_block,
)
from assistant.domain.errors import BackendUnavailable, NotFound
from assistant.domain.principals import Permission, may
from assistant.domain.quotes import Quote, QuoteValue
from assistant.domain.refusals import DESK_SOLVES, Refusal, RefusalCode
from assistant.ports.conversations import Block
from assistant.ports.wire.licensing import capsule_json

_NUMERIC = frozenset({SlotKind.NUMBER, SlotKind.MONTHS})
_CHOSEN = frozenset({SlotKind.PLAN, SlotKind.CHOICE})
"""Kinds that are filled without asking where there is only one option."""
_HELPFUL_AFTER = 2
_HUMAN_AFTER = 3


def current_options(draft: Draft, slot: Slot) -> Steps[tuple[Option, ...]]:
    """Return what the slot of the open task can be filled with, after forgetting what is there no longer."""
    try:
        return (yield from options_of(draft, draft.flow, slot, draft.current.slots))
    except NotFound:
        forget_gone(draft)
        return (yield from options_of(draft, draft.flow, slot, draft.current.slots))


def take(draft: Draft, acts: Iterable[SlotAct]) -> Steps[None]:
    """Put what was read into the open task, names first, so that numbers find the plan they belong to."""
    order = [slot.name for slot in draft.flow.slots]
    for act in sorted(acts, key=lambda a: order.index(a.slot)):
        if isinstance(act, Fill):
            yield from _fill(draft, act)
        elif isinstance(act, Unclear):
            void(draft)
            offer(draft, f"slot:{act.slot}", "unclear", [(o.id, o.label) for o in act.options])
        elif isinstance(act, Direction):
            clear(draft, act.slot)
            draft.emit(e.DirectionSaid(draft.current.id, act.slot, act.sign))
        else:
            reject(draft, act)


def offer(draft: Draft, about: str, key: str, options: list[tuple[str, str]]) -> None:
    """Ask back which of several options is meant."""
    draft.emit(e.ChoicesOffered(about, tuple(options)))
    draft.prompts.append(choices_block(draft.say.say(f"notice.{key}"), options))


def reject(draft: Draft, act: Invalid) -> None:
    """Say why a value is not acceptable: first the reason, then an example, then how to get help."""
    void(draft)
    draft.emit(e.SlotRejected(draft.current.id, act.slot))
    count = draft.current.rejections[act.slot]
    named = _wording_of(draft, act.slot)
    parts = [draft.say.say(f"invalid.{named}", raw=act.raw[:80])]
    if count >= _HELPFUL_AFTER:
        parts.append(draft.say.say(f"invalid.example_{named}"))
    if count >= _HUMAN_AFTER:
        parts.append(draft.say.say("invalid.offer_desk"))
    draft.notices.append(
        {"type": "notice", "code": f"invalid_{act.slot}", "slot": act.slot, "text": " ".join(parts)}
    )


def _wording_of(draft: Draft, name: str) -> str:
    """Return what a slot is called in the words for bad values: a name to be made up has others than one to be picked."""
    typed = f"{name}_{draft.flow.slot(name).kind}"
    return typed if draft.say.has(f"invalid.{typed}") else name


def plan_next(draft: Draft) -> Steps[None]:
    """Prompt for the first unfilled slot; with none left, show the preview. One prompt at most is shown."""
    if draft.state.choices:
        return
    # each round fills or asks one slot; the bound is reached only if a backend contradicts itself
    for _ in range(2 * len(draft.flow.slots) + 2):
        slot = draft.flow.next_slot(draft.current.slots, draft.current.wanted)
        try:
            settled = (yield from _show_preview(draft)) if slot is None else (yield from _prompt(draft, slot))
        except NotFound:
            forget_gone(draft)
            continue
        if settled:
            return
    draft.notice("unavailable")


def clear(draft: Draft, name: str) -> None:
    """Empty a slot and, transitively, those that depend on it."""
    void(draft)
    task = draft.current
    draft.emit(*(e.SlotCleared(task.id, s) for s in (name, *draft.flow.dependents(name)) if s in task.slots))


def void(draft: Draft) -> None:
    """Take back a preview, and with it assent and code: something was said after it."""
    task = draft.current
    if task.capsule_hash:
        draft.emit(e.PreviewVoided(task.id))
    if draft.flow.batched and "batch" in task.slots:
        draft.emit(e.SlotCleared(task.id, "batch"))


def forget_gone(draft: Draft) -> None:
    """Empty the task whose customer is there no longer, and say so."""
    first = draft.flow.slots[0].name
    label = draft.current.slots[first].label if first in draft.current.slots else ""
    clear(draft, first)
    draft.notice("gone", label=label)


def say_unavailable(draft: Draft) -> None:
    """Say that the backend does not answer, and how to go on where a task is open."""
    if not any(block.get("code") == "unavailable" for block in draft.notices):
        draft.notice("unavailable")
    if draft.task is not None:
        draft.shown = draft.task.id
        draft.prompts.append(plain_prompt("retry", draft.say.say("prompt.retry")))


def _fill(draft: Draft, act: Fill) -> Steps[None]:
    flow, task = draft.flow, draft.current
    slot = flow.slot(act.slot)
    value = act.value
    if slot.kind is SlotKind.NUMBER:
        yield from _fill_single_plan(draft, slot)
        known = yield from _checked_number(draft, slot, directed(draft, act))
        if known is None:
            return
        value = known
    before = task.slots.get(slot.name)
    if before == value:
        return
    void(draft)
    draft.corrected = True
    if act.pointed:
        draft.notice("meant", name=value.label)
    # what was said before this slot was filled holds; what was said for another value of it does not
    if before is not None and before.value != value.value:
        clear_dependents(draft, slot.name)
    draft.emit(e.SlotFilled(task.id, slot.name, value.value, value.label, value.relative))


def clear_dependents(draft: Draft, name: str) -> None:
    """Empty the slots that depend on this one, transitively."""
    task = draft.current
    draft.emit(*(e.SlotCleared(task.id, s) for s in draft.flow.dependents(name) if s in task.slots))


def _fill_single_plan(draft: Draft, slot: Slot) -> Steps[None]:
    """Fill the plan that a relative number counts from, where the customer has only one."""
    plan = draft.flow.slot(slot.relative_to) if slot.relative_to else None
    slots = draft.current.slots
    if plan and plan.name not in slots and all(name in slots for name in plan.depends_on):
        options = yield from options_of(draft, draft.flow, plan, slots)
        if len(options) == 1:
            _fill_automatically(draft, plan, options[0])


def _fill_automatically(draft: Draft, slot: Slot, option: Option) -> None:
    draft.emit(e.SlotFilled(draft.current.id, slot.name, option.id, option.label, automatic=True))


def _checked_number(draft: Draft, slot: Slot, value: SlotValue) -> Steps[SlotValue | None]:
    total = yield from total_of(draft, slot, value)
    if total is None or (slot.each and value.relative is not None):
        # counted from a plan that is not known yet: kept as said, and counted when the plan is
        return value
    refusal = yield from outside(draft, slot, int(total.value))
    if refusal is None:
        return total
    void(draft)
    _say_refusal(draft, refusal)
    draft.emit(e.SlotRejected(draft.current.id, slot.name))
    return None


def _prompt(draft: Draft, slot: Slot) -> Steps[bool]:
    slots = draft.current.slots
    options: tuple[Option, ...] = ()
    bounds = (yield from bounds_of(slot, slots)) if slot.kind in _NUMERIC else None
    if slot.kind.listed:
        options = yield from options_of(draft, draft.flow, slot, slots)
    if slot.kind in _CHOSEN and len(options) == 1 and not slot.deliberate:
        _fill_automatically(draft, slot, options[0])
        return False
    if slot.kind in _CHOSEN and not options:
        if slot.without:
            return (yield from _show_preview(draft))
        if slot.depends_on:
            _nothing_to_choose(draft, slot)
            return False
    draft.prompts.append(prompt_block(draft.flow, slot, draft.say, options, bounds, draft.current))
    return True


def _nothing_to_choose(draft: Draft, slot: Slot) -> None:
    customer = draft.current.slots.get("customer")
    params = {"customer": customer.label if customer else ""}
    _say_refusal(draft, Refusal(RefusalCode.NO_SUBSCRIPTION, params, slot="customer"))
    clear(draft, slot.depends_on[0])


def _show_preview(draft: Draft) -> Steps[bool]:
    yield from recount(draft)
    if draft.flow.batched and not (yield from make_ready(draft)):
        return _refused(draft, Refusal(RefusalCode.NOTHING_POSSIBLE, {"rows": 0}))
    task, flow = draft.current, draft.flow
    try:
        outcome = yield from preview(flow.action(task.slots))
    except BackendUnavailable:
        say_unavailable(draft)
        return True
    if isinstance(outcome, Refusal):
        return _refused(draft, outcome)
    items = (yield from items_of(draft)) if draft.flow.batched else []
    _previewed(draft, outcome, items)
    return True


def _previewed(draft: Draft, quote: Quote, items: list[Block]) -> None:
    task, capsule = draft.current, draft.capsule(quote)
    if task.capsule and not task.capsule_hash:
        _name_differences(draft, task.capsule["quote"]["values"], quote)
    if task.capsule_hash != capsule.hash:
        now = draft.context.now.isoformat()
        draft.emit(e.Previewed(task.id, capsule_json(capsule), capsule.hash, now))
    draft.prompts.append(preview_block(capsule, draft.say) | _of_the_batch(draft, items))


def _of_the_batch(draft: Draft, items: list[Block]) -> Block:
    return {"items": items, "batch": draft.current.slots["batch"].value} if items else {}


def _name_differences(draft: Draft, old: dict[str, QuoteValue], quote: Quote) -> None:
    """Say what differs from the last preview beyond what the user changed in this message."""
    if draft.corrected:
        return
    changed = [
        f"{draft.say.label(name.rpartition('_')[0] or name)} {draft.say.shown(old.get(name), name)} > {draft.say.shown(value, name)}"
        for name, value in quote.values.items()
        if old.get(name) != value
    ]
    if changed:
        draft.notice("preview_changed", differences=", ".join(dict.fromkeys(changed)))


def _refused(draft: Draft, refusal: Refusal) -> bool:
    _say_refusal(draft, refusal)
    task, slot = draft.current, refusal.slot
    if slot in task.slots and slot not in task.automatic:
        draft.emit(e.SlotRejected(task.id, slot))
        clear(draft, slot)
        return False
    if any(s.name == slot and s.optional and slot not in task.wanted for s in draft.flow.slots):
        draft.emit(e.SlotWanted(task.id, str(slot)))
        return False
    draft.emit(e.TaskRefused(task.id, str(refusal.code)))
    draft.shown = task.id
    return True


def _say_refusal(draft: Draft, refusal: Refusal) -> None:
    draft.notices.append(refusal_block(refusal, draft.say))
    if refusal.code in DESK_SOLVES and may(draft.context.principal, Permission.CASES_OPEN):
        draft.notice("offer_desk")
