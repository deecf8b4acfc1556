"""This partner's own usage reports, and bands for anybody."""

from typing import Any

from flask import Response, request

from assistant.domain.errors import InvalidInput
from assistant.domain.report_lookups import BandWhatIf, MonthUsage
from assistant.ports.wire.licensing import result_json
from assistant.ports.wire.report_csv import report_csv
from web import queries, visitors
from web.current import application

_FORMATS = ("json", "csv")


def bands() -> dict[str, Any]:
    """Tell the bands of a number of seats and of so many more or fewer; nobody's data is read."""
    queries.only("seats", "change")
    asked = BandWhatIf(queries.whole_number("seats"), queries.whole_number("change", 0))
    shown: dict[str, Any] = result_json(application().usage.bands(asked))
    return shown


def month(month: str) -> dict[str, Any] | Response:
    """Show the report of a month, as JSON or as a CSV file."""
    who = visitors.bearer()
    queries.only("format")
    wanted = request.args.get("format", "json")
    if wanted not in _FORMATS:
        raise InvalidInput("format", "must be " + " or ".join(_FORMATS))
    report = application().licensing.look_up(who, MonthUsage(month))
    if wanted == "json":
        shown: dict[str, Any] = result_json(report)
        return shown
    headers = {"Content-Disposition": f'attachment; filename="usage-{report.month}.csv"'}
    return Response(report_csv(report), mimetype="text/csv", headers=headers)
