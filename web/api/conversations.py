"""Conversations and tasks."""

from typing import Any

from flask import url_for

from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import ConversationId, TaskId
from assistant.ports.conversations import ConversationView, Message, Task, Turn
from assistant.ports.wire.fields import Fields
from web import visitors
from web.api.bodies import body
from web.current import application

_LONGEST_TEXT = 4000
_LONGEST_ID = 64
_CONTENTS = ("text", "choice", "values", "code")


def open_one() -> tuple[dict[str, str], int, dict[str, str]]:
    """Open a conversation; signed out, it belongs to whoever holds its id."""
    body().done()
    opened = application().conversations.open(visitors.bearer_principal())
    return {"id": opened}, 201, {"Location": url_for("api.conversation", conversation_id=opened)}


def show(conversation_id: str) -> ConversationView:
    """Show one's own conversation."""
    return application().conversations.view(visitors.bearer_principal(), ConversationId(conversation_id))


def send(conversation_id: str) -> Turn:
    """Send one message."""
    fields = body()
    message = _message(fields)
    fields.done()
    where = ConversationId(conversation_id)
    return application().conversations.send(visitors.bearer_principal(), where, message)


def tasks() -> dict[str, list[Task]]:
    """List one's own tasks."""
    return {"tasks": application().conversations.tasks(visitors.bearer())}


def task(task_id: str) -> Task:
    """Show one of them."""
    return application().conversations.task(visitors.bearer(), TaskId(task_id))


def _message(fields: Fields) -> Message:
    message_id = fields.text("id", limit=_LONGEST_ID)
    given = [name for name in _CONTENTS if fields.raw(name) is not None]
    if len(given) != 1:
        raise InvalidInput("text", "exactly one of text, choice, values and code must be given")
    content: dict[str, Any] = {given[0]: _values(fields) if given[0] == "values" else _text(fields, given[0])}
    return Message(message_id, **content)


def _text(fields: Fields, name: str) -> str:
    value = fields.raw(name)
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise fields.wrong(name, f"must be a text of at most {_LONGEST_TEXT} characters")
    return value


def _values(fields: Fields) -> dict[str, str]:
    values = fields.named("values")
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, str | int) or len(str(value)) > _LONGEST_TEXT:
            raise InvalidInput(f"values.{name}", "must be a text or a whole number")
    return {name: str(value) for name, value in values.items()}
