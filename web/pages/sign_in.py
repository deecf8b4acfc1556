"""Signing in with two factors, setting the second one up, and signing out."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, after_this_request, current_app, redirect, render_template, request, url_for

from assistant.domain.accounts import CodeOutcome, CodeVerdict, Session
from assistant.domain.errors import NotSignedIn, TooManyAttempts
from web import cookies, visitors
from web.cookies import Cookie
from web.current import application
from web.security import bind_forms_to, safe_next
from web.templating import wording_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("sign_in", __name__)

_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.get("/sign-in")
def form() -> "Response | str":
    """Show the form for name and password."""
    if visitors.page_session():
        return redirect(_next(), HTTPStatus.SEE_OTHER)
    return _begin_page()


@blueprint.post("/sign-in")
def begin() -> "Response | tuple[str, int]":
    """Check name and password and lead on to the second factor."""
    username, password = request.form.get("username", "").strip(), request.form.get("password", "")
    if not username or not password:
        return _begin_page(_say("sign_in.missing"), username), _REFUSED
    try:
        token = application().access.begin(
            username, password, address=address(), device=device(), known_device=known_device()
        )
        step = "code_form" if application().access.pending_user(token).enrolled else "enrol_form"
    except NotSignedIn:
        return _begin_page(_say("sign_in.wrong"), username), HTTPStatus.UNAUTHORIZED
    except TooManyAttempts as error:
        wait = wording_of(current_app).counted("sign_in.too_many", -(-error.retry_after // 60))
        return _begin_page(wait, username), HTTPStatus.TOO_MANY_REQUESTS
    response = redirect(url_for(f"sign_in.{step}", next=_next()), HTTPStatus.SEE_OTHER)
    cookies.put(response, Cookie.SIGN_IN, token)
    return response


@blueprint.get("/sign-in/code")
def code_form() -> str:
    """Ask for the code of the app."""
    return _code_page("code")


@blueprint.get("/sign-in/recovery")
def recovery_form() -> str:
    """Ask for a recovery code."""
    return _code_page("recovery")


@blueprint.post("/sign-in/code")
def check_code() -> "Response | tuple[str, int]":
    """Check the code, of either kind, and open the session."""
    kind = "recovery" if "recovery" in request.form else "code"
    code = request.form.get(kind, "").strip()
    if not code:
        return _code_page(kind, _say("codes.missing")), _REFUSED
    outcome = application().access.complete(_pending(), code, address=address(), known_device=known_device())
    if isinstance(outcome, CodeVerdict):
        return _code_page(kind, explained(outcome)), status_of(outcome)
    return opened(outcome, _next())


@blueprint.get("/sign-in/enrol")
def enrol_form() -> str:
    """Show the key of a new second factor."""
    return _enrol_page()


@blueprint.post("/sign-in/enrol")
def confirm_enrolment() -> "str | tuple[str, int]":
    """Check the first code and show the recovery codes, this once."""
    code = request.form.get("code", "").strip()
    if not code:
        return _enrol_page(_say("codes.missing")), _REFUSED
    outcome = application().access.confirm_enrolment(_pending(), code)
    if isinstance(outcome, CodeVerdict):
        return _enrol_page(explained(outcome)), status_of(outcome)
    return render_template("recovery_codes.html", codes=outcome, next=_next())


@blueprint.post("/sign-in/enrol/finish")
def finish_enrolment() -> "Response | tuple[str, int]":
    """Put the factor in force once its owner says that the codes are saved."""
    if "saved" not in request.form:
        return render_template(
            "recovery_codes.html", codes=(), next=_next(), fault=_say("enrol.unsaved")
        ), _REFUSED
    session = application().access.acknowledge_recovery(
        _pending(), address=address(), known_device=known_device()
    )
    return opened(session, _next())


@blueprint.post("/sign-out")
def sign_out() -> "Response":
    """End the session here and on the server; the conversation is left behind for its owner only."""
    if token := cookies.read(Cookie.SESSION):
        application().access.end(token)
    response = redirect(url_for("chat.home"), HTTPStatus.SEE_OTHER)
    cookies.drop(response, Cookie.SESSION, Cookie.CONVERSATION)
    return response


@blueprint.errorhandler(NotSignedIn)
def start_again(_error: NotSignedIn) -> "Response | tuple[str, int]":
    """Show the first step again: it was too long ago, or was never taken."""
    if visitors.page_session():
        return redirect(_next(), HTTPStatus.SEE_OTHER)
    return _begin_page(_say("sign_in.expired")), HTTPStatus.UNAUTHORIZED


def explained(verdict: CodeVerdict) -> str:
    """Return the sentence for a code that was not accepted."""
    say = wording_of(current_app)
    until = say.moment(verdict.retry_at) if verdict.retry_at else ""
    return say(f"codes.{verdict.outcome.value}", until=until)


def _begin_page(fault: str | None = None, username: str = "") -> str:
    holder = cookies.read(Cookie.SIGN_IN) or application().ids.token()
    bind_forms_to(holder)

    @after_this_request
    def hold(response: "Response") -> "Response":
        cookies.drop(response, Cookie.SESSION)
        cookies.put(response, Cookie.SIGN_IN, holder)
        return response

    return render_template("sign_in.html", fault=fault, username=username, next=_next())


def _code_page(kind: str, fault: str | None = None) -> str:
    user = application().access.pending_user(_pending())
    return render_template("code.html", kind=kind, fault=fault, account=user.username, next=_next())


def _enrol_page(fault: str | None = None) -> str:
    enrolment = application().access.enrol(_pending())
    qr = application().qr_svg(enrolment.uri)
    return render_template("enrol.html", enrolment=enrolment, qr=qr, fault=fault, next=_next())


def opened(session: Session, to: str) -> "Response":
    """Go on as the holder of a new session, on a device that is known from now on."""
    response = redirect(to, HTTPStatus.SEE_OTHER)
    cookies.put(response, Cookie.SESSION, session.token)
    cookies.drop(response, Cookie.SIGN_IN)
    if session.device_token:
        cookies.put(response, Cookie.DEVICE, session.device_token)
    return response


def lead_on(token: str, to: str = "/") -> "Response":
    """Go on to setting up a second factor in a sign-in that was just begun."""
    response = redirect(url_for("sign_in.enrol_form", next=to), HTTPStatus.SEE_OTHER)
    cookies.put(response, Cookie.SIGN_IN, token)
    return response


def _pending() -> str:
    token = cookies.read(Cookie.SIGN_IN)
    if token is None:
        raise NotSignedIn("The sign-in was not begun.")
    return token


def status_of(verdict: CodeVerdict) -> HTTPStatus:
    """Return the status of a page that tells of a code which was not accepted."""
    return HTTPStatus.TOO_MANY_REQUESTS if verdict.outcome is CodeOutcome.LOCKED else _REFUSED


def _next() -> str:
    return safe_next(request.values.get("next"))


def address() -> str:
    """Return where the request comes from."""
    return request.remote_addr or ""


def known_device() -> str:
    """Return what this browser is recognised by, if it signed in before."""
    return cookies.read(Cookie.DEVICE) or ""


def device() -> str:
    """Return how the browser describes itself."""
    return request.headers.get("User-Agent", "")[:200]


def _say(key: str, **values: object) -> str:
    return wording_of(current_app)(key, **values)
