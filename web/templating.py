"""What every template may use: words, dates, the visitor, and the parts of the navigation."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from werkzeug.local import LocalProxy

from assistant.conversation.wording import read_wording
from assistant.domain.languages import Language
from assistant.domain.principals import Permission, may
from assistant.domain.refusals import Refusal
from web import framing, languages, visitors
from web.current import application
from web.devices import device_name
from web.wording import Wording, words_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def install(app: Flask) -> None:
    """Offer the words and filters to the templates."""
    app.jinja_env.globals.update(
        say=LocalProxy(_words),
        flow_name=_flow_name,
        named=_named,
        flow_start=_flow_start,
        new_key=_new_key,
        policy_language=Language.ENGLISH,
    )
    app.jinja_env.filters.update(
        month=_in_words(Wording.month),
        act=_in_words(Wording.act),
        reason=_in_words(_reason),
        local=_in_words(_local),
        day=_in_words(Wording.day),
        moment=_in_words(Wording.moment),
        number=_in_words(Wording.number),
        verbatim=_verbatim,
        in_fours=_in_fours,
        duration=_in_words(Wording.duration),
        slot_items=_slot_items,
        as_said=_in_words(_as_said),
        name_of=_in_words(_name_of),
        named=_in_words(lambda words, name, table: str(words.get(table)[name])),
        device=device_name,
        value=_in_words(_value),
    )
    app.context_processor(_visitor)
    app.context_processor(framing.shown_where)
    app.context_processor(lambda: {"startable": _all_startable(_words())})


def wording_of(_app: Flask) -> Wording:
    """Return the words of the language that the request in hand is answered in."""
    return _words()


def _words() -> Wording:
    return words_in(languages.current())


def _in_words(written: "Callable[..., str]") -> "Callable[..., str]":
    """Return a filter whose first argument is the words of the request in hand."""

    # a filter that takes the context is never worked out ahead, when there is no request to have a language
    @pass_context
    def in_words(_context: Context, *values: Any) -> str:
        return written(_words(), *values)

    return in_words


def startable(wording: Wording) -> tuple[str, ...]:
    """Return the flows that have a button: those with words for it."""
    return tuple(flow for flow, words in wording.get("flows").items() if "start" in words)


def _all_startable(wording: Wording) -> tuple[str, ...]:
    """Return the flows that have a button: a flow without words here has one with its own title."""
    listed = startable(wording)
    return (*listed, *(flow for flow in application().conversations.titles() if flow not in listed))


def startable_for_customers(wording: Wording) -> tuple[str, ...]:
    """Return the flows that can be started for one customer: those with words to ask for it."""
    return tuple(flow for flow in startable(wording) if "ask" in wording.get(f"flows.{flow}"))


def _flow_name(flow: str) -> str:
    return _words().first(f"flows.{flow}.name", "flows.unnamed")


def _flow_start(flow: str) -> str:
    return _words().first(f"flows.{flow}.start", "flows.untitled", title=_title(flow))


def _title(flow: str) -> str:
    return application().conversations.titles().get(flow, flow)


def _named(table: str, values: "Iterable[str]") -> list[tuple[str, str]]:
    """Pair each value of a choice with its words."""
    return [(value, _words()(f"{table}.{value}")) for value in values]


def _local(words: Wording, instant: datetime, time_zone: str) -> str:
    """Write an instant as clocks in a time zone show it."""
    there = instant.astimezone(ZoneInfo(time_zone))
    return f"{words.day(there.date())}, {there:%H:%M} {time_zone}"


def _reason(words: Wording, refusal: Refusal) -> str:
    # the words of a refusal are the conversation's, so that a page and the chat give the same reason
    return read_wording(words.language).say(f"refusal.{refusal.code}", **refusal.params)


def _verbatim(html: str) -> Markup:
    # an entry's HTML was made from its approved text and cleaned to an allow-list when it was answered
    return Markup(html)  # noqa: S704


def _name_of(words: Wording, name: str) -> str:
    return str(words.get("names").get(name) or name.replace("_", " ").capitalize())


def _as_said(words: Wording, said: str) -> str:
    """Write what a start button sent as what stood on the button."""
    flow = said.removeprefix("start:")
    return words(f"flows.{flow}.start") if said != flow and flow in startable(words) else said


def _value(words: Wording, value: Any) -> str:
    """Write a value of a change: days and numbers as people write them, nothing as a dash."""
    return words("task.nothing") if value is None else words.day(words.number(value))


def _new_key() -> str:
    # the id of the message a form will send: made here, so that sending the form twice sends one message
    return application().ids.new("M")


def _in_fours(key: str) -> str:
    return " ".join(key[i : i + 4] for i in range(0, len(key), 4))


def _slot_items(slots: dict[str, Any]) -> list[tuple[str, Any]]:
    """Name and shown value of each filled slot; a slot is a value, or a table with its label."""
    return [(name, value.get("label") if isinstance(value, dict) else value) for name, value in slots.items()]


def _visitor() -> dict[str, Any]:
    session = visitors.page_session()
    principal = session.user.principal if session else None
    return {"user": session.user if session else None, "places": tuple(_places(principal))}


def _places(principal: Any) -> "Iterable[tuple[str, str]]":
    yield "ask", "chat.home"
    yield "what_if", "what_if.form"
    if may(principal, Permission.CUSTOMERS_READ):
        yield "customers", "customers.listing"
    if may(principal, Permission.LICENCES_CHANGE):
        yield "tasks", "tasks.listing"
    if may(principal, Permission.CUSTOMERS_READ):
        yield "usage", "usage.listing"
    if may(principal, Permission.HISTORY_READ):
        yield "history", "history.listing"
    if may(principal, Permission.CASES_WORK):
        yield "desk", "desk.listing"
    if may(principal, Permission.KNOWLEDGE_EDIT):
        yield "knowledge", "knowledge.listing"
    if may(principal, Permission.TEAM_ADMINISTER) or may(principal, Permission.USERS_ADMINISTER):
        yield "users", "users.listing"
