"""What is behind a one-time link: choosing a password, setting up a second factor again; and asking for such a link.

Opening a link changes nothing, so that a mail program that looks at it beforehand uses nothing up.
"""

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, current_app, redirect, render_template, request, url_for

from assistant.domain.accounts import LinkPurpose
from assistant.domain.errors import InvalidInput, NotFound, NotSignedIn, TooManyAttempts
from web import cookies
from web.cookies import Cookie
from web.current import application
from web.pages.sign_in import address, device, lead_on
from web.security import bind_forms_to
from web.templating import wording_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

blueprint = Blueprint("links", __name__)
_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.get("/sign-in/forgotten")
def forgotten_form() -> str:
    """Ask for the sign-in name."""
    return render_template("forgotten.html", fault=None, asked=False)


@blueprint.post("/sign-in/forgotten")
def ask() -> str | tuple[str, int]:
    """Send a link, if there is such a user; the answer does not tell."""
    username = request.form.get("username", "").strip()
    if not username:
        fault = wording_of(current_app)("forgotten.missing")
        return render_template("forgotten.html", fault=fault, asked=False), _REFUSED
    try:
        application().identity.links.ask_new_password(username, address=address())
    except TooManyAttempts as error:
        fault = wording_of(current_app).counted("forgotten.too_many", -(-error.retry_after // 60))
        return render_template("forgotten.html", fault=fault, asked=False), HTTPStatus.TOO_MANY_REQUESTS
    return render_template("forgotten.html", fault=None, asked=True)


@blueprint.get("/links/<token>")
def show(token: str) -> "Response | tuple[Response | str, int]":
    """Show what the link is for."""
    return _page(token, None, HTTPStatus.OK)


@blueprint.post("/links/<token>")
def use(token: str) -> "Response | tuple[Response | str, int]":
    """Use the link up."""
    try:
        return _used(token, request.form.get("password", ""))
    except NotFound:
        return _gone()
    except NotSignedIn:
        return _page(token, wording_of(current_app)("links.wrong"), HTTPStatus.UNAUTHORIZED)
    except TooManyAttempts as error:
        fault = wording_of(current_app).counted("sign_in.too_many", -(-error.retry_after // 60))
        return _page(token, fault, HTTPStatus.TOO_MANY_REQUESTS)
    except InvalidInput as error:
        return _page(token, wording_of(current_app)("links.refused", reason=error.message), _REFUSED)


def _used(token: str, password: str) -> "Response | tuple[Response | str, int]":
    links = application().identity.links
    if links.open(token).purpose is LinkPurpose.ENROLMENT:
        return lead_on(links.set_up_again(token, password, address=address(), device=device()))
    if password != request.form.get("again", ""):
        return _page(token, wording_of(current_app)("links.differ"), _REFUSED)
    led_on = links.choose_password(token, password, address=address(), device=device())
    return lead_on(led_on) if led_on else redirect(url_for("sign_in.form"), HTTPStatus.SEE_OTHER)


def _page(token: str, fault: str | None, status: HTTPStatus) -> "tuple[Response | str, int]":
    try:
        link = application().identity.links.open(token)
    except NotFound:
        return _gone()
    holder = cookies.read(Cookie.SESSION) or cookies.read(Cookie.SIGN_IN) or application().ids.token()
    bind_forms_to(holder)
    page = current_app.make_response(render_template("link.html", link=link, token=token, fault=fault))
    if not cookies.read(Cookie.SESSION):
        cookies.put(page, Cookie.SIGN_IN, holder)
    return page, status


def _gone() -> tuple[str, int]:
    return render_template("link.html", link=None, token="", fault=None), HTTPStatus.NOT_FOUND
