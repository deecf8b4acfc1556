"""What every request and every answer goes through: headers, form tokens, and the origin of writes."""

import hashlib
import hmac
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import flask
from flask import Flask, request
from flask.sessions import SessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect

from assistant.domain.errors import Forbidden, InvalidInput
from web import cookies, framing
from web.cookies import Cookie

if TYPE_CHECKING:
    from flask.wrappers import Request, Response

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors "
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_HSTS = "max-age=63072000; includeSubDomains"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_NOBODY = "visitor"


class FormSession(dict[str, Any], SessionMixin):
    """What Flask calls a session; it only holds the value that this visitor's form tokens must sign."""


class FormSessions(SessionInterface):
    """Derives that value from the cookie the visitor holds anyway, so that none has to be set for it.

    A visitor who holds none has nothing that a forged form could use; the origin check still applies.
    """

    def open_session(self, app: Flask, request: "Request") -> FormSession:  # noqa: ARG002 - Flask's signature
        holder = cookies.read(Cookie.SESSION) or cookies.read(Cookie.SIGN_IN) or _NOBODY
        return FormSession(csrf_token=_bound_to(app, holder))

    def save_session(self, app: Flask, session: SessionMixin, response: "Response") -> None:
        """Keep nothing: the value is derived again from the next request's cookie."""


def bind_forms_to(holder: str) -> None:
    """Make the form tokens of this answer belong to the cookie value that the answer is about to set."""
    flask.session["csrf_token"] = _bound_to(flask.current_app, holder)


def protect(app: Flask, *, https: bool) -> CSRFProtect:
    """Install the checks and headers; return the form protection so that the API can be exempted."""
    app.session_interface = FormSessions()
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    app.before_request(_refuse_nul)
    app.before_request(_refuse_foreign_writes)
    csrf = CSRFProtect(app)

    @app.after_request
    def harden(response: "Response") -> "Response":
        parents = framing.parents()
        response.headers.setdefault("Content-Security-Policy", content_policy(*parents))
        if origin := framing.trusted_loader():
            response.headers["Access-Control-Allow-Origin"] = origin
        if request.path == framing.LOADER:
            response.headers["Vary"] = "Origin"
        for name, value in _HEADERS.items():
            # the older header knows no list of sites, and would forbid what the policy allows
            if not (parents and name == "X-Frame-Options"):
                response.headers.setdefault(name, value)
        if https:
            response.headers["Strict-Transport-Security"] = _HSTS
        if request.endpoint != "static" or response.status_code >= HTTPStatus.BAD_REQUEST:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return csrf


def content_policy(*framed_by: str) -> str:
    """Return the content security policy of a page that pages of these origins may frame, by default nobody's."""
    return _POLICY + (" ".join(framed_by) or "'none'")


def safe_next(target: str | None) -> str:
    """Return the path to go on to, or the start page when it is anything but a path of this site."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return "/"
    if "\\" in target or any(ord(c) <= ord(" ") or ord(c) == 0x7F for c in target):  # noqa: PLR2004 - DEL
        return "/"
    try:
        parts = urlsplit(target)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc else target


def _bound_to(app: Flask, holder: str) -> str:
    key = app.secret_key
    assert isinstance(key, bytes)
    return hmac.new(key, holder.encode(), hashlib.sha256).hexdigest()


def _refuse_nul() -> None:
    if "\0" in request.path or any("\0" in value for value in request.args.values()):
        raise InvalidInput("address", "must not hold a NUL character")


def _refuse_foreign_writes() -> None:
    if request.method in _READING or request.path.startswith("/api/"):
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in {"same-origin", "none"}:
        raise Forbidden("This form was sent from another site.")
    origin = request.headers.get("Origin")
    if origin is not None and _host(origin) != request.host:
        raise Forbidden("This form was sent from another site.")


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
