"""Batches of changes in the licensing backend, for other clients."""

from typing import Any

from assistant.domain.identifiers import BatchId
from assistant.ports.wire import licensing as wire
from assistant.ports.wire.bulk import rows_from_json
from web import visitors
from web.api.bodies import body
from web.current import application


def prepare() -> dict[str, Any]:
    """Keep rows as a batch, to be previewed and confirmed as the action of type ``bulk``."""
    who, fields = visitors.licensing_caller(), body()
    rows = rows_from_json(fields.raw("rows"))
    fields.done()
    return {"id": application().licensing.prepare(who, rows)}


def go_on(batch_id: str) -> dict[str, Any]:
    """Make the next changes of a running batch."""
    who, fields = visitors.licensing_caller(), body()
    fields.done()
    return {"result": wire.result_json(application().licensing.go_on(who, BatchId(batch_id)))}


def stop(batch_id: str) -> dict[str, Any]:
    """Let a running batch begin no further change."""
    who, fields = visitors.licensing_caller(), body()
    fields.done()
    return {"result": wire.result_json(application().licensing.stop(who, BatchId(batch_id)))}
