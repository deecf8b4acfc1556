"""The ``assistant`` command: collects the groups, and turns errors into one sentence and an exit status."""

import importlib
import pkgutil
import sys

import click

import assistant.cli
from assistant.domain.errors import AssistantError, InvalidInput


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Ask about MSP licensing and manage licences, knowledge, users and the database."""


def _register() -> None:
    # every module of this package that has a list named COMMANDS contributes them: a new group is a new file
    for module in pkgutil.iter_modules(assistant.cli.__path__):
        loaded = importlib.import_module(f"assistant.cli.{module.name}")
        for command in getattr(loaded, "COMMANDS", ()):
            cli.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; exits 0 for success, 1 for a refused or failed outcome, 2 for bad use."""
    _register()
    try:
        status = cli.main(args=arguments, prog_name="assistant", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(1)
    except InvalidInput as error:
        click.echo(f"{error.field}: {error.message}", err=True)
        sys.exit(2)
    except AssistantError as error:
        click.echo(error.message, err=True)
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)
