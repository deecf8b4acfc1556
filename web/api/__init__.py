"""The HTTP API under ``/api/v1``: one table of routes, JSON in and out, problem documents for errors.

Callers sign in for a token and send it as ``Authorization: Bearer``; cookies mean nothing here, which is why no form
token is asked for.
"""

from typing import Any

from flask import Blueprint, Flask

from assistant.domain.errors import NotFound
from web import visitors
from web.api.account_routes import ACCOUNT_ROUTES
from web.api.batch_routes import BATCH_ROUTES
from web.api.openapi import document
from web.api.routes import ROUTES, Route
from web.current import application

PREFIX = "/api/v1"
ALL_ROUTES = (*ROUTES, *ACCOUNT_ROUTES, *BATCH_ROUTES)


def install(app: Flask) -> Blueprint:
    """Register every route of the table and return the blueprint."""
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
    for route in (*ALL_ROUTES, _description()):
        rule = route.path.replace("{", "<").replace("}", ">")
        blueprint.add_url_rule(rule, route.endpoint, route.handler, methods=[route.method])
    app.register_blueprint(blueprint)
    return blueprint


def _description() -> Route:
    return Route("GET", "/openapi.json", "anyone", "This description", _describe, "openapi")


def _describe() -> dict[str, Any]:
    if not application().settings.api_description and visitors.bearer_principal() is None:
        raise NotFound("The description is for those who are signed in.")
    return document(ALL_ROUTES, PREFIX, application().conversations.descriptions())
