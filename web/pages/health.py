"""For those who run it: is the process alive, can it answer, and its figures."""

from http import HTTPStatus
from ipaddress import ip_address

import flask
from flask import Blueprint, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST

from assistant.domain.errors import NotFound
from assistant.domain.principals import Permission, may
from web import metrics, readiness, visitors

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> dict[str, str]:
    """Answer as long as the process lives."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def ready() -> tuple[dict[str, object], int]:
    """Tell whether questions can be answered; 503 names what is missing."""
    checks = readiness.report()
    status = HTTPStatus.OK if all(checks.values()) else HTTPStatus.SERVICE_UNAVAILABLE
    ready = status is HTTPStatus.OK
    said: dict[str, object] = {"status": "ready" if ready else "not ready", "checks": checks}
    return said | ({"matching": readiness.matching()} if ready else {}), status


@blueprint.get("/metrics")
def figures() -> flask.Response:
    """Give the figures to this machine, or to an administrator's token; for others there is nothing here."""
    if not _from_this_machine() and not may(visitors.bearer_principal(), Permission.USERS_ADMINISTER):
        raise NotFound("No such page.")
    return flask.Response(metrics.exposition(current_app), content_type=CONTENT_TYPE_LATEST)


def _from_this_machine() -> bool:
    # behind a proxy of this machine every client has its address: then the forwarded header gives it away
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers or not request.remote_addr:
        return False
    return ip_address(request.remote_addr).is_loopback
