"""``assistant knowledge publish`` and ``rollback``: what is in force."""

import click

from assistant.cli.context import application
from assistant.cli.knowledge.group import approve_facts_option, json_option, print_publication


@click.command()
@approve_facts_option
@json_option
def publish(*, approve_facts: bool, as_json: bool) -> None:
    """Put the newest versions of all entries in force."""
    app = application()
    app.knowledge.prepare_next()
    print_publication(app.desk.publish(approve_facts=approve_facts), as_json=as_json)


@click.command()
@approve_facts_option
@json_option
def rollback(*, approve_facts: bool, as_json: bool) -> None:
    """Put the publication before in force again."""
    print_publication(application().desk.rollback(approve_facts=approve_facts), as_json=as_json)


COMMANDS = [publish, rollback]
