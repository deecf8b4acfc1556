"""The command for files of changes: check, confirm with a code, and see every row through."""

from collections.abc import Iterator
from pathlib import Path

import click

from assistant.bootstrap import Application
from assistant.cli.context import application
from assistant.cli.terminal import line_of_input, sign_in
from assistant.conversation.bulk.desk import BatchDesk
from assistant.conversation.bulk.lines import COLUMNS, Fault
from assistant.domain.accounts import CodeVerdict
from assistant.domain.batches import MOST_SHOWN, BatchView
from assistant.domain.bulk import MOST_ROWS
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import BatchId
from assistant.domain.principals import Principal
from assistant.domain.quotes import Capsule
from assistant.domain.refusals import Refusal
from assistant.domain.spreadsheets import csv_text


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--user", help="Who makes the changes; the password and a code are asked for.")
@click.option("--template", is_flag=True, help="Print the heads of a file, and nothing else.")
@click.option("--check", is_flag=True, help="Only show what would be done.")
@click.option(
    "--result", type=click.Path(path_type=Path, dir_okay=False), help="Write what became of each row, as CSV."
)
def bulk(*, file: Path | None, user: str | None, template: bool, check: bool, result: Path | None) -> int:
    """Make the changes of FILE, a CSV file or workbook with a row for each, confirmed once with a code.

    Status 1 when a row is wrong, when nothing can be done, or when it is not confirmed; a row that is left out is told.
    """
    if template:
        click.echo(csv_text([tuple(COLUMNS.values())]), nl=False)
        return 0
    if file is None or user is None:
        raise click.UsageError("Name a FILE and a --user, or ask for the heads of a file with --template.")
    app = application()
    table = app.read_table(file.name, _bytes(file), MOST_ROWS)
    who, desk = sign_in(app, user), app.conversations.batch_desk()
    rows, faults = desk.read(who, table)
    if faults:
        click.echo("\n".join(_told(faults)))
        return 1
    batch_id = desk.prepare(who, rows)
    capsule = desk.preview(who, batch_id)
    if isinstance(capsule, Refusal):
        click.echo(desk.refusal_words(capsule))
        return 1
    click.echo("\n".join(_previewed(desk, who, batch_id, capsule, len(rows))))
    return 0 if check else _made(app, who, batch_id, capsule, result)


def _made(app: Application, who: Principal, batch_id: BatchId, capsule: Capsule, result: Path | None) -> int:
    desk = app.conversations.batch_desk()
    code = line_of_input(f"A new code, to confirm preview {capsule.short_hash}: ") or ""
    outcome = desk.confirm(who, batch_id, capsule.hash, code.strip())
    if isinstance(outcome, CodeVerdict):
        click.echo("The code was not accepted. Nothing was changed.")
        return 1
    if isinstance(outcome, Refusal):
        click.echo(desk.refusal_words(outcome))
        return 1
    view = _to_the_end(desk, who, batch_id)
    click.echo(
        f"{view.done:,} made, {view.left:,} left out, {view.stopped:,} not begun. Reference {view.reference}."
    )
    if result is not None:
        result.write_text(csv_text(desk.result(who, batch_id)), "utf-8", newline="")
    return 0


def _to_the_end(desk: BatchDesk, who: Principal, batch_id: BatchId) -> BatchView:
    view = desk.far(who, batch_id)
    while view.waiting:
        click.echo(f"{view.done + view.left:,} of {view.rows:,}", err=True)
        view = desk.far(who, batch_id)
    return view


def _previewed(
    desk: BatchDesk, who: Principal, batch_id: BatchId, capsule: Capsule, count: int
) -> Iterator[str]:
    for offset in range(0, count, MOST_SHOWN):
        for item in desk.items(who, batch_id, offset, MOST_SHOWN):
            yield f"{item['row']:>6}  {item['customer']}: {item['change']}: {item['reason'] or item['what']}"
    words = desk.preview_words(capsule)
    yield from (f"{line['label']}: {line['value']}" for line in words["lines"])
    yield from (f"- {consequence['text']}" for consequence in words["consequences"])


def _told(faults: tuple[Fault, ...]) -> Iterator[str]:
    yield from (f"row {fault.row}, {fault.column}: {fault.text}" for fault in faults)
    yield f"{len(faults):,} places have to be put right; nothing was kept."


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InvalidInput("FILE", f"{file.name} cannot be read: {error.strerror}") from error


COMMANDS = [bulk]
