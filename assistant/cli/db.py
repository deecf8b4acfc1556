"""Commands for the database: bringing it up to date, checking, backing up and restoring it."""

from pathlib import Path

import click

from assistant.bootstrap import check_database, open_database, prepare
from assistant.config import read_settings
from assistant.domain.errors import InvalidInput

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Bring the database up to date and publish the default knowledge where there is none."""
    prepare(read_settings())
    click.echo("The database is up to date.")


@db.command()
def check() -> int:
    """Check that tables, rows and audit chains are as this version of the program expects."""
    faults = check_database(read_settings())
    for fault in faults:
        click.echo(fault, err=True)
    if not faults:
        click.echo("The database is in order.")
    return 1 if faults else 0


@db.command()
@click.argument("file", type=_FILE)
def backup(file: Path) -> None:
    """Write a consistent copy of the database to FILE, while the program runs."""
    with open_database(read_settings()) as database:
        database.copy_to(file)
    click.echo(f"Backed up to {file}.")


@db.command()
@click.argument("file", type=_FILE)
def restore(file: Path) -> None:
    """Fill a new, empty database from the backup FILE."""
    if not file.exists():
        raise InvalidInput("FILE", f"does not exist: {file}")
    with open_database(read_settings()) as database:
        database.restore_from(file)
    click.echo("Restored.")


COMMANDS = [db]
