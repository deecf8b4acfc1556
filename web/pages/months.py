"""A month played through: entered numbers for anybody, one's own customers for a partner; nothing is stored, and no prices."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, current_app, render_template, request

from assistant.domain.errors import InvalidInput
from assistant.domain.page_lookups import MonthDays, MonthDaysView
from assistant.domain.periods import BillingMonth, local_date
from assistant.domain.principals import Permission, may
from assistant.domain.simulating import SimulatedMonth
from web import charts, visitors
from web.current import application
from web.pages.what_if import Fault
from web.templating import wording_of

blueprint = Blueprint("months", __name__)
_LONGEST_TEXT = 4000


@blueprint.get("/month")
def form() -> str | tuple[str, int]:
    """Show the form, and what the month comes to with what was filled in."""
    who = visitors.page_principal()
    own = may(who, Permission.CUSTOMERS_READ)
    month = request.args.get("month", "") or str(
        BillingMonth.of(local_date(application().clock.now(), "UTC"))
    )
    lines = request.args.get("lines", "")[:_LONGEST_TEXT]
    values: dict[str, Any] = {"own": own, "month": month, "lines": lines}
    try:
        values |= _played(month, lines, of_own=own and "own" in request.args)
    except InvalidInput as error:
        fault = Fault(error.field, error.message)
        return render_template("month.html", **values, fault=fault), HTTPStatus.UNPROCESSABLE_ENTITY
    return render_template("month.html", **values)


def _played(month: str, lines: str, *, of_own: bool) -> dict[str, Any]:
    if of_own:
        shown = application().licensing.look_up(visitors.signed_in(), MonthDays(month))
        running = str(BillingMonth.of(shown.today)) == shown.month
        return {"played": shown, "chart": _chart(shown, shown.today.day if running else None), "of_own": True}
    if not lines:
        BillingMonth.parse(month)
        return {}
    played = application().usage.month(month, lines)
    return {"played": played, "chart": _chart(played)}


def _chart(shown: MonthDaysView | SimulatedMonth, today: int | None = None) -> charts.MonthChart:
    number = wording_of(current_app).number
    return charts.month_chart(shown.days, shown.billed, shown.bands, number, today)
