"""Commands for the record of security events: reading it, carrying it away, checking that nobody touched it."""

import json
import re
from pathlib import Path
from typing import Any

import click

from assistant.cli.context import application
from assistant.domain.audit import AuditHead
from assistant.domain.errors import Conflict, InvalidInput
from assistant.domain.security_events import RecordedEvent, event_content

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_HEAD = re.compile(r"(0|[1-9][0-9]{0,17}):([0-9a-f]{64})")


@click.group()
def audit() -> None:
    """Read and check the record of security events; that of licences has `licensing verify-audit`."""


@audit.command("list")
@click.option("--user", "username", help="Only what concerns this user.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True)
@_AS_JSON
def list_events(*, username: str | None, limit: int, as_json: bool) -> None:
    """List the last security events, newest first."""
    app = application()
    user_id = app.accounts.user(username).principal.user_id if username else None
    events = app.identity.record.newest(limit, user_id)
    if as_json:
        click.echo(json.dumps([_row(event) for event in events], ensure_ascii=False))
        return
    for event in events:
        whose = event.user_id or "-"
        by = f" by {event.actor_id}" if event.actor_id else ""
        click.echo(f"{event.at:%Y-%m-%dT%H:%M:%SZ}  {event.name}  {whose}{by}  {event.address or '-'}")


@audit.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export(file: Path) -> None:
    """Write all security events to a new FILE, one JSON object a line, oldest first, each with its hash."""
    app = application()
    hashes = {entry.seq: entry.hash for entry in app.identity.record.chain()}
    events = app.identity.record.all()
    lines = [
        json.dumps(_row(event) | {"hash": hashes.get(event.seq or 0)}, ensure_ascii=True) for event in events
    ]
    try:
        with file.open("x", encoding="utf-8") as written:
            written.writelines(f"{line}\n" for line in lines)
    except FileExistsError as error:
        raise Conflict(f"{file} exists already.") from error
    except OSError as error:
        raise InvalidInput("file", f"cannot be written: {error.strerror}") from error
    click.echo(f"Wrote {len(lines):,} events. The chain ends at {_written(app.identity.record.head())}")


@audit.command("head")
def head() -> None:
    """Print the end of the chain; keep it where this machine cannot reach it."""
    click.echo(_written(application().identity.record.head()))


@audit.command("verify-head")
@click.argument("kept", required=False, metavar="[HEAD]")
@_AS_JSON
def verify_head(kept: str | None, *, as_json: bool) -> int:
    """Check the chain of security events, also against a HEAD printed earlier; status 1 when anything was changed."""
    faults = application().identity.record.faults(_read(kept) if kept else None)
    if as_json:
        click.echo(json.dumps([vars(fault) for fault in faults]))
    else:
        click.echo("; ".join(f"event {fault.seq} {fault.fault}" for fault in faults) or "unbroken")
    return 1 if faults else 0


def _written(head: AuditHead) -> str:
    return f"{head.seq}:{head.hash}"


def _read(text: str) -> AuditHead:
    found = _HEAD.fullmatch(text.strip())
    if not found:
        raise InvalidInput("head", "must be a line as `assistant audit head` prints it")
    return AuditHead(int(found[1]), found[2])


def _row(event: RecordedEvent) -> dict[str, Any]:
    return {"seq": event.seq, **event_content(event)}


COMMANDS = [audit]
