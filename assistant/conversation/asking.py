"""Questions: answered with stored text, without touching the open task; candidates are offered, gaps are said."""

from collections.abc import Iterable

from assistant.conversation import events as e
from assistant.conversation.collecting import offer
from assistant.conversation.draft import Draft
from assistant.conversation.effects import ReadEntry, Steps, ask
from assistant.conversation.replies import answer_block
from assistant.domain.entries import Abstention, Answer, AnsweredEntry, AnswerKind
from assistant.domain.errors import NotFound

_SHOWN = frozenset({AnswerKind.EXACT, AnswerKind.CLOSEST, AnswerKind.BRANCHES, AnswerKind.WITHDRAWN})


def answer_questions(draft: Draft, questions: Iterable[str]) -> Steps[None]:
    """Answer each question; the entries shown become the context of a follow-up."""
    for question in questions:
        answer = yield from ask(question, _near(draft))
        _show(draft, answer)


def show_entry(draft: Draft, entry_id: str) -> Steps[None]:
    """Show the entry that was picked among candidates."""
    try:
        entry: AnsweredEntry = yield ReadEntry(entry_id)
    except NotFound:
        draft.refuse(Abstention.WITHDRAWN, "entry_gone")
        return
    draft.answers.append({**answer_block(entry), "kind": str(AnswerKind.EXACT)})
    draft.emit(e.Answered((entry.entry.id,)))


def _near(draft: Draft) -> tuple[str, ...]:
    enforced = draft.flow.entries if draft.task else ()
    return tuple(dict.fromkeys((*draft.state.near, *enforced)))


def _show(draft: Draft, answer: Answer) -> None:
    if answer.kind in _SHOWN and answer.entries:
        draft.answers.extend({**answer_block(entry), "kind": str(answer.kind)} for entry in answer.entries)
        draft.emit(e.Answered(tuple(entry.entry.id for entry in answer.entries)))
    elif answer.kind is AnswerKind.CHOOSE:
        draft.abstain = answer.abstain
        offer(draft, "entry", "choose", [(a.entry.id, a.entry.question) for a in answer.entries])
    else:
        _say_gap(draft, answer)
    if answer.abstain:
        draft.abstain = answer.abstain


def _say_gap(draft: Draft, answer: Answer) -> None:
    parts = [draft.say.say("notice.nothing_found")]
    if answer.gap:
        parts.append(draft.say.say("notice.recorded", gap=answer.gap))
    if answer.missing:
        parts.append(draft.say.say("notice.missing", words=", ".join(answer.missing)))
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
