"""The language of the pages: chosen with the buttons at their foot."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, redirect, request

from assistant.domain.languages import Language, read_language
from web import languages
from web.current import application
from web.security import safe_next

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("language", __name__)
_YEAR = 365 * 24 * 3600


@blueprint.post("/language")
def choose() -> "Response":
    """Keep the language chosen and return to the page the form stands on; empty is whatever the browser asks for."""
    value = request.form.get("language", "")
    chosen = read_language(value) if value else None
    response = redirect(safe_next(request.form.get("back")), HTTPStatus.SEE_OTHER)
    response.set_cookie(
        languages.COOKIE,
        chosen or "",
        max_age=_YEAR if chosen else 0,
        secure=application().settings.secure_cookies,
        httponly=True,
        samesite="Lax",
    )
    return response


@blueprint.app_context_processor
def _languages() -> dict[str, Any]:
    return {"languages": tuple(Language), "language": languages.current()}
