"""``python -m benchmarks.retrieval``: our matching beside other engines, on the same questions, in one run."""

import json
from pathlib import Path

import click

from assistant.domain.errors import InvalidInput
from benchmarks.bases import entries_from, questions_from
from benchmarks.engines import ENGINES
from benchmarks.measuring import Measured, measure
from benchmarks.scale import scale_table
from benchmarks.tables import as_json, engines_table

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("questions_file", metavar="QUESTIONS.jsonl", required=False, type=_FILE)
@click.option("--entries", "entries_file", type=_FILE, help="A knowledge base as JSON lines.")
@click.option("--document", type=_FILE, help="A knowledge base as a document that can be imported.")
@click.option("--date", help="The date of the document as YYYY-MM.")
@click.option("--engines", default=",".join(ENGINES), show_default=True, help="Which engines to measure.")
@click.option("--sample", type=click.IntRange(1), help="Ask about this many questions, spread over the file.")
@click.option("--scale", help="Measure generated knowledge of these sizes instead, such as 1000,10000.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="With --scale: where files stay, so that the next run need not make the vectors of all texts again.",
)
@click.option("--json", "json_wanted", is_flag=True, help="Print as JSON.")
def main(
    questions_file: Path | None,
    entries_file: Path | None,
    document: Path | None,
    date: str | None,
    engines: str,
    sample: int | None,
    scale: str | None,
    folder: Path | None,
    *,
    json_wanted: bool,
) -> None:
    """Ask the questions of QUESTIONS.jsonl of every engine and print one table.

    The knowledge is the default one unless --entries or --document names another.
    """
    names = _names(engines)
    if scale:
        click.echo(scale_table(_sizes(scale), names, folder))
        return
    if questions_file is None:
        raise click.UsageError("Name a file of questions, or give --scale.")
    try:
        entries = entries_from(entries_file, document, date)
        questions = questions_from(questions_file, entries, sample)
    except InvalidInput as error:
        raise click.UsageError(str(error)) from error
    measured = [_measure(name, entries, questions) for name in names]
    if json_wanted:
        click.echo(json.dumps(as_json(measured), indent=2))
        return
    outside = sum(not q.expect for q in questions)
    click.echo(f"{len(entries)} entries, {len(questions) - outside} questions, {outside} without an answer\n")
    click.echo(engines_table(measured))


def _measure(name: str, *given: list) -> Measured:
    click.echo(f"{name} ...", err=True)
    return measure(name, *given)


def _names(engines: str) -> list[str]:
    names = [name.strip() for name in engines.split(",")]
    unknown = [name for name in names if name not in ENGINES]
    if unknown:
        raise click.UsageError(f"Unknown engine {unknown[0]!r}; there are {', '.join(ENGINES)}.")
    return names


def _sizes(scale: str) -> list[int]:
    try:
        sizes = [int(size) for size in scale.split(",")]
    except ValueError as error:
        raise click.UsageError("--scale takes numbers separated by commas.") from error
    if min(sizes) < 1:
        raise click.UsageError("--scale takes numbers from 1.")
    return sizes


if __name__ == "__main__":
    main()
