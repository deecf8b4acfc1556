"""``assistant knowledge diff``: what one publication changes against another, and which questions then lead elsewhere."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from assistant.cli.context import application
from assistant.cli.knowledge.group import json_option, print_json
from assistant.domain.entries import Entry
from assistant.knowledge.comparing import (
    Change,
    FieldChange,
    Outcome,
    Rerouted,
    changes,
    known_questions,
    rerouted,
)
from assistant.knowledge.publishing import Difference, difference


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--questions", "with_questions", is_flag=True, help="Ask both every known question; tell what changes."
)
@json_option
def diff(old: str, new: str, *, with_questions: bool, as_json: bool) -> None:
    """Compare two publications, each named by number, hash, or as "desk" for what would be published next."""
    desk = application().desk
    before, after = desk.named(old), desk.named(new)
    found = difference(before, after)
    changed = changes(before, after, found.changed)
    moved = _rerouted(before, after) if with_questions else None
    if as_json:
        print_json(_as_json(found, changed, moved))
        return
    for line in _lines(found, changed, moved):
        click.echo(line)


def _rerouted(before: Sequence[Entry], after: Sequence[Entry]) -> tuple[Rerouted, ...]:
    app = application()
    questions = known_questions([*before, *after], app.desk.gaps())
    with TemporaryDirectory() as folder:
        old, new = app.edition_of(before, Path(folder, "old")), app.edition_of(after, Path(folder, "new"))
        with click.progressbar(questions, label="Asking both", file=sys.stderr) as bar:
            return rerouted(bar, old.match, new.match)


def _as_json(
    found: Difference, changed: Sequence[Change], moved: Sequence[Rerouted] | None
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "added": list(found.added),
        "removed": list(found.removed),
        "changed": [
            {
                "id": change.id,
                "fields": {field.name: {"old": field.old, "new": field.new} for field in change.fields},
                "text_diff": list(change.text),
            }
            for change in changed
        ],
    }
    if moved is not None:
        told["questions"] = [
            {"question": row.question, "old": _outcome_json(row.old), "new": _outcome_json(row.new)}
            for row in moved
        ]
    return told


def _outcome_json(outcome: Outcome) -> dict[str, str | None]:
    return {"kind": outcome.kind.value, "entry": outcome.entry}


def _lines(found: Difference, changed: Sequence[Change], moved: Sequence[Rerouted] | None) -> Iterator[str]:
    yield from (f"added    {entry_id}" for entry_id in found.added)
    yield from (f"removed  {entry_id}" for entry_id in found.removed)
    for change in changed:
        yield f"changed  {change.id}: {', '.join(field.name for field in change.fields)}"
        for field in change.fields:
            yield from (
                f"  {line}" for line in (change.text if field.name == "text" else _field_lines(field))
            )
    if moved is not None:
        yield f"{len(moved)} known question(s) lead elsewhere"
    for row in moved or ():
        yield f"{row.question}\n  {_outcome_line(row.old)} -> {_outcome_line(row.new)}"


def _field_lines(field: FieldChange) -> Iterator[str]:
    if not isinstance(field.old, tuple):
        yield f"{field.name}: {field.old or '(none)'} -> {field.new or '(none)'}"
        return
    yield from (f"{field.name}: - {value}" for value in field.old if value not in field.new)
    yield from (f"{field.name}: + {value}" for value in field.new if value not in field.old)
    if set(field.old) == set(field.new):
        yield f"{field.name}: in another order"


def _outcome_line(outcome: Outcome) -> str:
    return f"{outcome.kind.value} {outcome.entry}" if outcome.entry else outcome.kind.value


COMMANDS = [diff]
