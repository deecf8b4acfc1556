"""The partner's usage reports: months and where they stand, the lines of one, and what is behind a line."""

from collections.abc import Iterable

from flask import Blueprint, Response, render_template, request

from assistant.domain.periods import BillingMonth, local_date
from assistant.domain.principals import Permission, may
from assistant.domain.report_lookups import (
    MonthUsage,
    ReportLineView,
    Reports,
    WhyBilled,
)
from assistant.ports.wire.report_csv import report_csv
from web import presenters
from web.current import application
from web.pages.customers import reader
from web.queries import page_number, words

blueprint = Blueprint("usage", __name__)
SHOWN = ("all", "differing", "unexplained")
_TO_SUBMIT = frozenset({"due", "rejected"})


@blueprint.get("/usage")
def listing() -> str:
    """Show the months of the last two years, newest first."""
    reports = application().licensing.look_up(reader(), Reports())
    running = _running_month()
    standing = [(report, state_of(report.state, report.month, running)) for report in reports]
    return render_template("usage.html", standing=standing)


@blueprint.get("/usage/<month>")
def show(month: str) -> str:
    """Show the report of a month: how it stands, its sums and its lines, 50 a page."""
    who = reader()
    report = application().licensing.look_up(who, MonthUsage(month))
    sought, only = words("q"), request.args.get("only", SHOWN[0])
    page = presenters.page(lines_of(report.lines, sought, only), page_number())
    state = state_of(report.state, report.month, _running_month())
    return render_template(
        "report.html",
        report=report,
        state=state,
        page=page,
        sought=sought,
        only=only,
        choices=SHOWN,
        unexplained=sum(line.needs_comment for line in report.lines),
        submitting=state in _TO_SUBMIT and bool(report.lines) and may(who, Permission.LICENCES_CHANGE),
    )


@blueprint.get("/usage/<month>.csv")
def export(month: str) -> Response:
    """Return the report of a month as a CSV file."""
    report = application().licensing.look_up(reader(), MonthUsage(month))
    headers = {"Content-Disposition": f'attachment; filename="usage-{report.month}.csv"'}
    return Response(report_csv(report), mimetype="text/csv", headers=headers)


@blueprint.get("/usage/<month>/why")
def why(month: str) -> str:
    """Show the seats behind one line over the month, each with the changes that began and ended them."""
    bill = application().licensing.look_up(reader(), WhyBilled(month, words("line")))
    return render_template("why_billed.html", bill=bill)


def state_of(state: str, month: str, running: str) -> str:
    """Return where a report stands, as partners see it: a month that is not over runs, one to be submitted is due."""
    if state != "preparing":
        return state
    return "running" if month >= running else "due"


def _running_month() -> str:
    return str(BillingMonth.of(local_date(application().clock.now(), "UTC")))


def lines_of(lines: Iterable[ReportLineView], sought: str, only: str) -> list[ReportLineView]:
    """Return the lines whose customer or product holds the words, all or those that differ or lack a comment."""
    wanted = sought.casefold().split()
    found = [
        line for line in lines if all(word in f"{line.customer} {line.name}".casefold() for word in wanted)
    ]
    if only == "unexplained":
        return [line for line in found if line.needs_comment]
    return [line for line in found if only != "differing" or differs(line)]


def differs(line: ReportLineView) -> bool:
    """Tell whether a line is charged lower, billed elsewhere in part, or has seats that nobody used."""
    unused = line.used is not None and line.used < line.billable
    return line.chargeable != line.billable or bool(line.moved) or unused
