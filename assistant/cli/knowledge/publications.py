"""``assistant knowledge publish``, ``rollback`` and ``diff``: what is in force, and what would be."""

import click

from assistant.cli.context import application
from assistant.cli.knowledge.group import approve_facts_option, json_option, print_json, print_publication


@click.command()
@approve_facts_option
@json_option
def publish(*, approve_facts: bool, as_json: bool) -> None:
    """Put the newest versions of all entries in force."""
    print_publication(application().desk.publish(approve_facts=approve_facts), as_json=as_json)


@click.command()
@approve_facts_option
@json_option
def rollback(*, approve_facts: bool, as_json: bool) -> None:
    """Put the publication before in force again."""
    print_publication(application().desk.rollback(approve_facts=approve_facts), as_json=as_json)


@click.command()
@click.argument("old")
@click.argument("new")
@json_option
def diff(old: str, new: str, *, as_json: bool) -> None:
    """Compare two publications, each named by number, hash, or as "desk" for what would be published next."""
    found = application().desk.diff(old, new)
    changes = {"added": found.added, "removed": found.removed, "changed": found.changed}
    if as_json:
        print_json({name: list(ids) for name, ids in changes.items()})
        return
    for name, ids in changes.items():
        for entry_id in ids:
            click.echo(f"{name}  {entry_id}")


COMMANDS = [publish, rollback, diff]
