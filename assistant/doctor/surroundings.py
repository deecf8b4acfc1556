"""What the program stands on: its settings, its folder and its database."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from assistant.config import Settings
from assistant.doctor.findings import Finding, advice, fault, good
from assistant.ports.database_server import DatabaseServer

_LITTLE_BYTES, _TOO_LITTLE_BYTES = 2 * 1024**3, 200 * 1024**2
_CLOCKS_MAY_DIFFER_SECONDS = 5
_OLDEST_POSTGRESQL = 14


def settings(given: Settings) -> Iterator[Finding]:
    """Look at settings that are allowed and still unwise."""
    if given.simulating:
        yield advice(
            "settings",
            f"The mode is {given.mode}: codes can be printed and the clock can be set.",
            "For real customers set ASSISTANT_MODE=production, with ASSISTANT_SECRET_KEYS.",
        )
        return
    if not given.secure_cookies:
        yield fault(
            "settings",
            "Cookies travel over plain HTTP.",
            "Serve over HTTPS and take ASSISTANT_SECURE_COOKIES=false away.",
        )
    if given.trusted_proxies == 0:
        yield advice(
            "settings",
            "No reverse proxy is trusted, so every client behind one has the proxy's address, also for throttles.",
            "Behind a proxy set ASSISTANT_TRUSTED_PROXIES to how many there are.",
        )
    if given.secure_cookies:
        yield good("settings", "Production, with secure cookies.")


def folder(given: Settings) -> Iterator[Finding]:
    """Look at the data directory: whether it can be written, who else can read it, and how much room there is."""
    place = given.data_dir
    if not place.is_dir():
        yield fault("folder", f"{place} does not exist.", "Run: assistant db upgrade")
        return
    if not os.access(place, os.W_OK | os.X_OK):
        yield fault(
            "folder",
            f"{place} cannot be written by this user.",
            "Give it to the user that the program runs as, or name another in ASSISTANT_DATA_DIR.",
        )
        return
    if place.stat().st_mode & 0o077:
        yield advice(
            "folder", f"Other users of this machine can look into {place}.", f"Run: chmod 700 {place}"
        )
    yield _room(place)


def _room(place: Path) -> Finding:
    free = shutil.disk_usage(place).free
    found = f"{free / 1024**3:,.1f} GiB are free for {place}."
    if free < _TOO_LITTLE_BYTES:
        return fault("folder", found, "Make room now: without any, no change can be recorded.")
    if free < _LITTLE_BYTES:
        return advice("folder", found, "Make room soon, or move the data directory.")
    return good("folder", found)


def server(seen: DatabaseServer, now: datetime) -> Iterator[Finding]:
    """Look at the database server; its clock counts, since nodes must agree on when a code is spent."""
    yield good("database", f"{seen.kind} {seen.version} answers.")
    if seen.kind == "postgresql" and int(seen.version.split(".")[0]) < _OLDEST_POSTGRESQL:
        yield fault(
            "database",
            f"PostgreSQL {seen.version} is not supported any more.",
            f"Move to PostgreSQL {_OLDEST_POSTGRESQL} or newer.",
        )
    if seen.bypasses_row_security:
        yield advice(
            "database",
            "The database user passes over row-level security, so the second wall between partners does not stand.",
            "Use a user that is neither superuser nor BYPASSRLS.",
        )
    apart = abs((now - seen.now).total_seconds())
    if apart > _CLOCKS_MAY_DIFFER_SECONDS:
        yield fault(
            "clock",
            f"The clocks of this machine and of the database are {apart:,.0f} seconds apart.",
            "Let both follow one time server: one-time codes are good for 30 seconds.",
        )
    else:
        yield good("clock", "This machine and the database agree on the time.")
