"""Commands for the tokens of programs; they are made on the account page, since that takes a code of their owner."""

import json

import click

from assistant.cli.context import application
from assistant.domain.accounts import TokenView


@click.group()
def tokens() -> None:
    """Tokens of programs."""


@tokens.command("list")
@click.option("--user", "username", help="Only this user's.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_tokens(*, username: str | None, as_json: bool) -> None:
    """List the tokens that are still good, newest first; never the tokens themselves."""
    app = application()
    owner = app.accounts.user(username).principal.user_id if username else None
    rows = [_row(view) for view in app.identity.tokens.list(owner)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        used = f"last used {row['last_used_at']}" if row["last_used_at"] else "never used"
        click.echo(f"{row['id']}  {row['username']}  {row['name']}  until {row['expires_at']}  {used}")


@tokens.command("revoke")
@click.argument("token_id")
def revoke(token_id: str) -> None:
    """Revoke a token by its id; it is refused from the next request on."""
    application().identity.tokens.revoke(token_id)
    click.echo(f"Revoked {token_id}.")


def _row(view: TokenView) -> dict[str, str | list[str] | None]:
    return {
        "id": view.id,
        "username": view.username,
        "name": view.name,
        "scopes": [scope.value for scope in view.scopes],
        "created_at": view.created_at.isoformat(),
        "expires_at": view.expires_at.isoformat(),
        "last_used_at": view.last_used_at.isoformat() if view.last_used_at else None,
    }


COMMANDS = [tokens]
