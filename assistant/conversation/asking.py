"""Questions: answered with stored text, without touching the open task; candidates are offered, gaps are said."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.conversation import events as e
from assistant.conversation.collecting import offer
from assistant.conversation.draft import Draft
from assistant.conversation.effects import ReadEntry, Steps, ask
from assistant.conversation.replies import answer_block
from assistant.domain.entries import Abstention, Answer, AnsweredEntry, AnswerKind
from assistant.domain.errors import NotFound
from assistant.domain.follow_ups import Aspect, FollowUp, follow_up_of
from assistant.domain.principals import Permission, may

_SHOWN = frozenset({AnswerKind.EXACT, AnswerKind.CLOSEST, AnswerKind.BRANCHES, AnswerKind.WITHDRAWN})


def answer_questions(draft: Draft, questions: Iterable[str]) -> Steps[None]:
    """Answer each question; the entries shown become the context of a follow-up, which needs one."""
    for question in questions:
        follow_up = follow_up_of(question)
        near = _near(draft, follow_up)
        if follow_up and follow_up.aspect is not Aspect.CASE and not near:
            draft.refuse(Abstention.NOT_IN_POLICY, "whole_question")
            continue
        answer = yield from ask(question, near, draft.state.asked)
        _show(draft, answer, _Asking(question, follow_up))


def show_entry(draft: Draft, entry_id: str) -> Steps[None]:
    """Show the entry that was picked among candidates."""
    try:
        entry: AnsweredEntry = yield ReadEntry(entry_id)
    except NotFound:
        draft.refuse(Abstention.WITHDRAWN, "entry_gone")
        return
    draft.answers.append({**answer_block(entry), "kind": str(AnswerKind.EXACT)})
    draft.emit(e.Answered((entry.entry.id,), entry.entry.question))


@dataclass(frozen=True)
class _Asking:
    """A question in hand, and how it would be read as a follow-up."""

    text: str
    follow_up: FollowUp | None


def _near(draft: Draft, follow_up: FollowUp | None) -> tuple[str, ...]:
    """Return the entries of the last answer and those of the open task; one more thing is wanted of the former alone."""
    enforced = draft.flow.entries if draft.task else ()
    if follow_up and follow_up.aspect is not Aspect.CASE and draft.state.near:
        return draft.state.near
    return tuple(dict.fromkeys((*draft.state.near, *enforced)))


def _show(draft: Draft, answer: Answer, asking: _Asking) -> None:
    entries = tuple(answered.entry.id for answered in answer.entries)
    if answer.kind in _SHOWN and answer.entries:
        draft.answers.extend({**answer_block(entry), "kind": str(answer.kind)} for entry in answer.entries)
        draft.emit(e.Answered(entries, _whole(draft, answer, asking)))
    elif answer.kind is AnswerKind.CHOOSE:
        draft.abstain = answer.abstain
        offer(draft, "entry", "choose", [(a.entry.id, a.entry.question) for a in answer.entries])
        draft.emit(e.Answered(entries, asking.text))
    elif answer.aspect:
        draft.notice(f"no_{answer.aspect}")
    else:
        _say_gap(draft, answer)
        if asking.follow_up is None and draft.state.near:
            draft.emit(e.Answered(()))
    if answer.abstain:
        draft.abstain = answer.abstain


def _whole(draft: Draft, answer: Answer, asking: _Asking) -> str | None:
    """Return the question if it stands for itself: not where it only led back to the answer before."""
    led_back = asking.follow_up is not None and answer.entries[0].entry.id in draft.state.near
    return None if answer.aspect or led_back else asking.text


def _say_gap(draft: Draft, answer: Answer) -> None:
    parts = [draft.say.say("notice.nothing_found")]
    if answer.gap:
        parts.append(draft.say.say("notice.recorded", gap=answer.gap))
    if answer.missing:
        parts.append(draft.say.say("notice.missing", words=", ".join(answer.missing)))
    if may(draft.context.principal, Permission.CASES_OPEN) and draft.task is None:
        parts.append(draft.say.say("notice.offer_desk"))
    draft.answers.append(
        {
            "type": "notice",
            "code": "no_answer",
            "text": " ".join(parts),
            "gap": answer.gap,
            "missing": list(answer.missing),
            "nearest": [{"id": entry.id, "label": entry.question} for entry in answer.nearest],
        }
    )
    draft.abstain = draft.abstain or answer.abstain or Abstention.NOT_IN_POLICY
