"""What every template may use: words, dates, the visitor, and the parts of the navigation."""

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask import Flask
from markupsafe import Markup

from assistant.conversation.wording import Wording as Sentences
from assistant.conversation.wording import read_wording
from assistant.domain.principals import Permission, may
from assistant.domain.refusals import Refusal
from web import framing, visitors
from web.current import application
from web.devices import device_name
from web.wording import Wording, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_KEY = "assistant.wording"


def install(app: Flask, wording: Wording) -> None:
    """Offer the words and filters to the templates."""
    app.extensions[_KEY] = wording
    app.jinja_env.globals.update(
        say=wording,
        flow_name=_flow_name(wording),
        named=_named(wording),
        flow_start=_flow_start(wording),
        new_key=_new_key,
    )
    app.jinja_env.filters.update(
        month=wording.month,
        act=wording.act,
        reason=_reason,
        local=_local(wording),
        day=wording.day,
        moment=wording.moment,
        number=number,
        verbatim=_verbatim,
        in_fours=_in_fours,
        duration=wording.duration,
        slot_items=_slot_items,
        as_said=_as_said(wording),
        name_of=_name_of(wording),
        named=lambda name, table: str(wording.get(table)[name]),
        device=device_name,
        value=_value(wording),
    )
    app.context_processor(_visitor)
    app.context_processor(framing.shown_where)
    app.context_processor(lambda: {"startable": _all_startable(wording)})


def wording_of(app: Flask) -> Wording:
    """Return the words of this application."""
    wording: Wording = app.extensions[_KEY]
    return wording


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


def _flow_name(wording: Wording) -> "Callable[[str], str]":
    return lambda flow: wording.first(f"flows.{flow}.name", "flows.unnamed")


def _flow_start(wording: Wording) -> "Callable[[str], str]":
    return lambda flow: wording.first(f"flows.{flow}.start", "flows.untitled", title=_title(flow))


def _title(flow: str) -> str:
    return application().conversations.titles().get(flow, flow)


def _named(wording: Wording) -> "Callable[[str, Iterable[str]], list[tuple[str, str]]]":
    """Pair each value of a choice with its words."""
    return lambda table, values: [(value, wording(f"{table}.{value}")) for value in values]


def _local(wording: Wording) -> "Callable[[datetime, str], str]":
    """Write an instant as clocks in a time zone show it."""

    def written(instant: datetime, time_zone: str) -> str:
        there = instant.astimezone(ZoneInfo(time_zone))
        return f"{wording.day(there.date())}, {there:%H:%M} {time_zone}"

    return written


def _reason(refusal: Refusal) -> str:
    # the words of a refusal are the conversation's, so that a page and the chat give the same reason
    return _refusals().say(f"refusal.{refusal.code}", **refusal.params)


@cache
def _refusals() -> Sentences:
    return read_wording()


def _verbatim(html: str) -> Markup:
    # an entry's HTML was made from its approved text and cleaned to an allow-list when it was answered
    return Markup(html)  # noqa: S704


def _name_of(wording: Wording) -> "Callable[[str], str]":
    names = wording.get("names")
    return lambda name: str(names.get(name) or name.replace("_", " ").capitalize())


def _as_said(wording: Wording) -> "Callable[[str], str]":
    """Write what a start button sent as what stood on the button."""
    started = {f"start:{flow}": wording(f"flows.{flow}.start") for flow in startable(wording)}
    return lambda said: started.get(said, said)


def _value(wording: Wording) -> "Callable[[Any], str]":
    """Write a value of a change: days and numbers as people write them, nothing as a dash."""
    return lambda value: wording("task.nothing") if value is None else wording.day(number(value))


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
    if may(principal, Permission.TEAM_ADMINISTER) or may(principal, Permission.USERS_ADMINISTER):
        yield "users", "users.listing"
