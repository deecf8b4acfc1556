"""Commands for sessions and the throttles."""

import json

import click

from assistant.bootstrap import Application
from assistant.cli.context import application
from assistant.domain.accounts import SessionView
from assistant.domain.durations import duration
from assistant.domain.errors import Forbidden, InvalidInput

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


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
        place = f"{row['device']}  {row['address']}"
        click.echo(f"{row['id']}  {row['username']}  last seen {row['last_seen_at']}  {place}")


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


def _live_sessions(app: Application, username: str | None) -> tuple[SessionView, ...]:
    if username is None:
        return app.access.all_sessions()
    return app.access.sessions(app.accounts.user(username).principal.user_id)


def _session_row(view: SessionView) -> dict[str, str]:
    return {
        "id": view.id,
        "username": view.username,
        "created_at": view.created_at.isoformat(),
        "last_seen_at": view.last_seen_at.isoformat(),
        "expires_at": view.expires_at.isoformat(),
        "device": view.device,
        "address": view.address,
    }


COMMANDS = [sessions, throttles]
