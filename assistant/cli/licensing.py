"""Commands of the licensing backend."""

import json
from collections.abc import Mapping

import click

from assistant.cli.context import application


@click.group()
def licensing() -> None:
    """Check on the licensing backend."""


@licensing.command(name="verify-audit")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify_audit(*, as_json: bool) -> int:
    """Check each partner's audit chain; status 1 when an entry was changed, removed, inserted or moved."""
    found = application().embedded.verify_audit()
    if as_json:
        click.echo(json.dumps({name: [vars(fault) for fault in faults] for name, faults in found.items()}))
    for name, faults in {} if as_json else found.items():
        click.echo(f"{name}: " + ("; ".join(f"entry {f.seq} {f.fault}" for f in faults) or "unbroken"))
    return 1 if any(found.values()) else 0


@licensing.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def due(*, as_json: bool) -> None:
    """Do what is due: renewals, ends of terms, notices, report deadlines, Remote Manager; running it twice does nothing twice."""
    done = application().due_work.run(None if as_json else _tell)
    if as_json:
        click.echo(json.dumps(done))
        return
    click.echo(", ".join(f"{count:,} {name}" for name, count in done.items()) or "Nothing was due.")


def _tell(done: Mapping[str, int]) -> None:
    click.echo(f"{done['subscriptions']:,} subscriptions", err=True)


COMMANDS = [licensing]
