"""The widget: the loader that pages of other sites include, and the conversation in the frame that it opens.

Questions are answered there. What takes a sign-in or a code opens the desk in a tab of its own.
"""

import json
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, redirect, render_template, request, url_for

from assistant.domain.entries import Audience
from assistant.domain.languages import Language
from web import cookies, framing, languages
from web.cookies import Cookie
from web.current import application
from web.pages import chat
from web.wording import words_in

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

blueprint = Blueprint("widget", __name__)
_LOADER = Path(__file__).parents[1] / "static" / "widget.js"
_LONGEST_TOPIC = 80
_QUESTIONS = 4
_OWN = frozenset({"widget.home", "widget.ask", "widget.fresh"})
_KEPT_FOR = 600
"""Seconds for which a browser may keep the loader; its address does not change with its content."""


@blueprint.get(framing.LOADER)
def loader() -> Response:
    """Return the script that adds the button, with its words."""
    response = Response(_script(), mimetype="text/javascript")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = f"public, max-age={_KEPT_FOR}"
    return response


@blueprint.get(framing.PATH)
def home() -> str:
    """Show the conversation in the frame."""
    return render_template("widget.html", **chat.home_values(chat.conversation_in_hand()))


@blueprint.post(framing.PATH + "ask")
def ask() -> "Answer | tuple[str, int]":
    """Send one question."""
    return chat.ask()


@blueprint.get(framing.PATH + "suggestions")
def suggestions() -> dict[str, list[dict[str, str]]]:
    """Return what the list under the question field shows."""
    return chat.suggestions()


@blueprint.post(framing.PATH + "new")
def fresh() -> "Answer":
    """Begin anew."""
    response = redirect(url_for("widget.home"), HTTPStatus.SEE_OTHER)
    cookies.drop(response, Cookie.CONVERSATION)
    return response


@blueprint.before_app_request
def _speak() -> None:
    wanted = request.args.get("lang")
    if framing.framed() and wanted in set(Language):
        languages.use(Language(wanted))


@blueprint.before_app_request
def _refuse_codes() -> None:
    framing.refuse_codes(only_widget=cookies.is_only_widget())


@blueprint.app_url_defaults
def _go_on(endpoint: str, values: dict[str, Any]) -> None:
    """Keep language and topic in the addresses of the frame, where no cookie of the first party tells them."""
    if request and framing.framed() and endpoint in _OWN:
        kept = {"lang": request.args.get("lang"), "topic": _topic()}
        values.update({name: value for name, value in kept.items() if value and name not in values})


@blueprint.app_context_processor
def _where() -> dict[str, Any]:
    return {"topic_questions": _questions}


def _questions() -> tuple[str, ...]:
    return application().library.questions_about(_topic(), Audience.PARTNER, _QUESTIONS)


def _topic() -> str:
    return request.args.get("topic", "").strip()[:_LONGEST_TOPIC]


@cache
def _script() -> str:
    words = {language.value: words_in(language).get("widget.loader") for language in Language}
    return f"const words = {json.dumps(words)};\n{_LOADER.read_text(encoding='utf-8')}"
