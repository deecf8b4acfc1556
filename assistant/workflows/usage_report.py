"""Submit the usage report of a month, with one comment for the lines that need one."""

import json
from typing import Any

from assistant.conversation.flow import Flow, Risk, Slot, SlotKind, Slots
from assistant.conversation.names import Option
from assistant.conversation.slots import number_of, text_of
from assistant.domain.actions import Action, SubmitReport
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Permission
from assistant.domain.report_lookups import MonthUsage
from assistant.domain.standing import MAXIMUM_SEATS

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


def _each_line(report: Any, _slots: Slots) -> tuple[Option, ...]:
    """Return the lines of a month that can still be submitted, so that one can be charged with fewer seats."""
    lines = report.lines if report is not None and report.editable else ()
    return tuple(Option(line.key, f"{line.customer}, {line.name}") for line in lines)


def _lowered(slots: Slots) -> bool:
    return "line" in slots


def _action(slots: Slots) -> Action:
    comment, lines = text_of(slots, "reason") or "", text_of(slots, "choice") or ""
    charged = dict(json.loads(lines.removeprefix(_EXPLAIN))) if comment and lines.startswith(_EXPLAIN) else {}
    if _lowered(slots) and "seats" in slots:
        charged[str(slots["line"].value)] = number_of(slots, "seats")
    adjustments = tuple((key, chargeable, comment) for key, chargeable in charged.items())
    return SubmitReport(str(slots["month"].value), adjustments)


FLOW = Flow(
    id="usage_report",
    version=2,
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
    ),
    slots=(
        Slot("month", SlotKind.MONTH),
        Slot("choice", SlotKind.CHOICE, _report, depends_on=("month",), options=_lines, without=True),
        Slot(
            "line",
            SlotKind.CHOICE,
            _report,
            depends_on=("month",),
            options=_each_line,
            optional=True,
        ),
        Slot("seats", SlotKind.NUMBER, depends_on=("line",), when=_lowered, bounds=(0, MAXIMUM_SEATS)),
        Slot(
            "reason",
            SlotKind.TEXT,
            depends_on=("choice",),
            optional=True,
            cues=("because", "comment is", "comment:"),
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
