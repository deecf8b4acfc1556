"""What a message does, decided by one fixed table: the first row that applies wins, and questions are answered besides."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from assistant.conversation.acts import Clause, SlotAct
from assistant.conversation.flow import Flow
from assistant.conversation.phrases import Command
from assistant.conversation.state import Phase
from assistant.domain.what_ifs import Asked


class Verdict(StrEnum):
    """What is done with the message."""

    CODE = "code"
    STRAY_CODE = "stray_code"
    STATUS = "status"
    CONTROL = "control"
    RESUME_NAMED = "resume_named"
    CHOICE = "choice"
    REOPEN = "reopen"
    ASSENT = "assent"
    MIXED_ASSENT = "mixed_assent"
    DECLINE = "decline"
    START = "start"
    WHICH_FLOW = "which_flow"
    RESTART_OR_KEEP = "restart_or_keep"
    FILL = "fill"
    VALUES = "values"
    QUESTION = "question"
    INVALID = "invalid"
    NOT_UNDERSTOOD = "not_understood"
    TELL_DESK = "tell_desk"
    FOR_DESK = "for_desk"
    ASK_ALL = "ask_all"


@dataclass(frozen=True)
class Reading:
    """All acts found in one message, before any is chosen.

    ``choice`` is what the open choices are about and the id picked, joined by a line feed; ``reopens`` the slot that is
    named to be changed, with no value for it; ``tells`` what is to be passed on to the vendor's desk.
    """

    code: bool = False
    values: bool = False
    command: Command | None = None
    tells: str | None = None
    reopens: str | None = None
    resumes: bool = False
    choice: str | None = None
    assent: bool = False
    mixed_assent: bool = False
    decline: bool = False
    starts: tuple[Flow, ...] = ()
    fills: tuple[SlotAct, ...] = ()
    questions: tuple[Clause, ...] = ()
    supposes: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class Situation:
    """Where the conversation stands: the open task's flow and phase, whether tasks wait, and whether choices are open.

    ``at_desk`` is whether typed words go to a case at the vendor's desk, ``desk_flow`` the flow of the task that it is about.
    """

    flow: str | None = None
    phase: Phase | None = None
    parked: bool = False
    choosing: bool = False
    at_desk: bool = False
    desk_flow: str | None = None


_Row = tuple[Verdict, Callable[[Reading, Situation], bool]]

TABLE: tuple[_Row, ...] = (
    (Verdict.CODE, lambda r, s: r.code and s.phase is Phase.STEPUP),
    (Verdict.STRAY_CODE, lambda r, _: r.code),
    (Verdict.VALUES, lambda r, _: r.values),
    (Verdict.TELL_DESK, lambda r, _: r.tells is not None),
    (Verdict.STATUS, lambda r, _: r.command is Command.STATUS),
    (Verdict.CHOICE, lambda r, _: r.choice is not None),
    (Verdict.CONTROL, lambda r, _: r.command is not None),
    (Verdict.REOPEN, lambda r, s: r.reopens is not None and s.flow is not None),
    (Verdict.RESUME_NAMED, lambda r, s: r.resumes and s.parked),
    (Verdict.FOR_DESK, lambda r, s: s.at_desk and _is_for_desk(r, s)),
    (Verdict.ASSENT, lambda r, s: r.assent and s.phase is Phase.CONFIRM and not s.choosing),
    (Verdict.DECLINE, lambda r, s: r.decline and s.phase in {Phase.CONFIRM, Phase.STEPUP}),
    (
        Verdict.FILL,
        lambda r, s: bool(r.fills) and (not r.starts or _only_starts(r, s.flow)) and s.flow is not None,
    ),
    (Verdict.RESTART_OR_KEEP, lambda r, s: len(r.starts) == 1 and r.starts[0].id == s.flow),
    (Verdict.START, lambda r, _: len(r.starts) == 1),
    (Verdict.WHICH_FLOW, lambda r, _: len(r.starts) > 1),
    (Verdict.MIXED_ASSENT, lambda r, s: r.mixed_assent and s.phase in {Phase.CONFIRM, Phase.STEPUP}),
    (Verdict.QUESTION, lambda r, _: bool(r.questions or r.supposes)),
    (Verdict.INVALID, lambda _, s: s.phase is Phase.COLLECT),
    (Verdict.NOT_UNDERSTOOD, lambda _, s: s.phase is not None),
    (Verdict.ASK_ALL, lambda _r, _s: True),
)
"""The order is the design's: code, control, exact option, correction and fills, start, question, else abstain."""


def arbitrate(reading: Reading, situation: Situation) -> Verdict:
    """Return the first verdict of the table that applies."""
    return next(verdict for verdict, applies in TABLE if applies(reading, situation))


def _only_starts(reading: Reading, flow: str | None) -> bool:
    """Tell whether the only flow the message could start is the one that is open, so that its values correct it."""
    return all(f.id == flow for f in reading.starts)


def _is_for_desk(reading: Reading, situation: Situation) -> bool:
    """Tell whether words beside a case are meant for it: they ask nothing and begin no other task."""
    begins_another = any(f.id != situation.desk_flow for f in reading.starts)
    return not (reading.questions or reading.supposes or begins_another)
