"""How entry versions are laid out in rows."""

from typing import Any

from sqlalchemy import Row

from assistant.domain.entries import Audience, Entry, EntryKind, Source
from assistant.domain.identifiers import EntryId


def version_row(entry: Entry) -> dict[str, Any]:
    """Return the columns of a version, without its state and times."""
    source = entry.source
    return {
        "entry_id": entry.id,
        "version": entry.version,
        "kind": entry.kind.value,
        "question": entry.question,
        "text": entry.text,
        "document": source.document,
        "heading": source.heading,
        "document_date": source.date,
        "line": source.line,
        "attributes": {
            "aliases": list(entry.aliases),
            "alternates": list(entry.alternates),
            "audience": [a.value for a in entry.audience],
            "topic": entry.topic,
            "related": list(entry.related),
            "workflow": entry.workflow,
            "reviewed": entry.reviewed,
        },
    }


def source_of(row: Row[Any]) -> Source:
    """Read where a version stands."""
    return Source(row.document, row.heading, row.document_date, row.line)


def entry_of(row: Row[Any]) -> Entry:
    """Read a version."""
    attributes: dict[str, Any] = row.attributes
    return Entry(
        id=EntryId(row.entry_id),
        version=row.version,
        kind=EntryKind(row.kind),
        question=row.question,
        text=row.text,
        source=source_of(row),
        aliases=tuple(EntryId(a) for a in attributes["aliases"]),
        alternates=tuple(attributes["alternates"]),
        audience=tuple(Audience(a) for a in attributes["audience"]),
        topic=attributes["topic"],
        related=tuple(EntryId(r) for r in attributes["related"]),
        workflow=attributes["workflow"],
        reviewed=attributes["reviewed"],
    )
