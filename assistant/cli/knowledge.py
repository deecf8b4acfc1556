"""``assistant knowledge``: importing, publishing, looking at and measuring the knowledge."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from assistant.cli.context import application
from assistant.conversation.wording import source_line
from assistant.domain.entries import Entry, Publication
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import EntryId
from assistant.knowledge.desk import Imported, lint
from assistant.knowledge.documents.importer import Naming
from assistant.knowledge.documents.model import Notice, SourceFile
from assistant.knowledge.documents.reading import load
from assistant.knowledge.editions import Edition
from assistant.knowledge.evaluation import evaluate, read_entries, read_questions
from assistant.ports.wire.entries import entry_json, version_json

_FILES = click.Path(dir_okay=False, path_type=Path)
_LARGEST = 50 * 1024 * 1024
_approve_facts = click.option(
    "--approve-facts", is_flag=True, help="Approve changed values of facts that the backend enforces."
)
_json_option = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")


@click.group()
def knowledge() -> None:
    """Import, publish, look at and measure the knowledge."""


@knowledge.command("import")
@click.argument("files", nargs=-1, required=True, type=_FILES)
@click.option("--document", help="The document's name; otherwise its first heading.")
@click.option("--date", help="The document's date as YYYY-MM; otherwise the one it states.")
@click.option("--publish", "publish_now", is_flag=True, help="Put the entries in force at once.")
@click.option("--replace", is_flag=True, help="Retire every entry that is not in these files.")
@_approve_facts
@_json_option
def import_files(
    files: tuple[Path, ...],
    document: str | None,
    date: str | None,
    *,
    publish_now: bool,
    replace: bool,
    approve_facts: bool,
    as_json: bool,
) -> None:
    """Turn FILES (.md, .txt) into entries; tells what is new, changed, the same and left out."""
    loaded = [load(path) for path in files]
    imported = application().desk.import_files(
        loaded,
        Naming(document, date),
        publish_now=publish_now,
        replace=replace,
        approve_facts=approve_facts,
    )
    if as_json:
        _print_json(_imported_json(imported))
    else:
        _print_imported(imported)


@knowledge.command()
@_approve_facts
@_json_option
def publish(*, approve_facts: bool, as_json: bool) -> None:
    """Put the newest versions of all entries in force."""
    _print_publication(application().desk.publish(approve_facts=approve_facts), as_json=as_json)


@knowledge.command()
@_approve_facts
@_json_option
def rollback(*, approve_facts: bool, as_json: bool) -> None:
    """Put the publication before in force again."""
    _print_publication(application().desk.rollback(approve_facts=approve_facts), as_json=as_json)


@knowledge.command()
@click.argument("old")
@click.argument("new")
@_json_option
def diff(old: str, new: str, *, as_json: bool) -> None:
    """Compare two publications, each named by number, hash, or as "desk" for what would be published next."""
    found = application().desk.diff(old, new)
    changes = {"added": found.added, "removed": found.removed, "changed": found.changed}
    if as_json:
        _print_json({name: list(ids) for name, ids in changes.items()})
        return
    for name, ids in changes.items():
        for entry_id in ids:
            click.echo(f"{name}  {entry_id}")


@knowledge.command("list")
@_json_option
def list_entries(*, as_json: bool) -> None:
    """List the entries in force."""
    entries = application().desk.published()
    if as_json:
        _print_json([_summary(entry) for entry in entries])
        return
    for entry in entries:
        click.echo(f"{entry.id}  v{entry.version}  {entry.source.date}  {entry.question}")


@knowledge.command()
@click.argument("entry_id", metavar="ID")
@_json_option
def show(entry_id: str, *, as_json: bool) -> None:
    """Show the entry ID (or alias) as published, and its versions."""
    service = application().knowledge
    answered, versions = service.entry(EntryId(entry_id)), service.versions(EntryId(entry_id), drafts=True)
    if as_json:
        _print_json({**entry_json(answered), "versions": [version_json(v) for v in versions]})
        return
    source = answered.entry.source
    click.echo(f"{answered.entry.question}\n\n{answered.entry.text}\n")
    click.echo(f"Source: {source_line(source.document, source.date, source.heading)}")
    for version in versions:
        click.echo(f"Version {version.version}: {version.state}, {version.source.date}")


@knowledge.command()
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


@knowledge.command("lint")
@click.argument("file", required=False, type=_FILES)
@_json_option
def lint_files(file: Path | None, *, as_json: bool) -> int:
    """Tell what is doubtful in FILE, or in what is published."""
    if file:
        files = [load(file)]
    else:
        exported = application().desk.export()
        files = [SourceFile(name, text.encode()) for name, text in exported.items()]
    notices = lint(files)
    if as_json:
        _print_json({"notices": [_notice_json(n) for n in notices]})
    else:
        _print_notices("notice", notices)
    return 1 if notices else 0


@knowledge.command("eval")
@click.argument("file", metavar="FILE.jsonl", type=_FILES)
@click.option(
    "--entries",
    "entries_file",
    type=_FILES,
    help="A knowledge base as JSON lines, instead of the published one.",
)
@_json_option
def evaluate_file(file: Path, entries_file: Path | None, *, as_json: bool) -> None:
    """Ask the questions of FILE.jsonl and tell how many are answered, and rightly."""
    questions = read_questions(_read(file), file.name)
    if entries_file:
        entries = read_entries(_read(entries_file), entries_file.name)
        with TemporaryDirectory() as folder:
            figures = evaluate(Edition("evaluation", entries, Path(folder)), questions)
    else:
        figures = evaluate(application().knowledge.edition(), questions)
    if as_json:
        _print_json(figures)
        return
    for name, value in figures.items():
        if name != "by_kind":
            click.echo(f"{name:18} {value}")
    for kind, row in figures["by_kind"].items():
        click.echo(f"{kind:12} " + "  ".join(f"{name} {value}" for name, value in row.items()))


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise InvalidInput(path.name, f"is too large; at most {_LARGEST // 1024 // 1024} MB are accepted")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InvalidInput(path.name, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(path.name, "is not UTF-8") from error


def _print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


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


def _publication_json(publication: Publication) -> dict[str, Any]:
    return {
        "number": publication.number,
        "hash": publication.hash,
        "entries": publication.size,
        "at": publication.at.isoformat(),
    }


def _print_publication(publication: Publication, *, as_json: bool) -> None:
    if as_json:
        _print_json(_publication_json(publication))
    else:
        click.echo(
            f"In force: publication {publication.number}, {publication.size} entries, {publication.hash[:12]}"
        )


def _notice_json(notice: Notice) -> dict[str, Any]:
    return {"file": notice.file, "line": notice.line, "text": notice.text}


def _imported_json(imported: Imported) -> dict[str, Any]:
    plan = imported.plan
    return {
        "new": [p.entry.id for p in plan.new],
        "changed": [p.entry.id for p in plan.changed],
        "same": [p.entry.id for p in plan.same],
        "retired": list(plan.retired),
        "superseded": [{"id": old, "by": new} for old, new in plan.superseded],
        "left_out": [_notice_json(n) for n in plan.left_out],
        "warnings": [_notice_json(n) for n in plan.warnings],
        "publication": _publication_json(imported.publication) if imported.publication else None,
    }


def _print_imported(imported: Imported) -> None:
    plan = imported.plan
    for name, planned in (("new", plan.new), ("changed", plan.changed), ("same", plan.same)):
        for item in planned:
            click.echo(f"{name:8} {item.entry.id}")
    for entry_id in plan.retired:
        click.echo(f"retired  {entry_id}")
    for old, new in plan.superseded:
        click.echo(f"retired  {old}, superseded by {new}")
    _print_notices("left out", plan.left_out)
    _print_notices("warning", plan.warnings)
    counts = f"{len(plan.new)} new, {len(plan.changed)} changed, {len(plan.same)} same"
    click.echo(f"{counts}, {len(plan.left_out)} left out, {len(plan.warnings)} warnings")
    if imported.publication:
        _print_publication(imported.publication, as_json=False)
    else:
        click.echo('Not put in force; publish with "assistant knowledge publish".')


def _print_notices(label: str, notices: tuple[Notice, ...]) -> None:
    for notice in notices:
        click.echo(f"{label:8} {notice.file}:{notice.line}: {notice.text}")


COMMANDS = [knowledge]
