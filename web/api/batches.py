"""Batches of changes: in the licensing backend for other clients, and from a table to its result for users."""

from http import HTTPStatus
from typing import Any

from flask import Response

from assistant.domain.accounts import CodeVerdict
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import BatchId
from assistant.domain.principals import Principal
from assistant.domain.quotes import Receipt
from assistant.domain.refusals import Refusal
from assistant.ports.wire import licensing as wire
from assistant.ports.wire.bulk import rows_from_json
from web import exports, queries, visitors
from web.api.bodies import body
from web.api.session import refusal
from web.current import application
from web.errors import problem

_LONGEST_CODE = 100
_PAGE = 100


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


def upload() -> Any:
    """Read a table of changes, and keep them as a batch: its preview, or everything that is wrong with the table at once."""
    who, fields = visitors.bearer(), body()
    table = [_cells(row, at) for row, at in fields.items("table")]
    fields.done()
    desk = application().conversations.batch_desk()
    rows, faults = desk.read(who, table)
    if faults:
        told = [{"row": fault.row, "column": fault.column, "text": fault.text} for fault in faults]
        detail = f"{len(faults)} places of the table have to be put right; nothing was kept."
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "rows_invalid", detail, faults=told)
    return _shown(who, desk.prepare(who, rows)), HTTPStatus.CREATED


def listing() -> dict[str, Any]:
    """List the newest batches that were confirmed."""
    queries.only()
    who = visitors.bearer()
    return {"batches": wire.result_json(application().conversations.batch_desk().newest(who))}


def show(batch_id: str) -> dict[str, Any]:
    """Show how far a batch is; of one that is not confirmed, what it would do. Showing a running one goes on with it."""
    queries.only()
    return _shown(visitors.bearer(), BatchId(batch_id))


def items(batch_id: str) -> dict[str, Any]:
    """List items of a batch, from an offset on."""
    queries.only("offset", "limit")
    offset, limit = queries.whole_number("offset", 0), queries.whole_number("limit", _PAGE)
    who = visitors.bearer()
    return {"items": application().conversations.batch_desk().items(who, BatchId(batch_id), offset, limit)}


def confirm(batch_id: str) -> dict[str, Any]:
    """Confirm a batch as it was shown, with a code that is used up for it."""
    who, fields = visitors.bearer(), body()
    shown, code = fields.text("hash"), fields.text("code", limit=_LONGEST_CODE)
    fields.done()
    outcome = application().conversations.batch_desk().confirm(who, BatchId(batch_id), shown, code)
    if isinstance(outcome, CodeVerdict):
        raise refusal(outcome)
    return wire.receipt_json(outcome) if isinstance(outcome, Receipt) else wire.refusal_json(outcome)


def end(batch_id: str) -> dict[str, Any]:
    """Let one's own batch begin no further change."""
    who, fields = visitors.bearer(), body()
    fields.done()
    return {"batch": wire.result_json(application().conversations.batch_desk().stop(who, BatchId(batch_id)))}


def result(batch_id: str) -> Response:
    """Return what became of each row as CSV, in which no cell becomes a formula."""
    queries.only()
    who = visitors.bearer()
    rows = application().conversations.batch_desk().result(who, BatchId(batch_id))
    return exports.csv_file("result", rows)


def _shown(who: Principal, batch_id: BatchId) -> dict[str, Any]:
    desk = application().conversations.batch_desk()
    view = desk.far(who, batch_id)
    shown: dict[str, Any] = {"batch": wire.result_json(view), "preview": None, "refusal": None}
    if view.state == "prepared":
        capsule = desk.preview(who, batch_id)
        if isinstance(capsule, Refusal):
            shown["refusal"] = wire.refusal_json(capsule)
        else:
            shown["preview"] = desk.preview_words(capsule)
    return shown


def _cells(row: Any, at: str) -> tuple[str | int | float | bool | None, ...]:
    if not isinstance(row, list) or not all(
        cell is None or isinstance(cell, str | int | float) for cell in row
    ):
        raise InvalidInput(at, "must be a list of texts, numbers and nulls")
    return tuple(row)
