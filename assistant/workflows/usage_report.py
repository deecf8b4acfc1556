"""Submit the usage report of a month, with one comment for the lines that need one."""

import json
from typing import Any

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.names import Option
from assistant.conversation.slots import text_of
from assistant.domain.actions import Action, SubmitReport
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Permission
from assistant.domain.report_lookups import MonthUsage

_EXPLAIN = "explain:"


def _report(slots: Slots) -> MonthUsage | None:
    month = text_of(slots, "month")
    return MonthUsage(month) if month else None


def _lines(report: Any, _slots: Slots) -> tuple[Option, ...]:
    """Return the one thing there is: the lines that need a comment with what is charged for each, or that there are none.

    There is nothing for a month that cannot be submitted, so that the rule says why.
    """
    if report is None or not report.editable:
        return ()
    lines = [(line.key, line.chargeable) for line in report.lines if line.needs_comment]
    return (Option(_EXPLAIN + json.dumps(lines), str(len(lines))),) if lines else (Option("as_it_is", ""),)


def _action(slots: Slots) -> Action:
    comment, lines = text_of(slots, "reason"), text_of(slots, "choice") or ""
    explained = json.loads(lines.removeprefix(_EXPLAIN)) if comment and lines.startswith(_EXPLAIN) else []
    adjustments = tuple((key, chargeable, comment or "") for key, chargeable in explained)
    return SubmitReport(str(slots["month"].value), adjustments)


FLOW = Flow(
    id="usage_report",
    version=1,
    phrases=(
        "submit report",
        "submit * report",
        "submit usage report",
        "submit usage",
        "send * report",
        "send usage report",
        "usage report for",
        "usage report of",
        "report * usage",
        "report usage",
        "file * report",
        "bericht einreichen",
        "bericht * einreichen",
        "nutzungsbericht * einreichen",
        "report einreichen",
        "report * einreichen",
        "nutzungsbericht für",
        "nutzungsbericht vom",
    ),
    slots=(
        Slot("month", SlotKind.MONTH),
        Slot("choice", SlotKind.CHOICE, _report, depends_on=("month",), options=_lines, without=True),
        Slot(
            "reason",
            SlotKind.TEXT,
            depends_on=("choice",),
            optional=True,
            cues=("because", "comment is", "comment:", "weil", "kommentar"),
        ),
    ),
    permission=Permission.LICENCES_CHANGE,
    entries=(
        EntryId("is-lmp-only-available-with-monthly-reporting"),
        EntryId("platform-reports"),
    ),
    action=_action,
    risk=Risk.LASTING,
)
