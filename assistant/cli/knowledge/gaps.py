"""``assistant knowledge gaps``: what people ask and nothing answers."""

from functools import partial
from typing import Any

import click

from assistant.cli.context import application
from assistant.cli.knowledge.group import json_option, print_json
from assistant.domain.entries import Audience
from assistant.domain.gaps import GapCluster

_SHOWN = 20


@click.command("gaps")
@click.option("--all", "show_all", is_flag=True, help=f"List all of them, not only the first {_SHOWN}.")
@json_option
def list_gaps(*, show_all: bool, as_json: bool) -> None:
    """List the questions that nothing answered, those of one meaning together, most asked first."""
    ask = partial(application().knowledge.ask, audience=Audience.SALES, recording=False)
    clusters = application().desk.gap_clusters(ask, most=None if show_all else _SHOWN)
    if as_json:
        print_json([_cluster_json(found) for found in clusters])
        return
    for found in clusters:
        _print_cluster(found)
    if not clusters:
        click.echo("Every question was answered.")


def _cluster_json(found: GapCluster) -> dict[str, Any]:
    return {
        "id": found.id,
        "question": found.question,
        "count": found.count,
        "askers": found.askers,
        "missing": list(found.missing),
        "last": found.last.isoformat(),
        "nearest": found.nearest.id if found.nearest else None,
        "gaps": [{"id": gap.id, "question": gap.question, "count": gap.count} for gap in found.gaps],
    }


def _print_cluster(found: GapCluster) -> None:
    people = f" by {found.askers}" if found.askers else ""
    click.echo(f"{found.id}  asked {found.count} times{people}, last {found.last:%Y-%m-%d}  {found.question}")
    for gap in found.gaps[1:]:
        click.echo(f"  also     {gap.id}  {gap.question}")
    click.echo(f"  missing  {', '.join(found.missing) or 'no single word'}")
    if found.nearest:
        click.echo(f"  nearest  {found.nearest.id}")


COMMANDS = [list_gaps]
