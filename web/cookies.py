"""The cookies: a full session, a sign-in under way, the conversation in hand, the device that was signed in on, the widget's.

Each holds one opaque token or id and nothing else. Over https the names carry the ``__Host-`` prefix, which binds
them to this host, its root path and a secure connection. In a frame of another site there is only the widget's, which
holds the conversation there and is kept apart for each site around it; it always carries the prefix.
"""

from enum import StrEnum

from flask import request
from werkzeug.wrappers import Response

from web.current import application
from web.framing import framed


class Cookie(StrEnum):
    """The cookies by what they hold."""

    SESSION = "session"
    SIGN_IN = "sign-in"
    CONVERSATION = "conversation"
    DEVICE = "device"
    WIDGET = "widget"


_KEPT_FOR = 400 * 24 * 3600
"""Seconds for which a device is known; browsers keep no cookie for longer."""


def read(cookie: Cookie) -> str | None:
    """Return the cookie's value as sent, or None; in a frame there is only the conversation, and the widget's holds it."""
    if framed():
        return _sent(Cookie.WIDGET) if cookie is Cookie.CONVERSATION else None
    return _sent(cookie)


def put(response: Response, cookie: Cookie, value: str) -> None:
    """Set the cookie until the browser closes, but a device's for a year; scripts cannot read it, other sites' forms do not send it."""
    if framed():
        _put_apart(response, value)
        return
    response.set_cookie(
        _name(cookie),
        value,
        max_age=_KEPT_FOR if cookie is Cookie.DEVICE else None,
        path="/",
        secure=_secure(),
        httponly=True,
        samesite="Lax",
    )


def drop(response: Response, *cookies: Cookie) -> None:
    """Delete the cookies."""
    if framed():
        _put_apart(response, "", max_age=0)
        return
    for cookie in cookies:
        response.delete_cookie(_name(cookie), path="/", secure=_secure(), httponly=True, samesite="Lax")


def is_only_widget() -> bool:
    """Tell whether the browser sent the widget's cookie and none of a session or a sign-in."""
    others = (Cookie.SESSION, Cookie.SIGN_IN)
    return _sent(Cookie.WIDGET) is not None and not any(_sent(cookie) for cookie in others)


def _put_apart(response: Response, value: str, max_age: int | None = None) -> None:
    response.set_cookie(
        _name(Cookie.WIDGET),
        value,
        max_age=max_age,
        path="/",
        secure=True,
        httponly=True,
        samesite="None",
        partitioned=True,
    )


def _sent(cookie: Cookie) -> str | None:
    return request.cookies.get(_name(cookie)) or None


def _name(cookie: Cookie) -> str:
    return f"__Host-{cookie.value}" if _secure() or cookie is Cookie.WIDGET else cookie.value


def _secure() -> bool:
    return application().settings.secure_cookies
