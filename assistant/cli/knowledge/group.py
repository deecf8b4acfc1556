"""The group ``assistant knowledge``, and what its commands have in common."""

import json
from pathlib import Path
from typing import Any

import click

from assistant.domain.entries import Publication

FILES = click.Path(dir_okay=False, path_type=Path)
approve_facts_option = click.option(
    "--approve-facts", is_flag=True, help="Approve changed values of facts that the backend enforces."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")


@click.group()
def knowledge() -> None:
    """Import, publish, check, look at and measure the knowledge."""


def print_json(data: Any) -> None:
    """Print data as indented JSON."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def publication_json(publication: Publication) -> dict[str, Any]:
    """Return a publication as JSON."""
    return {
        "number": publication.number,
        "hash": publication.hash,
        "entries": publication.size,
        "at": publication.at.isoformat(),
    }


def print_publication(publication: Publication, *, as_json: bool) -> None:
    """Print what is in force now."""
    if as_json:
        print_json(publication_json(publication))
    else:
        click.echo(
            f"In force: publication {publication.number}, {publication.size} entries, {publication.hash[:12]}"
        )
