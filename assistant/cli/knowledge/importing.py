"""``assistant knowledge import``: documents become entries."""

from pathlib import Path
from typing import Any

import click

from assistant.cli.context import application
from assistant.cli.knowledge.group import (
    FILES,
    approve_facts_option,
    json_option,
    print_json,
    print_publication,
    publication_json,
)
from assistant.knowledge.desk import Imported
from assistant.knowledge.documents.importer import Naming
from assistant.knowledge.documents.model import Notice
from assistant.knowledge.documents.reading import load


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=FILES)
@click.option("--document", help="The document's name; otherwise its first heading.")
@click.option("--date", help="The document's date as YYYY-MM; otherwise the one it states.")
@click.option("--publish", "publish_now", is_flag=True, help="Put the entries in force at once.")
@click.option("--replace", is_flag=True, help="Retire every entry that is not in these files.")
@approve_facts_option
@json_option
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
        print_json(_imported_json(imported))
    else:
        _print_imported(imported)


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
        "publication": publication_json(imported.publication) if imported.publication else None,
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
        print_publication(imported.publication, as_json=False)
    else:
        click.echo('Not put in force; publish with "assistant knowledge publish".')


def _print_notices(label: str, notices: tuple[Notice, ...]) -> None:
    for notice in notices:
        click.echo(f"{label:8} {notice.file}:{notice.line}: {notice.text}")


COMMANDS = [import_files]
