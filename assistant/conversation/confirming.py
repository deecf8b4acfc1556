"""From the preview to the receipt: assent, one-time code, commit, and the truth about a commit that gave no answer."""

from datetime import datetime, timedelta

from assistant.conversation import effects as fx
from assistant.conversation import events as e
from assistant.conversation.bulk.batching import follow
from assistant.conversation.collecting import plan_next
from assistant.conversation.draft import Draft
from assistant.conversation.effects import Checkpoint, Steps, check_code, execute, preview
from assistant.conversation.replies import (
    plain_prompt,
    receipt_block,
    refusal_block,
    step_up_block,
)
from assistant.conversation.state import SENT, Phase
from assistant.domain.accounts import CodeVerdict
from assistant.domain.change_many import ChangeMany
from assistant.domain.errors import BackendUnavailable, Forbidden, NotFound, OutcomeUnknown, QuoteOutdated
from assistant.domain.quotes import Capsule, Quote, Receipt, StepUp
from assistant.domain.refusals import Refusal
from assistant.ports.wire.licensing import capsule_from_json, receipt_json

CONFIRMATION_LASTS = timedelta(minutes=10)
"""A preview older than this is shown again before it can be confirmed."""


def assent(draft: Draft) -> Steps[None]:
    """Take an unmixed yes for the preview that is open; it counts only if the preview would be the same now."""
    task = draft.current
    if _timed_out(draft):
        yield from _again(draft, "timed_out")
        return
    fresh = yield from _fresh(draft)
    if fresh is None or fresh.hash != task.capsule_hash:
        yield from _again(draft, "outdated")
        return
    draft.emit(e.Assented(task.id, fresh.hash))
    show_step_up(draft)


def show_step_up(draft: Draft) -> None:
    """Show the code prompt of the open confirmation."""
    draft.prompts.append(step_up_block(_capsule(draft), draft.say))


def take_code(draft: Draft, code: str) -> Steps[None]:
    """Use up a code for the open capsule and, if it is accepted, send the change."""
    task = draft.current
    if _timed_out(draft):
        yield from _again(draft, "timed_out")
        return
    capsule = _capsule(draft)
    draft.emit(e.CodeOffered(task.id, draft.message.id, draft.context.now.isoformat()))
    yield Checkpoint(tuple(draft.events))
    verdict = yield from check_code(code, capsule.hash)
    if isinstance(verdict, CodeVerdict):
        draft.emit(e.CodeRefused(task.id))
        draft.notice(f"code_{verdict.outcome}", until=draft.say.instant(verdict.retry_at))
        show_step_up(draft)
        return
    draft.emit(e.CommitStarted(task.id))
    yield Checkpoint(tuple(draft.events))
    yield from _commit(draft, capsule, verdict)


def settle(draft: Draft) -> Steps[None]:
    """Ask what became of a change that was sent, and say the truth; nothing is ever sent twice."""
    task = draft.current
    assert task.capsule_hash is not None
    try:
        receipt = yield from fx.settle(task.capsule_hash)
    except BackendUnavailable:
        _say_unknown(draft)
        return
    if receipt is not None:
        yield from _done(draft, receipt)
    else:
        draft.emit(e.CommitAbsent(task.id))
        draft.notice("absent")


def unsettled(draft: Draft) -> bool:
    """Tell whether a change was sent whose outcome is not known."""
    return draft.task is not None and draft.task.phase in SENT


def show_open(draft: Draft) -> Steps[None]:
    """End the reply with whatever prompt is open."""
    task = draft.task
    if task is None:
        return
    draft.shown = task.id
    if draft.prompts:
        return
    if task.phase is Phase.STEPUP:
        show_step_up(draft)
    elif task.phase in SENT:
        draft.prompts.append(plain_prompt("status", draft.say.say("prompt.unknown")))
    else:
        yield from plan_next(draft)


def _commit(draft: Draft, capsule: Capsule, proof: StepUp) -> Steps[None]:
    task = draft.current
    try:
        outcome = yield from execute(capsule, proof)
    except (QuoteOutdated, NotFound, Forbidden):
        yield from _again(draft, "outdated")
    except BackendUnavailable:
        yield from _again(draft, "unavailable")
    except OutcomeUnknown:
        draft.emit(e.OutcomeLost(task.id))
        _say_unknown(draft)
    else:
        if isinstance(outcome, Refusal):
            draft.emit(e.PreviewVoided(task.id))
            draft.notices.append(refusal_block(outcome, draft.say))
        else:
            yield from _done(draft, outcome)


def _done(draft: Draft, receipt: Receipt) -> Steps[None]:
    task = draft.current
    changes = 0 if receipt.op == ChangeMany.op else 1
    draft.emit(e.Committed(task.id, receipt.reference, receipt_json(receipt), changes))
    draft.shown = task.id
    draft.notices.append(receipt_block(receipt, task.flow, draft.say))
    yield from follow(draft, draft.state.tasks[task.id])


def _say_unknown(draft: Draft) -> None:
    if draft.current.phase is not Phase.UNKNOWN:
        draft.emit(e.OutcomeLost(draft.current.id))
    draft.notice("unknown", task=draft.current.id)


def _again(draft: Draft, key: str) -> Steps[None]:
    """Void the preview, say why, and show a new one."""
    draft.emit(e.PreviewVoided(draft.current.id))
    draft.notice(key)
    yield from plan_next(draft)


def _fresh(draft: Draft) -> Steps[Capsule | None]:
    """Return the capsule as it would be now, or None if the change is not possible any more."""
    try:
        outcome = yield from preview(draft.flow.action(draft.current.slots))
    except NotFound:
        return None
    return draft.capsule(outcome) if isinstance(outcome, Quote) else None


def _capsule(draft: Draft) -> Capsule:
    stored = draft.current.capsule
    assert stored is not None
    return capsule_from_json(stored)


def _timed_out(draft: Draft) -> bool:
    shown = draft.current.previewed_at
    assert shown is not None
    return draft.context.now - datetime.fromisoformat(shown) > CONFIRMATION_LASTS
