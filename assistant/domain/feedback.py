"""What readers say of an answer: whether it was the one they needed, and if not, why.

Kept are the entry and its version, the question as asked without secrets and personal data, the kind of match, the reason, the
comment, and the role of who said so: no name, no partner, no conversation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from assistant.domain.entries import AnswerKind
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import EntryId

LONGEST_COMMENT = 500
VISITOR = "visitor"
"""What stands in place of a role for whoever is not signed in."""
KEPT = timedelta(days=365)
"""How long feedback is kept; older pieces go when a new one comes."""


class Reason(StrEnum):
    """Why an answer was not the one that was needed."""

    NOT_MY_QUESTION = "not_my_question"
    OUT_OF_DATE = "out_of_date"
    UNCLEAR = "unclear"
    OTHER = "other"


@dataclass(frozen=True)
class Opinion:
    """What was said; only an unhelpful answer has a reason or a comment, and it need have neither."""

    helpful: bool
    reason: Reason | None = None
    comment: str = ""


@dataclass(frozen=True)
class Feedback:
    """One kept opinion; ``key`` tells that the same visitor spoke of the same answer, and nothing else. ``at`` is in UTC."""

    key: str
    entry_id: EntryId
    version: int
    question: str
    kind: AnswerKind
    opinion: Opinion
    role: str
    at: datetime


@dataclass(frozen=True)
class Unhelpful:
    """An entry with what was said of it: how often yes and no, the counts by reason, and the latest remarks first."""

    entry_id: EntryId
    helpful: int
    unhelpful: int
    reasons: tuple[tuple[Reason, int], ...]
    remarks: tuple[Feedback, ...] = ()


def opinion_of(helpful: bool, reason: str | None, comment: str) -> Opinion:  # noqa: FBT001 - what the form says
    """Read an opinion as given. Raises InvalidInput."""
    text = " ".join(comment.split())
    if helpful and (reason or text):
        raise InvalidInput("reason", "is only for an answer that did not help")
    if reason and reason not in set(Reason):
        raise InvalidInput("reason", "must be one of " + ", ".join(Reason))
    if len(text) > LONGEST_COMMENT:
        raise InvalidInput("comment", f"must have at most {LONGEST_COMMENT} characters")
    return Opinion(helpful, Reason(reason) if reason else None, text)


def unhelpful(
    counts: Iterable[tuple[EntryId, bool, Reason | None, int]], remarks: Iterable[Feedback], most: int
) -> tuple[Unhelpful, ...]:
    """Put together what was said of each entry that did not help somebody, the most often unhelpful first.

    ``counts`` are numbers of opinions by entry, helpfulness and reason; of the ``remarks`` at most so many stay with an entry.
    """
    said: dict[EntryId, dict[tuple[bool, Reason | None], int]] = {}
    for entry_id, helpful, reason, count in counts:
        by_kind = said.setdefault(entry_id, {})
        by_kind[helpful, reason] = by_kind.get((helpful, reason), 0) + count
    spoken: dict[EntryId, list[Feedback]] = {}
    for remark in remarks:
        spoken.setdefault(remark.entry_id, []).append(remark)
    found = [
        Unhelpful(
            entry_id,
            helpful=sum(n for (helped, _), n in kinds.items() if helped),
            unhelpful=sum(n for (helped, _), n in kinds.items() if not helped),
            reasons=tuple((r, kinds[False, r]) for r in Reason if (False, r) in kinds),
            remarks=tuple(spoken.get(entry_id, ())[:most]),
        )
        for entry_id, kinds in said.items()
    ]
    ordered = sorted(found, key=lambda u: (-u.unhelpful, u.helpful, u.entry_id))
    return tuple(entry for entry in ordered if entry.unhelpful)
