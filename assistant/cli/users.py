"""Commands for users and their second factors."""

import json
import sys

import click

from assistant.bootstrap import Application
from assistant.cli.context import application
from assistant.domain.accounts import User
from assistant.domain.errors import InvalidInput
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
@click.option("--email", help="Where letters go.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of standard input."
)
def add(
    username: str,
    name: str,
    role: str,
    partner: str | None,
    customer: str | None,
    email: str | None,
    *,
    password_stdin: bool,
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
        email=email,
    )
    click.echo(f"Added {user.username} ({user.principal.role}).")


@users.command("invite")
@click.argument("username")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--partner", help="The partner's name or id; for partner_admin and partner_reader.")
@click.option("--customer", help="The customer's id; for end_customer.")
@click.option("--email", help="Where the link goes; without it, pass it on yourself.")
def invite(
    username: str, name: str, role: str, partner: str | None, customer: str | None, email: str | None
) -> None:
    """Add a user who chooses the password by a link, which is printed and good once, for a day."""
    app = application()
    link = app.accounts.invite(
        username=username,
        name=name,
        role=Role(role),
        partner_id=_partner_id(app, partner) if partner else None,
        customer_id=CustomerId(customer) if customer else None,
        email=email,
    )
    click.echo(link)


@users.command("invite-again")
@click.argument("username")
def invite_again(username: str) -> None:
    """Print and send a new link to a user who did not use the last one in time."""
    click.echo(application().accounts.invite_again(username))


@users.command("close")
@click.argument("username")
def close(username: str) -> None:
    """Close an account; its sessions, links and tokens end at once. Never the last administrator's."""
    application().accounts.disable(username)
    click.echo(f"Closed {username}.")


@users.command("reopen")
@click.argument("username")
def reopen(username: str) -> None:
    """Open a closed account again."""
    application().accounts.reopen(username)
    click.echo(f"Opened {username} again.")


@users.command("role")
@click.argument("username")
@click.argument("role", type=click.Choice([role.value for role in Role]))
def change_role(username: str, role: str) -> None:
    """Change a user's role; the user's sessions end. Never the last administrator's."""
    application().accounts.change_role(username, Role(role))
    click.echo(f"{username} is {role} now.")


@users.command("email")
@click.argument("username")
@click.argument("address", required=False)
def set_email(username: str, address: str | None) -> None:
    """Change where a user's letters go; without ADDRESS there are none."""
    application().accounts.set_email(username, address)
    click.echo(f"Letters to {username} go to {address or 'nobody'}.")


@users.command("list")
@_AS_JSON
@click.option("--closed", is_flag=True, help="List the closed accounts instead.")
def list_users(*, as_json: bool, closed: bool) -> None:
    """List all users."""
    rows = [_user_row(user) for user in application().accounts.list(closed=closed)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        factor = "invited" if row["invited"] else "no second factor yet"
        factor = "second factor in force" if row["enrolled"] else factor
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
        "email": user.email,
        "invited": user.invited,
    }


COMMANDS = [users]
