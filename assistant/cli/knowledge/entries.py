"""``assistant knowledge list``, ``show`` and ``export``: looking at entries."""

from pathlib import Path
from typing import Any

import click

from assistant.cli.context import application
from assistant.cli.knowledge.group import json_option, print_json
from assistant.conversation.wording import read_wording
from assistant.domain.entries import Entry, EntryKind
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import EntryId
from assistant.ports.wire.entries import entry_json, version_json


@click.command("list")
@click.option("--rules", is_flag=True, help="List the entries of the platform's own rules instead.")
@json_option
def list_entries(*, rules: bool, as_json: bool) -> None:
    """List the entries in force that answer questions."""
    entries = [e for e in application().desk.published() if (e.kind is EntryKind.RULE) == rules]
    if as_json:
        print_json([_summary(entry) for entry in entries])
        return
    for entry in entries:
        click.echo(f"{entry.id}  v{entry.version}  {entry.source.date}  {entry.question}")


@click.command()
@click.argument("entry_id", metavar="ID")
@json_option
def show(entry_id: str, *, as_json: bool) -> None:
    """Show the entry ID (or alias) as published, and its versions."""
    service = application().knowledge
    answered, versions = service.entry(EntryId(entry_id)), service.versions(EntryId(entry_id), drafts=True)
    if as_json:
        print_json({**entry_json(answered), "versions": [version_json(v) for v in versions]})
        return
    source = answered.entry.source
    click.echo(f"{answered.entry.question}\n\n{answered.entry.text}\n")
    click.echo(f"Source: {read_wording().source(source.document, source.date, source.heading)}")
    for version in versions:
        click.echo(f"Version {version.version}: {version.state}, {version.source.date}")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write the entries in force to DIR as Markdown files that can be imported again."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in application().desk.export().items():
            (folder / name).write_text(text, encoding="utf-8")
            click.echo(str(folder / name))
    except OSError as error:
        raise InvalidInput("DIR", f"cannot be written: {error.strerror}") from error


def _summary(entry: Entry) -> dict[str, Any]:
    source = entry.source
    return {
        "id": entry.id,
        "version": entry.version,
        "kind": entry.kind.value,
        "question": entry.question,
        "source": {"document": source.document, "heading": source.heading, "date": source.date},
        "aliases": list(entry.aliases),
        "topic": entry.topic,
        "workflow": entry.workflow,
    }


COMMANDS = [list_entries, show, export]
