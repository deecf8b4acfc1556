"""Loading worlds: the demo one, or one from a file."""

from pathlib import Path

import click

from assistant.cli.context import application
from assistant.domain.errors import InvalidInput
from assistant.world import World, apply_world, demo_world, read_world


@click.group()
def world() -> None:
    """Load partners, customers, licences and users, in demo and test mode."""


@world.command()
@click.argument("file", type=click.Path(path_type=Path))
def load(file: Path) -> None:
    """Load FILE.yaml, replacing partners and users of the same names."""
    loaded = read_world(_text(file))
    partners = apply_world(application(), loaded)
    customers = sum(len(partner.customers) for partner in partners.values())
    click.echo(f"Loaded {len(partners)} partners, {customers} named customers, {len(loaded.users)} users.")


@world.command()
def demo() -> None:
    """Load the demo world where there is no partner yet, and tell how its users sign in."""
    app, demo = application(), demo_world()
    if not app.provisioning.partners():
        apply_world(app, demo)
    _tell_users(demo)


def _tell_users(demo: World) -> None:
    for user in demo.users:
        click.echo(f"{user.username:8} {user.password:24} code: assistant users code {user.username}")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput("file", f"{file} cannot be read: {type(error).__name__}") from error


COMMANDS = [world]
