"""The four cookies: a full session, a sign-in under way, the conversation in hand, and the device that was signed in on.

Each holds one opaque token or id and nothing else. Over https the names carry the ``__Host-`` prefix, which binds
them to this host, its root path and a secure connection.
"""

from enum import StrEnum

from flask import request
from werkzeug.wrappers import Response

from web.current import application


class Cookie(StrEnum):
    """The cookies by what they hold."""

    SESSION = "session"
    SIGN_IN = "sign-in"
    CONVERSATION = "conversation"
    DEVICE = "device"


_KEPT_FOR = 400 * 24 * 3600
"""Seconds for which a device is known; browsers keep no cookie for longer."""


def read(cookie: Cookie) -> str | None:
    """Return the cookie's value as sent, or None."""
    return request.cookies.get(_name(cookie)) or None


def put(response: Response, cookie: Cookie, value: str) -> None:
    """Set the cookie until the browser closes, but a device's for a year; scripts cannot read it, other sites' forms do not send it."""
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
    for cookie in cookies:
        response.delete_cookie(_name(cookie), path="/", secure=_secure(), httponly=True, samesite="Lax")


def _name(cookie: Cookie) -> str:
    return f"__Host-{cookie.value}" if _secure() else cookie.value


def _secure() -> bool:
    return application().settings.secure_cookies
