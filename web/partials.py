"""The partial protocol: a form sent with ``X-Partial: 1`` is answered with pieces of the page it stands on.

A piece is ``<template data-to="ID" data-how="append|update">`` and is made from the same template file that the full
page includes.
"""

from http import HTTPStatus
from urllib.parse import quote

import flask
from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.security import safe_next


def wanted() -> bool:
    """Tell whether the form was sent by our script, which can place pieces."""
    return request.headers.get("X-Partial") == "1"


def answer(template: str, status: HTTPStatus = HTTPStatus.OK, **values: object) -> Response:
    """Render a template of pieces."""
    return flask.Response(render_template(template, **values), status)


def error(status: HTTPStatus, code: str, detail: str, reference: str | None) -> Response:
    """Tell an error beside the form, where the typed text stays."""
    return answer("parts/notice_piece.html", status, code=code, detail=detail, reference=reference)


def to_sign_in(back: str | None = None) -> Response:
    """Lead to the sign-in page and back; a partial form gets a link in place of a page it cannot show."""
    here = back or (
        request.full_path.rstrip("?") if request.method == "GET" else request.form.get("back", "/")
    )
    address = f"{url_for('sign_in.form')}?next={quote(safe_next(here))}"
    if wanted():
        return answer("parts/sign_in_piece.html", HTTPStatus.UNAUTHORIZED, address=address)
    return redirect(address, HTTPStatus.SEE_OTHER)
