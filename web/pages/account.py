"""One's own account: sessions, password, second factor, tokens of programs, and what happened to it.

Whatever an account could be taken over by asks for a fresh code. Secrets that are made here are shown in the answer to
the form that made them, and never again.
"""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for

from assistant.domain.accounts import CodeVerdict, Scope, Session
from assistant.domain.errors import AssistantError, Conflict, InvalidInput, NotSignedIn, TooManyAttempts
from web import cookies, visitors
from web.cookies import Cookie
from web.current import application
from web.pages.sign_in import address, device, explained, known_device, lead_on, opened, status_of
from web.templating import wording_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("account", __name__)
_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY
_SHOWN_EVENTS = 20


@blueprint.get("/account")
def show() -> str:
    """Show the account."""
    return _page(_session())


@blueprint.post("/account/sessions")
def end_sessions() -> "Response":
    """End one session, or all others."""
    session, ended = _session(), request.form.get("session", "")
    if ended == "others":
        application().access.end_others(session.token)
    else:
        application().access.revoke(session.user.principal.user_id, ended)
    return _back()


@blueprint.post("/account/password")
def change_password() -> "Response | tuple[str, int]":
    """Change the password; other sessions end, this one goes on under a new token."""
    session = _session()
    if request.form.get("new", "") != request.form.get("again", ""):
        return _page(session, "password", wording_of(current_app)("links.differ")), _REFUSED
    try:
        outcome = application().identity.own.change_password(
            session.user.principal.user_id,
            current=request.form.get("current", ""),
            new=request.form.get("new", ""),
            code=_code(),
            address=address(),
            device=device(),
            known_device=known_device(),
        )
    except (InvalidInput, TooManyAttempts) as error:
        return _refused(session, "password", error)
    if isinstance(outcome, CodeVerdict):
        return _not_accepted(session, "password", outcome)
    return opened(outcome, url_for("account.show"))


@blueprint.post("/account/factor")
def new_factor() -> "Response | tuple[str, int]":
    """Go on to setting up another authenticator app."""
    session = _session()
    outcome = application().identity.own.begin_new_factor(
        session.user.principal.user_id, _code(), address=address(), device=device()
    )
    if isinstance(outcome, CodeVerdict):
        return _not_accepted(session, "factor", outcome)
    return lead_on(outcome, url_for("account.show"))


@blueprint.post("/account/recovery-codes")
def new_recovery_codes() -> "str | tuple[str, int]":
    """Make new recovery codes and show them, this once."""
    session = _session()
    outcome = application().identity.own.renew_recovery_codes(
        session.user.principal.user_id, _code(), address=address()
    )
    if isinstance(outcome, CodeVerdict):
        return _not_accepted(session, "factor", outcome)
    return _page(session, codes=outcome)


@blueprint.post("/account/tokens")
def make_token() -> "str | tuple[str, int]":
    """Make a token for a program and show it, this once."""
    session, days = _session(), request.form.get("days", "")
    try:
        outcome = application().identity.tokens.make(
            session.user.principal.user_id,
            request.form.get("name", ""),
            request.form.getlist("scope"),
            int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0,  # noqa: PLR2004
            _code(),
        )
    except (InvalidInput, Conflict) as error:
        return _refused(session, "tokens", error)
    if isinstance(outcome, CodeVerdict):
        return _not_accepted(session, "tokens", outcome)
    return _page(session, secret=outcome[0])


@blueprint.post("/account/tokens/revoke")
def revoke_token() -> "Response":
    """Revoke a token; programs are refused from their next request on."""
    session = _session()
    application().identity.tokens.revoke(request.form.get("token", ""), session.user.principal.user_id)
    return _back()


def _session() -> Session:
    session = visitors.page_session()
    if session is None:
        raise NotSignedIn("Sign in to continue.")
    return session


def _code() -> str:
    return request.form.get("code", "").strip()


def _back() -> "Response":
    return redirect(url_for("account.show"), HTTPStatus.SEE_OTHER)


def _refused(session: Session, part: str, error: AssistantError) -> tuple[str, int]:
    if isinstance(error, TooManyAttempts):
        fault = wording_of(current_app).counted("sign_in.too_many", -(-error.retry_after // 60))
        return _page(session, part, fault), HTTPStatus.TOO_MANY_REQUESTS
    field = error.field if isinstance(error, InvalidInput) else "other"
    fault = wording_of(current_app).first(
        f"account.refused.{field}", "account.refused.other", reason=error.message
    )
    return _page(session, part, fault), _REFUSED


def _not_accepted(session: Session, part: str, verdict: CodeVerdict) -> tuple[str, int]:
    fault = explained(verdict) if _code() else wording_of(current_app)("codes.missing")
    return _page(session, part, fault), status_of(verdict)


def _page(session: Session, part: str | None = None, fault: str | None = None, **made: Any) -> str:
    user_id = session.user.principal.user_id
    return render_template(
        "account.html",
        account=session.user,
        here=session.id,
        sessions=application().access.sessions(user_id),
        tokens=application().identity.tokens.list(user_id),
        events=application().identity.record.newest(_SHOWN_EVENTS, user_id),
        scopes=[scope.value for scope in Scope],
        codes_left=len(made.get("codes", ())) or session.user.recovery_codes_left,
        part=part,
        fault=fault,
        device_known=bool(cookies.read(Cookie.DEVICE)),
        **made,
    )
