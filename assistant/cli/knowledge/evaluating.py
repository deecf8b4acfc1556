"""``assistant knowledge eval``: how many questions with known answers are answered, and rightly."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from assistant.cli.context import application
from assistant.cli.knowledge.group import FILES, json_option, print_json
from assistant.domain.errors import InvalidInput
from assistant.knowledge.evaluation import evaluate, read_entries, read_questions

_LARGEST = 50 * 1024 * 1024


@click.command("eval")
@click.argument("file", metavar="FILE.jsonl", type=FILES)
@click.option(
    "--entries",
    "entries_file",
    type=FILES,
    help="A knowledge base as JSON lines, instead of the published one.",
)
@json_option
def evaluate_file(file: Path, entries_file: Path | None, *, as_json: bool) -> None:
    """Ask the questions of FILE.jsonl and tell how many are answered, and rightly."""
    questions = read_questions(_read(file), file.name)
    if entries_file:
        entries = read_entries(_read(entries_file), entries_file.name)
        with TemporaryDirectory() as folder:
            figures = evaluate(application().edition_of(entries, Path(folder)), questions)
    else:
        figures = evaluate(application().knowledge.edition(), questions)
    if as_json:
        print_json(figures)
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


COMMANDS = [evaluate_file]
