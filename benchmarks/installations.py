"""Installations of a benchmark: their surroundings, their world of many people, and their command line.

Everybody is the administrator of a partner with one customer, and has a second factor in force. A preview names the
seats of the whole partner, so of people who change them all the time at one partner nobody would ever get to confirm.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import click
import yaml

SEATS = 25
"""The seats that each customer has at the beginning."""


def environment_of(folder: Path, database: str | None = None, *, semantic: bool = False) -> dict[str, str]:
    """Return the environment of an installation in a folder, on SQLite there or on another database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    own = {"ASSISTANT_DATA_DIR": str(folder / "data"), "ASSISTANT_SEMANTIC": str(semantic).lower()}
    own |= {"ASSISTANT_MODE": "demo", "ASSISTANT_LOG_LEVEL": "WARNING"}
    return kept | own | ({"ASSISTANT_DATABASE_URL": database} if database else {})


def load_world(folder: Path, environment: Mapping[str, str], people: int) -> None:
    """Make the database and its world of so many people."""
    plan = {"plan": "WF Services Monthly Rolling", "seats": SEATS, "start": "2025-04-01"}
    numbers = range(people)
    users = {
        f"user{n}": {
            "name": f"User {n}",
            "role": "partner_admin",
            "partner": partner_name(n),
            "password": password_of(f"user{n}"),
            "totp_secret": secret_of(n),
        }
        for n in numbers
    }
    partners = {
        partner_name(n): {"customers": {customer_name(n): {"subscriptions": [dict(plan)]}}} for n in numbers
    }
    world = folder / "world.yaml"
    world.write_text(yaml.safe_dump({"partners": partners, "users": users}))
    run_command(environment, "world", "load", str(world))


def run_command(environment: Mapping[str, str], *command: str, must: bool = True) -> str:
    """Run ``assistant`` and return what it said if it failed; raises ClickException for that if it ``must`` not."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "assistant", *command],
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode and must:
        raise click.ClickException(f"assistant {' '.join(command)}: {done.stderr}")
    return f"{' '.join(command)}: {done.stdout}{done.stderr}" if done.returncode else ""


def partner_name(number: int) -> str:
    """Return the name of a user's partner."""
    return f"Partner {number}"


def customer_name(number: int) -> str:
    """Return a name that is like no other, so that nobody is asked which is meant."""
    return f"{_letters(number)} Works"


def password_of(username: str) -> str:
    """Return the password for this user."""
    return f"a-benchmark-for-{username}"


def secret_of(number: int) -> str:
    """Return the second-factor secret for this user, in base 32."""
    return f"MNQW24DBNFTW4ZDB{_letters(number) * 4}".upper()


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + number // 17**place % 17) * 2 for place in range(2)).capitalize()
