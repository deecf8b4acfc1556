"""One's own cases with the vendor's desk: how each stands, and what was written to and fro."""

from flask import Blueprint, render_template

from assistant.domain.errors import Forbidden
from assistant.domain.identifiers import HandOffId
from assistant.domain.principals import Permission, may
from web import visitors
from web.current import application

blueprint = Blueprint("cases", __name__)


@blueprint.get("/cases")
def listing() -> str:
    """Show one's own cases, latest first."""
    who = visitors.signed_in()
    if not may(who, Permission.CASES_OPEN):
        raise Forbidden("This role has no cases.")
    return render_template("cases.html", cases=application().hand_offs.own(who))


@blueprint.get("/cases/<case_id>")
def show(case_id: str) -> str:
    """Show one of them, with a field to write to the desk."""
    case = application().hand_offs.own_one(visitors.signed_in(), HandOffId(case_id))
    return render_template("case.html", case=case)


def answers_waiting() -> int:
    """Return in how many of the visitor's cases the desk has written something that is not seen yet."""
    who = visitors.page_principal()
    return application().hand_offs.waiting(who) if who and may(who, Permission.CASES_OPEN) else 0
