"""The JSON form of a citation."""

from typing import Any

from assistant.domain.identifiers import EntryId
from assistant.domain.policy import Citation
from assistant.ports.wire.fields import Fields


def citation_json(citation: Citation) -> dict[str, Any]:
    """Write a citation."""
    return {"type": "citation", **vars(citation)}


def citation_from_json(data: object, path: str = "cites") -> Citation:
    """Read a citation. Raises InvalidInput."""
    fields = Fields(data, path)
    if fields.raw("type") not in {None, "citation"}:
        raise fields.wrong("type", "must be citation")
    citation = Citation(
        entry_id=EntryId(fields.text("entry_id")),
        version=fields.number("version"),
        heading=fields.text("heading", limit=1000),
        document=fields.text("document", limit=1000),
        date=fields.text("date"),
    )
    fields.done()
    return citation
