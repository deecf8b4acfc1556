"""Loading worlds: the demo one, or one from a file."""

import shutil
import sys
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
    partners = apply_world(application(), loaded, file.parent)
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
    command = _as_typed()
    click.echo("Users of the demo world: name, password, role, and the command that prints a one-time code")
    for user in demo.users:
        code = f"{command} users code {user.username}"
        click.echo(f"  {user.username:8} {user.password:24} {user.role:16} {code}")


def _as_typed() -> str:
    """Return how this command can be typed again from here: by name where it is on the path, else by its file."""
    file = Path(sys.argv[0])
    if shutil.which("assistant") or file.name != "assistant":
        return "assistant"
    return str(file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput("file", f"{file} cannot be read: {type(error).__name__}") from error


COMMANDS = [world]
