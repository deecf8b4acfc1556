"""Reading lookups about batches of changes from their JSON form."""

from collections.abc import Callable, Mapping
from typing import Any

from assistant.domain.batches import BatchById, Batches, BatchItems, PlansOfAll
from assistant.domain.identifiers import BatchId
from assistant.domain.lookups import Lookup
from assistant.ports.wire.fields import Fields


def _items(fields: Fields) -> Lookup[Any]:
    return BatchItems(
        BatchId(fields.text("batch_id")),
        fields.number("offset", BatchItems.offset, lowest=0),
        fields.number("limit", BatchItems.limit, lowest=1),
    )


READERS: Mapping[str, Callable[[Fields], Lookup[Any]]] = {
    "batch_by_id": lambda fields: BatchById(BatchId(fields.text("batch_id"))),
    "batch_items": _items,
    "batches": lambda _fields: Batches(),
    "plans_of_all": lambda fields: PlansOfAll(fields.text("op")),
}
"""How each of these lookups is read, by its ``type``."""
