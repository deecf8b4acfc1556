"""The JSON form of the rows of a batch."""

from collections.abc import Sequence
from typing import Any

from assistant.domain.bulk import MOST_ROWS, BulkRow
from assistant.domain.errors import InvalidInput
from assistant.ports.wire.fields import Fields
from assistant.ports.wire.licensing import action_from_json, action_json, refusal_from_json, refusal_json


def rows_json(rows: Sequence[BulkRow]) -> list[dict[str, Any]]:
    """Write rows."""
    return [
        {
            "row": row.row,
            "customer": row.customer,
            "action": action_json(row.action) if row.action else None,
            "refusal": refusal_json(row.refusal) if row.refusal else None,
        }
        for row in rows
    ]


def rows_from_json(data: object, path: str = "rows") -> tuple[BulkRow, ...]:
    """Read rows. Raises InvalidInput, also for more than one batch may hold."""
    if not isinstance(data, list) or not 1 <= len(data) <= MOST_ROWS:
        raise InvalidInput(path, f"must be a list of 1 to {MOST_ROWS} changes")
    return tuple(_row(item, f"{path}[{at}]") for at, item in enumerate(data))


def _row(data: object, path: str) -> BulkRow:
    fields = Fields(data, path)
    action, refusal = fields.raw("action"), fields.raw("refusal")
    row = BulkRow(
        fields.number("row", lowest=1),
        fields.text("customer"),
        None if action is None else action_from_json(action, fields.at("action")),
        None if refusal is None else refusal_from_json(refusal, fields.at("refusal")),
    )
    if (action is None) is (refusal is None):
        raise fields.wrong("action", "must be there, or else the refusal that stands in its place")
    fields.done()
    return row
