"""Who sits at a terminal: signing in with both factors, and reading lines without showing secrets."""

import sys
from pathlib import Path

import click

from assistant.bootstrap import Application
from assistant.domain.accounts import CodeVerdict, Scope
from assistant.domain.errors import Forbidden, InvalidInput, NotSignedIn
from assistant.domain.principals import Principal

_ADDRESS = "terminal"


def sign_in(app: Application, username: str) -> Principal:
    """Ask for password and code and return who it is. Raises NotSignedIn."""
    token = app.access.begin(username, _secret("Password: "), address=_ADDRESS, device="terminal")
    if not app.access.pending_user(token).enrolled:
        raise NotSignedIn("Set up two-factor sign-in in the browser first.")
    session = app.access.complete(token, _secret("Code: "), address=_ADDRESS)
    if isinstance(session, CodeVerdict):
        raise NotSignedIn(f"The code was not accepted ({session.outcome}).")
    return session.user.principal


def owner_of_token(app: Application, path: Path, scope: Scope) -> Principal:
    """Return whose token of a program a file holds. Raises InvalidInput, NotSignedIn, Forbidden for one without the scope."""
    try:
        token = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput("token-file", f"cannot be read: {path}") from error
    program = app.identity.tokens.bearer(token)
    if program is None:
        raise NotSignedIn("The token is not valid, has ended, or was revoked.")
    if scope not in program.token.scopes:
        raise Forbidden("The token was not made for this.")
    return program.user.principal


def line_of_input(prompt: str) -> str | None:
    """Read a line, None at the end of input; the prompt is shown to people only."""
    if sys.stdin.isatty():
        click.echo(prompt, nl=False)
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else None


def _secret(label: str) -> str:
    if sys.stdin.isatty():
        return str(click.prompt(label, hide_input=True, prompt_suffix=""))
    return (line_of_input("") or "").strip()
