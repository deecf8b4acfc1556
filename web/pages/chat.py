"""The conversation as a page: asking, replying to a card, starting a task."""

from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for

from assistant.domain.errors import InvalidInput, NotFound, NotSignedIn
from assistant.domain.identifiers import ConversationId, CustomerId
from assistant.domain.lookups import CustomerById, CustomerView
from assistant.domain.principals import Permission, may
from assistant.ports.conversations import ConversationView, Message, Turn
from web import cookies, partials, presenters, visitors
from web.cookies import Cookie
from web.current import application
from web.framing import framed
from web.pages import cases
from web.security import safe_next
from web.templating import wording_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

    from assistant.domain.principals import Principal

blueprint = Blueprint("chat", __name__)

LONGEST_QUESTION = 500
_VALUE = "value."


@dataclass(frozen=True)
class Fault:
    """What is wrong with a question that was not sent, and the text as typed."""

    text: str
    typed: str


@blueprint.get("/")
def home() -> "Response | str":
    """Show the conversation in hand, or an empty one."""
    return _page()


@blueprint.post("/ask")
def ask() -> "Response | tuple[str, int]":
    """Send one question or reply; pressing twice sends it once."""
    text = request.form.get("text")
    if text is not None and (fault := _fault_of(text)):
        return _refuse(fault)
    message = _message(_for_the_desk(text))
    return _sent(message.id, lambda who, where: application().conversations.send(who, where, message))


@blueprint.post("/tasks")
def start() -> "Response":
    """Start a task by its flow; a visitor is led to sign in and back to the same button."""
    flow = request.form.get("flow", "")
    if visitors.page_principal() is None:
        return partials.to_sign_in(url_for("chat.home", start=flow))
    message_id = _message_id()
    who = visitors.signed_in()
    return _sent(message_id, lambda _, where: application().conversations.start(who, where, message_id, flow))


@blueprint.get("/suggestions")
def suggestions() -> dict[str, list[dict[str, str]]]:
    """Return what the list under the question field shows for the words typed so far."""
    typed = request.args.get("q", "")[:LONGEST_QUESTION]
    found = application().knowledge.suggest(typed, audience=visitors.audience_of(visitors.page_principal()))
    return {"suggestions": [{"question": s.question, "topic": s.topic} for s in found]}


@blueprint.post("/conversation/new")
def fresh() -> "Response":
    """Begin anew; the conversation so far is kept, and its tasks stay in the list."""
    response = redirect(url_for("chat.home"), HTTPStatus.SEE_OTHER)
    if who := visitors.page_principal():
        cookies.put(response, Cookie.CONVERSATION, application().conversations.open(who))
    else:
        cookies.drop(response, Cookie.CONVERSATION)
    return response


def conversation_in_hand() -> ConversationView | None:
    """Return the conversation of the cookie, on another device the user's latest, or None when there is none."""
    who, known = visitors.page_principal(), cookies.read(Cookie.CONVERSATION)
    with suppress(NotFound):
        if known is not None:
            return application().conversations.view(who, ConversationId(known))
    latest = application().conversations.latest(who) if who else None
    return application().conversations.view(who, latest) if latest else None


def home_values(view: ConversationView | None, fault: Fault | None = None) -> dict[str, Any]:
    """Return what the templates of the conversation show."""
    all_turns = presenters.turns(view) if view else []
    shown = all_turns if request.args.get("all") else all_turns[-presenters.SHOWN_TURNS :]
    who = visitors.page_principal()
    tasks = application().conversations.tasks(who) if who else []
    return {
        "turns": shown,
        "hidden": len(all_turns) - len(shown),
        "desk_answers": cases.answers_waiting(),
        "waiting": presenters.waiting(tasks, view["id"] if view else None),
        "fault": fault,
        "ready": request.args.get("start") if who else None,
        "about": _about(who),
    }


def _about(who: "Principal | None") -> CustomerView | None:
    """Return the customer that the address asks about, for whoever may see it."""
    wanted = request.args.get("about")
    if not wanted or who is None or not may(who, Permission.CUSTOMERS_READ):
        return None
    with suppress(NotFound):
        return application().licensing.look_up(who, CustomerById(CustomerId(wanted)))
    return None


def _page(fault: Fault | None = None) -> str:
    return render_template("chat.html", **home_values(conversation_in_hand(), fault))


def _sent(message_id: str, send: "Callable[[Principal | None, ConversationId], Turn]") -> "Response":
    who, where = visitors.page_principal(), _where()
    try:
        send(who, where)
    except NotFound:
        # a visitor whose session ended in the middle of a conversation gets it back by signing in
        if visitors.page_principal() is None and cookies.read(Cookie.SESSION):
            raise NotSignedIn("Sign in to continue.") from None
        raise
    response = _reply(where, message_id)
    cookies.put(response, Cookie.CONVERSATION, where)
    return response


def _for_the_desk(text: str | None) -> str | None:
    """Return what was written on the page of a case as a message to the desk, whatever else is open in the conversation."""
    case = request.form.get("case", "")
    return f"tell the desk {case}: {text}" if text and case else text


def _where() -> ConversationId:
    """Return the conversation that the form names, else the one in hand, else a new one."""
    if named := request.form.get("conversation"):
        return ConversationId(named)
    if view := conversation_in_hand():
        return ConversationId(view["id"])
    return application().conversations.open(visitors.page_principal())


def _reply(where: ConversationId, message_id: str) -> "Response":
    view = application().conversations.view(visitors.page_principal(), where)
    turns = presenters.turns(view)
    changed = presenters.changed(turns, message_id, view)
    # a view holds a bounded number of turns: once it is full they move up, and all are shown anew
    moved = len(turns) >= presenters.LONGEST_VIEW
    if not partials.wanted():
        back = url_for("widget.home") if framed() else safe_next(request.form.get("back"))
        return redirect(f"{back.partition('#')[0]}#turn-{changed[-1].number}", HTTPStatus.SEE_OTHER)
    said = presenters.announcement(changed[-1], wording_of(current_app))
    move_focus = "text" not in request.form or "card" in request.form
    return partials.answer(
        "parts/turn_pieces.html",
        **home_values(view) | {"changed": changed, "moved": moved, "said": said, "move_focus": move_focus},
    )


def _refuse(fault: Fault) -> "Response | tuple[str, int]":
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if partials.wanted():
        return partials.answer("parts/fault_piece.html", status, fault=fault)
    return _page(fault), status


def _fault_of(text: str) -> Fault | None:
    say = wording_of(current_app)
    if not text.strip():
        return Fault(say("chat.empty"), "")
    if len(text) > LONGEST_QUESTION:
        return Fault(say("chat.long", count=say.number(len(text))), text)
    return None


def _message(text: str | None) -> Message:
    form = request.form
    values = {name.removeprefix(_VALUE): form[name] for name in form if name.startswith(_VALUE)}
    contents = {
        "text": text,
        "choice": form.get("choice"),
        "values": values or None,
        "code": form.get("code"),
    }
    given: dict[str, Any] = {name: value for name, value in contents.items() if value is not None}
    if len(given) != 1:
        raise InvalidInput("form", "must hold one reply: a text, a choice, values or a code")
    return Message(_message_id(), **given)


def _message_id() -> str:
    key = request.form.get("message", "")
    if not 1 <= len(key) <= 64 or not key.isascii() or not key.isprintable():  # noqa: PLR2004 - the port's bound
        raise InvalidInput("message", "must be an id of 1 to 64 characters")
    return key
