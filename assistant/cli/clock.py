"""Commands of demo and test mode: the business clock and the backend's faults."""

import json
from datetime import UTC, datetime

import click

from assistant.cli.context import application
from assistant.domain.durations import duration
from assistant.domain.errors import InvalidInput
from assistant.domain.periods import business_instant
from assistant.ports.simulation import Fault


@click.group()
def clock() -> None:
    """Show the business clock; set and move it in demo and test mode."""


@clock.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(*, as_json: bool) -> None:
    """Print the present instant, and whether it is simulated."""
    app = application()
    now, simulated = app.clock.now(), app.simulation.instant() is not None
    if as_json:
        click.echo(json.dumps({"now": _written(now), "simulated": simulated}))
    else:
        click.echo(f"{_written(now)} ({'simulated' if simulated else 'real'})")


@clock.command(name="set")
@click.argument("instant")
def set_(instant: str) -> None:
    """Stop the clock at INSTANT, such as 2026-03-15T10:00:00Z."""
    _set(_instant(instant))


@clock.command()
@click.argument("by", metavar="DURATION")
def advance(by: str) -> None:
    """Move the clock forward by DURATION, such as 30m, 3h, 2d or 1w; it stands still afterwards."""
    try:
        moved = application().clock.now() + duration(by)
    except OverflowError as error:
        raise InvalidInput("duration", "leads past the end of the calendar") from error
    _set(moved)


@click.group()
def faults() -> None:
    """Make the licensing backend misbehave, in demo and test mode."""


@faults.command(name="set")
@click.argument("fault", type=click.Choice([fault.value for fault in Fault]))
def set_fault(fault: str) -> None:
    """Put FAULT in force for every process of this database; none ends it."""
    application().simulation.set_fault(Fault(fault))
    click.echo(f"Fault: {fault}")


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput("instant", "must be an instant such as 2026-03-15T10:00:00Z") from error
    if instant.tzinfo is None:
        raise InvalidInput("instant", "must name its time zone, such as Z")
    return instant


def _set(instant: datetime) -> None:
    instant = business_instant(instant, "instant")
    application().simulation.set_instant(instant)
    click.echo(_written(instant))


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


COMMANDS = [clock, faults]
