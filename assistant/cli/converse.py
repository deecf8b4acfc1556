"""``assistant converse``: runs conversation scripts and says which turn and check did not hold."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import process_time

import click

from assistant.bootstrap import Application
from assistant.cli.context import application
from assistant.cli.conversation_report import as_json, told
from assistant.conversation.scripts import Script, is_world, read_scripts
from assistant.domain.errors import InvalidInput
from assistant.scripting import ScriptResult, Stage

_KINDS = frozenset({".yaml", ".yml"})


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--json", "printing_json", is_flag=True, help="Print JSON: a record a conversation, and one a turn in it."
)
def converse(files: tuple[Path, ...], *, printing_json: bool) -> int:
    """Run the conversation scripts of FILE..., each on a throw-away copy of the database.

    FILE may be a folder: then it stands for all scripts in it and below, and worlds among them are passed over. All
    files are read before the first conversation begins. The exit status is 0 when everything held, 1 when something
    did not, and 2 for a script that cannot be read or played.
    """
    scripts = [(path, script) for path in _paths(files) for script in _scripts(path)]
    if not scripts:
        raise InvalidInput("FILE", "holds no conversation: no .yaml file with turns is in it")
    app = application()
    began = process_time()
    results = []
    for path, result in _run(app, scripts):
        results.append((path, result))
        if not printing_json:
            _print(path, result, f"[{len(results)}/{len(scripts)}] " if sys.stdout.isatty() else "")
    if printing_json:
        click.echo(json.dumps([as_json(path, result) for path, result in results], ensure_ascii=False))
    else:
        _print_sum([result for _, result in results], process_time() - began)
    return 1 if any(result.failures for _, result in results) else 0


def _run(app: Application, scripts: Iterable[tuple[Path, Script]]) -> Iterator[tuple[Path, ScriptResult]]:
    with Stage(app) as stage:
        for path, script in scripts:
            try:
                yield path, stage.run(script, path.parent)
            except InvalidInput as error:
                raise InvalidInput(f"{path}: {script.id}: {error.field}", error.message) from error


def _paths(given: Iterable[Path]) -> Iterator[Path]:
    for path in given:
        if not path.is_dir():
            yield path
            continue
        for found in sorted(path.rglob("*")):
            if found.suffix in _KINDS and found.is_file() and not is_world(_text(found)):
                yield found


def _scripts(path: Path) -> tuple[Script, ...]:
    try:
        return read_scripts(_text(path))
    except InvalidInput as error:
        raise InvalidInput(f"{path}:{error.field}", error.message) from error


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput("FILE", f"cannot be read: {path}") from error


def _print(path: Path, result: ScriptResult, counted: str) -> None:
    click.echo(counted + "\n".join(told(path, result)))


def _print_sum(results: list[ScriptResult], seconds: float) -> None:
    failed = sum(1 for result in results if result.failures)
    turns = sum(len(result.steps) for result in results)
    click.echo(f"{len(results) - failed} passed, {failed} failed")
    click.echo(
        f"{turns} turns in {seconds:.1f} s of processor time, {turns / max(seconds, 0.001):.0f} a second"
    )


COMMANDS = [converse]
