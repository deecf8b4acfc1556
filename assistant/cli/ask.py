"""``assistant ask``: one answer from the published knowledge."""

import json
from datetime import date, datetime

import click

from assistant.cli.context import application
from assistant.cli.passages import passage_lines
from assistant.conversation.wording import read_wording
from assistant.domain.entries import Answer, AnsweredEntry, AnswerKind, Audience
from assistant.ports.wire.entries import answer_json, passage_json


@click.command()
@click.argument("text")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The text in force on this day (YYYY-MM-DD)."
)
@click.option("--audience", type=click.Choice([a.value for a in Audience]), default=Audience.PARTNER.value)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def ask(text: str, as_of: datetime | None, audience: str, *, as_json: bool) -> int:
    """Print the exact approved text that answers TEXT, with its source, or say that nothing answers it."""
    day: date | None = as_of.date() if as_of else None
    answer = application().knowledge.ask(text, audience=Audience(audience), as_of=day)
    if as_json:
        click.echo(json.dumps(answer_json(answer), ensure_ascii=False, indent=2))
    else:
        _print(answer)
    return 0 if answer.entries else 1


def _print(answer: Answer) -> None:
    if answer.kind is AnswerKind.CHOOSE:
        click.echo("Several entries could be meant:\n")
    for answered in answer.entries:
        _print_entry(answered)
    if answer.kind is AnswerKind.WITHDRAWN:
        click.echo("This entry was withdrawn.")
    elif not answer.entries:
        _print_none(answer)


def _print_entry(answered: AnsweredEntry) -> None:
    source = answered.entry.source
    for line in passage_lines([passage_json(passage) for passage in answered.passages], read_wording()):
        click.echo(line)
    click.echo(answered.entry.text)
    click.echo(f"\nSource: {read_wording().source(source.document, source.date, source.heading)}")
    if answered.aged:
        click.echo("Note: this document is more than two years old; check whether it still holds.")
    click.echo()


def _print_none(answer: Answer) -> None:
    click.echo("The approved knowledge does not answer this.")
    if answer.missing:
        click.echo("Nothing was found for: " + ", ".join(answer.missing))
    if answer.gap:
        click.echo(f"Recorded as {answer.gap}.")
    if answer.nearest:
        click.echo("It does say something about:")
    for entry in answer.nearest:
        click.echo(f"  {entry.question}")


COMMANDS = [ask]
