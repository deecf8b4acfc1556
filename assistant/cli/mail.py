"""The command that sends letters which wait."""

import json

import click

from assistant.cli.context import application


@click.group()
def mail() -> None:
    """Letters to users."""


@mail.command("send")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def send(*, as_json: bool) -> int:
    """Send the letters that wait; status 1 when one could not be sent, which is tried again later."""
    counted = application().identity.outbox.deliver()
    if as_json:
        click.echo(json.dumps(counted))
    else:
        click.echo(f"Sent {counted['sent']}, failed {counted['failed']}.")
    return 1 if counted["failed"] else 0


COMMANDS = [mail]
