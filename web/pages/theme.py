"""The colours of the pages: as the system has them, light or dark, kept for a year in a cookie that tells nothing about anybody."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, request

from assistant.domain.errors import InvalidInput
from web.current import application
from web.security import safe_next

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("theme", __name__)
SYSTEM = "system"
THEMES = (SYSTEM, "light", "dark")
_COOKIE = "colours"
_YEAR = 365 * 24 * 3600


@blueprint.post("/colours")
def choose() -> "Response":
    """Keep the colours chosen and return to the page the form stands on."""
    chosen = request.form.get("colours", "")
    if chosen not in THEMES:
        raise InvalidInput("colours", "must be one of " + ", ".join(THEMES))
    response = redirect(safe_next(request.form.get("back")), HTTPStatus.SEE_OTHER)
    age = 0 if chosen == SYSTEM else _YEAR
    response.set_cookie(
        _COOKIE,
        chosen,
        max_age=age,
        secure=application().settings.secure_cookies,
        httponly=True,
        samesite="Lax",
    )
    return response


@blueprint.app_context_processor
def _colours() -> dict[str, Any]:
    kept = request.cookies.get(_COOKIE)
    return {"themes": THEMES, "theme": kept if kept in THEMES else SYSTEM}
