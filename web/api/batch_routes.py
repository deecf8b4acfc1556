"""The routes of batches for users: from a table of changes to its result."""

from typing import Any

from web.api import batches
from web.api.routes import Route

_TEXT: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": "integer", "minimum": 0}
_CELL: dict[str, Any] = {"type": ["string", "number", "null"]}
_TABLE: dict[str, Any] = {"type": "array", "items": {"type": "array", "items": _CELL}}


def _body(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


BATCH_ROUTES: tuple[Route, ...] = (
    Route(
        "POST",
        "/batches",
        "bearer",
        "Check a table of changes, its heads first, and keep it as a batch to be confirmed",
        batches.upload,
        "batch_upload",
        body=_body(table=_TABLE),
        success=201,
    ),
    Route("GET", "/batches", "bearer", "The newest batches that were confirmed", batches.listing, "batches"),
    Route(
        "GET",
        "/batches/{batch_id}",
        "bearer",
        "How far a batch is, or what it would do",
        batches.show,
        "batch",
    ),
    Route(
        "GET",
        "/batches/{batch_id}/items",
        "bearer",
        "Its items, each with what it does or why it is left out",
        batches.items,
        "batch_items",
        {"offset": _NUMBER, "limit": {"type": "integer", "minimum": 1, "maximum": 500}},
    ),
    Route(
        "POST",
        "/batches/{batch_id}/confirm",
        "bearer",
        "Confirm it as it was shown, with a code",
        batches.confirm,
        "batch_confirm",
        body=_body(hash=_TEXT, code=_TEXT),
    ),
    Route(
        "POST",
        "/batches/{batch_id}/stop",
        "bearer",
        "Let it begin no further change",
        batches.end,
        "batch_end",
        body=_body(),
    ),
    Route(
        "GET",
        "/batches/{batch_id}/result",
        "bearer",
        "What became of each row, as CSV",
        batches.result,
        "batch_result",
    ),
)
