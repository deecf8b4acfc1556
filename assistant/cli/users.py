"""Commands for users, their sessions and the throttles."""

import json
import sys

import click

from assistant.bootstrap import Application
from assistant.cli.context import application
from assistant.domain.accounts import SessionView, User
from assistant.domain.durations import duration
from assistant.domain.errors import Forbidden, InvalidInput
from assistant.domain.identifiers import CustomerId, PartnerId
from assistant.domain.principals import Role

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def users() -> None:
    """Accounts and their second factors."""


@users.command("add")
@click.argument("username")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--partner", help="The partner's name or id; for partner_admin and partner_reader.")
@click.option("--customer", help="The customer's id; for end_customer.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of standard input."
)
def add(
    username: str, name: str, role: str, partner: str | None, customer: str | None, *, password_stdin: bool
) -> None:
    """Add a user; the second factor is set up at the first sign-in."""
    app = application()
    user = app.accounts.add(
        username=username,
        name=name,
        role=Role(role),
        password=_password(from_stdin=password_stdin),
        partner_id=_partner_id(app, partner) if partner else None,
        customer_id=CustomerId(customer) if customer else None,
    )
    click.echo(f"Added {user.username} ({user.principal.role}).")


@users.command("list")
@_AS_JSON
def list_users(*, as_json: bool) -> None:
    """List all users."""
    rows = [_user_row(user) for user in application().accounts.list()]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        factor = "second factor in force" if row["enrolled"] else "no second factor yet"
        click.echo(f"{row['username']}  {row['role']}  {row['name']}  {factor}")


@users.command("reset-second-factor")
@click.argument("username")
def reset_second_factor(username: str) -> None:
    """Remove a user's second factor, end all sessions and print the link that sets up a new one."""
    link = application().accounts.reset_second_factor(username)
    click.echo(f"Set up a new second factor here, within a day: {link}")


@users.command("rotate-keys")
def rotate_keys() -> None:
    """Seal all second factors with the newest key; then the older keys can be removed."""
    count = application().accounts.rotate_keys()
    click.echo(f"Sealed {count} second factor{'' if count == 1 else 's'} with the newest key.")


@users.command("code")
@click.argument("username")
def code(username: str) -> None:
    """Print the current one-time code; in demo and test mode only."""
    digits, _ = application().access.current_code(username)
    click.echo(digits)


@click.group()
def sessions() -> None:
    """Signed-in sessions."""


@sessions.command("list")
@click.option("--user", "username", help="Only this user's.")
@_AS_JSON
def list_sessions(*, username: str | None, as_json: bool) -> None:
    """List live sessions, newest first."""
    app = application()
    rows = [_session_row(view) for view in _live_sessions(app, username)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['id']}  {row['username']}  last seen {row['last_seen_at']}  {row['device']}")


@sessions.command("revoke")
@click.argument("session_id", required=False)
@click.option("--user", "username", help="End all sessions of this user instead.")
def revoke(session_id: str | None, username: str | None) -> None:
    """End one session by its id, or all of a user."""
    if (session_id is None) == (username is None):
        raise click.UsageError("Name either a session id or --user.")
    app = application()
    if username is not None:
        click.echo(f"Ended {app.accounts.revoke_sessions(username)} sessions of {username}.")
    elif session_id is not None:
        app.access.revoke_any(session_id)
        click.echo(f"Ended {session_id}.")


@sessions.command("age")
@click.argument("by", metavar="DURATION")
def age(by: str) -> None:
    """Make sessions and unfinished sign-ins older by DURATION, such as 90m or 1h; in demo and test mode only."""
    try:
        count = _simulating().accounts.age_sessions(duration(by))
    except OverflowError as error:
        raise InvalidInput("duration", "leads past the beginning of the calendar") from error
    click.echo(f"Made {count} session{'' if count == 1 else 's'} older by {by}.")


@click.group()
def throttles() -> None:
    """Limits on wrong passwords and codes."""


@throttles.command("clear")
def clear() -> None:
    """Forget all failed tries; in demo and test mode only."""
    click.echo(f"Forgot {_simulating().accounts.clear_throttles()} failed tries.")


def _simulating() -> Application:
    app = application()
    if not app.settings.simulating:
        raise Forbidden("This command works in demo and test mode only.")
    return app


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise click.UsageError("There is no terminal to ask for the password on; give --password-stdin.")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _partner_id(app: Application, partner: str) -> PartnerId:
    found = [known.id for known in app.provisioning.partners() if partner in {known.id, known.name}]
    if not found:
        raise InvalidInput("partner", f"must be the name or id of a partner that exists; {partner} does not")
    return found[0]


def _live_sessions(app: Application, username: str | None) -> tuple[SessionView, ...]:
    if username is None:
        return app.access.all_sessions()
    return app.access.sessions(app.accounts.user(username).principal.user_id)


def _user_row(user: User) -> dict[str, str | bool | int | None]:
    principal = user.principal
    return {
        "id": principal.user_id,
        "username": user.username,
        "name": principal.name,
        "role": principal.role.value,
        "partner_id": principal.partner_id,
        "customer_id": principal.customer_id,
        "enrolled": user.enrolled,
        "recovery_codes_left": user.recovery_codes_left,
    }


def _session_row(view: SessionView) -> dict[str, str]:
    return {
        "id": view.id,
        "username": view.username,
        "created_at": view.created_at.isoformat(),
        "last_seen_at": view.last_seen_at.isoformat(),
        "expires_at": view.expires_at.isoformat(),
        "device": view.device,
    }


COMMANDS = [users, sessions, throttles]
