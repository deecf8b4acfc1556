"""Reading lookups about cases, own licences and the Remote Manager from their JSON form."""

from collections.abc import Callable, Mapping
from typing import Any

from assistant.domain.case_lookups import CaseById, Cases, OwnLicences, RemoteManager
from assistant.domain.identifiers import CaseId, CustomerId
from assistant.domain.lookups import Lookup
from assistant.ports.wire.fields import Fields


def _cases(fields: Fields) -> Lookup[Any]:
    customer_id = fields.optional_text("customer_id")
    return Cases(None if customer_id is None else CustomerId(customer_id))


READERS: Mapping[str, Callable[[Fields], Lookup[Any]]] = {
    "cases": _cases,
    "case_by_id": lambda fields: CaseById(CaseId(fields.text("case_id"))),
    "own_licences": lambda _fields: OwnLicences(),
    "remote_manager": lambda fields: RemoteManager(fields.number("limit", RemoteManager.limit)),
}
"""How each of these lookups is read, by its ``type``."""
