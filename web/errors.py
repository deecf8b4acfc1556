"""One table from errors to HTTP, and the two ways of telling them: a problem document, or a page."""

import logging
from http import HTTPStatus
from typing import Any

import flask
from flask import Flask, g, json, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from assistant.domain import errors as domain
from assistant.domain.languages import Language
from web import languages, partials
from web.current import application
from web.wording import words_in

_log = logging.getLogger("assistant.web")

STATUS: dict[type[domain.AssistantError], HTTPStatus] = {
    domain.InvalidInput: HTTPStatus.UNPROCESSABLE_ENTITY,
    domain.NotFound: HTTPStatus.NOT_FOUND,
    domain.Forbidden: HTTPStatus.FORBIDDEN,
    domain.NotThisWay: HTTPStatus.FORBIDDEN,
    domain.NotSignedIn: HTTPStatus.UNAUTHORIZED,
    domain.Conflict: HTTPStatus.CONFLICT,
    domain.TooManyAttempts: HTTPStatus.TOO_MANY_REQUESTS,
    domain.QuoteOutdated: HTTPStatus.CONFLICT,
    domain.BackendUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    domain.DatabaseUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    domain.OutcomeUnknown: HTTPStatus.GATEWAY_TIMEOUT,
    domain.PolicyUnsettled: HTTPStatus.CONFLICT,
}
"""The status of every error of the domain; an error without a line here is a fault of ours."""

_PROBLEM = "application/problem+json"
_READ_ON, _PIECE = 8 * 1024 * 1024, 64 * 1024


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(domain.AssistantError, _told)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _fault)


def status_of(error: domain.AssistantError) -> HTTPStatus:
    """Return the status of an error of the domain."""
    return STATUS.get(type(error), HTTPStatus.INTERNAL_SERVER_ERROR)


def _told(error: domain.AssistantError) -> Response:
    if isinstance(error, domain.InvalidInput):
        return _answer(status_of(error), error.code, f"{error.field}: {error.message}", field=error.field)
    if isinstance(error, domain.TooManyAttempts):
        response = _answer(status_of(error), error.code, error.message)
        response.headers["Retry-After"] = str(error.retry_after)
        return response
    if isinstance(error, domain.NotFound):
        # one sentence for all: what is missing and what belongs to somebody else must not differ
        return _answer(status_of(error), error.code, "There is nothing at this address, or it is not yours.")
    if isinstance(error, domain.NotSignedIn):
        return _sign_in_first(error)
    if isinstance(error, domain.Forbidden):
        _record_refusal()
    if isinstance(error, domain.DatabaseUnavailable):
        # where the database is and who asks it is for the operator, and for nobody else
        _log.error("no database in %s: %s", request.endpoint, error.message)
        return _answer(status_of(error), error.code, "The database is out of reach. Try again in a moment.")
    return _answer(status_of(error), error.code, error.message)


def _record_refusal() -> None:
    try:
        application().identity.record.refused(g.get("asker"), request.remote_addr or "")
    except domain.AssistantError as error:
        # the refusal stands, whether or not it could be written down
        _log.warning("refusal not recorded: %s", error.message)


def _sign_in_first(error: domain.NotSignedIn) -> Response:
    if languages.for_machines():
        response = _answer(status_of(error), error.code, error.message)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    return partials.to_sign_in()


def _stale_form(_error: CSRFError) -> Response:
    return _answer(HTTPStatus.BAD_REQUEST, "stale_form", "This page was out of date. Open it again.")


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    status = HTTPStatus(error.code)
    if status is HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        _read_on()
    response = _answer(status, status.phrase.lower().replace(" ", "_"), status.description or status.phrase)
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _read_on() -> None:
    # a connection closed on a body that is still arriving is reset, and the caller never sees the answer
    body, left = request.environ["wsgi.input"], _READ_ON
    while left and (piece := body.read(min(left, _PIECE))):
        left -= len(piece)


def _fault(error: Exception) -> Response:
    reference = reference_of_request()
    # the page that tells of it must not ask again what may have failed: who is looking
    g.setdefault("page_session", None)
    _log.error("fault %s in %s %s", reference, request.method, request.endpoint, exc_info=error)
    detail = "This did not work. Before trying again, look whether the change was made."
    return _answer(HTTPStatus.INTERNAL_SERVER_ERROR, "fault", detail, reference=reference)


def reference_of_request() -> str:
    """Return the id under which this request stands in the log."""
    if "reference" not in g:
        g.reference = application().ids.new("R")
    reference: str = g.reference
    return reference


def _answer(status: HTTPStatus, code: str, detail: str, **more: Any) -> Response:
    if languages.for_machines():
        return problem(status, code, detail, **more)
    if partials.wanted():
        return partials.error(status, code, detail, more.get("reference"))
    page = render_template(
        "error.html", status=status, code=code, detail=detail, reference=more.get("reference")
    )
    return flask.Response(page, status)


def problem(status: HTTPStatus, code: str, detail: str, **more: Any) -> Response:
    """Build a problem document (RFC 9457); ``code`` is the stable name of what went wrong, whatever the language."""
    title, detail = _in_words(status, code, detail)
    document = {
        "type": "about:blank",
        "title": title,
        "status": int(status),
        "code": code,
        "detail": detail,
    }
    return flask.Response(json.dumps(document | more), status, mimetype=_PROBLEM)


def _in_words(status: HTTPStatus, code: str, detail: str) -> tuple[str, str]:
    """Return title and detail in the language of the request; what is wrong with a value is told in English alone."""
    language = languages.current()
    if language is Language.ENGLISH:
        return status.phrase, detail
    words = words_in(language)
    told = (
        detail
        if code == domain.InvalidInput.code
        else words.first(f"errors.{code}.text", "errors.other.text")
    )
    return words.first(f"errors.{code}.title", "errors.other.title"), told
