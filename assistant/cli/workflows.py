"""``assistant workflows``: what the assistant guides people through, and how each goes, written out for paper."""

import json

import click

from assistant.cli.context import application


@click.group()
def workflows() -> None:
    """List the guided workflows and print their runbooks."""


@workflows.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with every slot.")
def list_workflows(*, as_json: bool) -> None:
    """List the workflows: id, title, and what each asks for."""
    found = application().conversations.descriptions()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for flow in found:
        slots = ", ".join(slot["name"] for slot in flow["slots"] if not slot["optional"])
        click.echo(f"{flow['id']}: {flow['title']} ({slots})")


@workflows.command()
@click.argument("flow", required=False)
@click.option("--format", "form", type=click.Choice(["md", "html"]), default="md", help="Markdown or HTML.")
def runbook(flow: str | None, form: str) -> None:
    """Print the runbook of FLOW, or of every workflow: what is asked, checked, confirmed and said at the end."""
    conversations = application().conversations
    ids = [flow] if flow else [known["id"] for known in conversations.descriptions()]
    click.echo("\n".join(conversations.runbook(found, form) for found in ids), nl=False)


COMMANDS = [workflows]
