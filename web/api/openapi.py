"""The description of the API (OpenAPI 3.1), made from the table of routes."""

import re
from collections import defaultdict
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from web.api import desk_schemas, usage_schemas, what_ifs
from web.api.flows import slot_schemas
from web.api.schemas import SCHEMAS

if TYPE_CHECKING:
    from assistant.ports.conversations import FlowDescription
    from web.api.routes import Route

_PARAMETER = re.compile(r"{(\w+)}")
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "field": {"type": "string"},
        "reference": {"type": "string"},
    },
}


def document(
    routes: "Iterable[Route]", prefix: str, flows: "Iterable[FlowDescription]" = ()
) -> dict[str, Any]:
    """Return the description of these routes, with a form for the slots of each flow."""
    paths: dict[str, dict[str, Any]] = defaultdict(dict)
    for route in routes:
        paths[prefix + route.path][route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "MSP Assistant", "version": "1"},
        "paths": dict(paths),
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Problem": _PROBLEM,
                **SCHEMAS,
                **usage_schemas.SCHEMAS,
                **what_ifs.SCHEMAS,
                **desk_schemas.SCHEMAS,
                **slot_schemas(flows),
            },
        },
    }


def _operation(route: "Route") -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.endpoint,
        "summary": route.summary,
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "responses": _responses(route),
        "security": _security(route),
    }
    if route.body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": route.body}}}
    return operation


def _path_parameters(route: "Route") -> list[dict[str, Any]]:
    names = _PARAMETER.findall(route.path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _query_parameters(route: "Route") -> list[dict[str, Any]]:
    return [{"name": name, "in": "query", "schema": schema} for name, schema in route.query.items()]


def _responses(route: "Route") -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    success: dict[str, Any] = {"description": HTTPStatus(route.success).phrase}
    if route.answer is not None:
        form = {"$ref": f"#/components/schemas/{route.answer}"}
        success["content"] = {"application/json": {"schema": form}}
    return {
        str(route.success): success,
        "default": {"description": "What went wrong", "content": problem},
    }


def _security(route: "Route") -> list[dict[str, list[str]]]:
    bearer: dict[str, list[str]] = {"bearer": []}
    return {"anyone": [], "optional": [{}, bearer]}.get(route.who, [bearer])
