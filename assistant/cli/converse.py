"""``assistant converse``: runs conversation scripts and says which turn and check did not hold."""

import json
from pathlib import Path
from typing import Any

import click

from assistant.cli.context import application
from assistant.conversation.scripts import Script, read_scripts
from assistant.domain.errors import InvalidInput
from assistant.scripting import ScriptResult, run_script


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def converse(files: tuple[Path, ...], *, as_json: bool) -> int:
    """Run the conversation scripts of FILE..., each on a throw-away copy of the database."""
    app = application()
    results = [run_script(app, script, path.parent) for path in files for script in _scripts(path)]
    if as_json:
        click.echo(json.dumps([_result_json(result) for result in results], ensure_ascii=False))
    else:
        _print(results)
    return 1 if any(result.failures for result in results) else 0


def _scripts(path: Path) -> tuple[Script, ...]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput("FILE", f"cannot be read: {path}") from error
    try:
        return read_scripts(text)
    except InvalidInput as error:
        raise InvalidInput(f"{path}: {error.field}", error.message) from error


def _print(results: list[ScriptResult]) -> None:
    for result in results:
        click.echo(f"{'FAIL' if result.failures else 'ok'}  {result.script.id}  {result.script.title}")
        for failure in result.failures:
            step = result.script.steps[failure.turn - 1]
            click.echo(f"      turn {failure.turn} ({step.says or dict(step.event)}): {failure.check}")
            click.echo(f"        expected {failure.expected!r}")
            click.echo(f"        found    {failure.found!r}")
    failed = sum(1 for result in results if result.failures)
    click.echo(f"{len(results) - failed} passed, {failed} failed")


def _result_json(result: ScriptResult) -> dict[str, Any]:
    return {
        "id": result.script.id,
        "title": result.script.title,
        "turns": result.turns,
        "ok": not result.failures,
        "failures": [vars(failure) for failure in result.failures],
    }


COMMANDS = [converse]
