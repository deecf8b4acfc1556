"""Writing entries as a document that the importer reads back the same."""

from collections.abc import Iterable

from assistant.domain.entries import Entry


def write_document(name: str, date: str, entries: Iterable[Entry]) -> str:
    """Return a Markdown document of these entries, in the order given, every attribute stated."""
    head = f"---\ndocument: {name}\ndate: {date}\n---\n"
    return "\n".join([head, *(_section(entry) for entry in entries)])


def _section(entry: Entry) -> str:
    return f"## {entry.question}\n\n{_block(entry)}\n\n{entry.text}\n"


def _block(entry: Entry) -> str:
    source = entry.source
    lines = [
        f"id: {entry.id}",
        f"kind: {entry.kind.value}",
        f"source-document: {source.document}",
        f"source-date: {source.date}",
        f"source-heading: {source.heading}",
        f"aliases: {', '.join(entry.aliases)}",
        f"audience: {', '.join(a.value for a in entry.audience)}",
        f"topic: {entry.topic}",
        f"related: {', '.join(entry.related)}",
        f"workflow: {entry.workflow or ''}",
        f"reviewed: {entry.reviewed or ''}",
        "alternates:",
        *(f"  - {alternate}" for alternate in entry.alternates),
    ]
    return "\n".join(["<!-- knowledge", *(line.rstrip() for line in lines), "-->"])
