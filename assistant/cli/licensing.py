"""Commands of the licensing backend."""

import json
from collections.abc import Iterator, Mapping

import click

from assistant.bootstrap import Application
from assistant.cli.context import application
from assistant.domain.errors import InvalidInput
from assistant.domain.report_lookups import BandWhatIf, ReportView
from assistant.ports.wire.licensing import result_json
from assistant.ports.wire.report_csv import report_csv


@click.group()
def licensing() -> None:
    """Check on the licensing backend."""


@licensing.command(name="verify-audit")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify_audit(*, as_json: bool) -> int:
    """Check each partner's audit chain; status 1 when an entry was changed, removed, inserted or moved."""
    found = _own_backend().embedded.verify_audit()
    if as_json:
        click.echo(json.dumps({name: [vars(fault) for fault in faults] for name, faults in found.items()}))
    for name, faults in {} if as_json else found.items():
        click.echo(f"{name}: " + ("; ".join(f"entry {f.seq} {f.fault}" for f in faults) or "unbroken"))
    return 1 if any(found.values()) else 0


@licensing.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def due(*, as_json: bool) -> None:
    """Do what is due: renewals, ends of terms, notices, report deadlines, Remote Manager, letters that wait; running it twice does nothing twice."""
    app = _own_backend()
    done = dict(app.due_work.run(None if as_json else _tell))
    letters = app.identity.outbox.deliver()
    done |= {f"letters {name}": count for name, count in letters.items() if count}
    if as_json:
        click.echo(json.dumps(done))
        return
    click.echo(", ".join(f"{count:,} {name}" for name, count in done.items()) or "Nothing was due.")


@licensing.command()
@click.argument("partner")
@click.argument("month", metavar="YYYY-MM")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, with which a spreadsheet runs no formula.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def report(partner: str, month: str, *, as_csv: bool, as_json: bool) -> None:
    """Print the usage report of PARTNER for a month: who had how many seats of what, and what is billed."""
    if as_csv and as_json:
        raise click.UsageError("Choose --csv or --json.")
    found = _own_backend().usage.report(partner, month)
    if as_json:
        click.echo(json.dumps(result_json(found)))
    elif as_csv:
        click.echo(report_csv(found), nl=False)
    else:
        click.echo("\n".join(_told(found)))


@licensing.command()
@click.argument("partner")
@click.argument("customer")
@click.argument("plan")
@click.argument("seats", type=int)
def usage(partner: str, customer: str, plan: str, seats: int) -> None:
    """Record that SEATS of a customer's PLAN are in use now."""
    sample = _own_backend().usage.record(partner, customer, plan, seats)
    click.echo(f"{sample.used:,} seats in use at {sample.at:%Y-%m-%dT%H:%M:%SZ}.")


def _own_backend() -> Application:
    app = application()
    if app.settings.licensing_url:
        raise InvalidInput(
            "ASSISTANT_LICENSING_URL", "names another instance's licensing backend: run this command there"
        )
    return app


@licensing.command(context_settings={"ignore_unknown_options": True})
@click.argument("seats", type=int)
@click.argument("change", type=int, default=0)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def bands(seats: int, change: int, *, as_json: bool) -> None:
    """Tell the user bands of SEATS and of SEATS plus CHANGE, such as 25 or -25."""
    found = application().usage.bands(BandWhatIf(seats, change))
    if as_json:
        click.echo(json.dumps(result_json(found)))
        return
    down = f", {found.to_lower:,} fewer reach the next one down" if found.to_lower else ""
    up = f", {found.to_higher:,} more the next one up" if found.to_higher else ""
    click.echo(f"{found.seats_before:,} seats: band {found.band_before}")
    click.echo(f"{found.seats_after:,} seats: band {found.band_after}{down}{up}")


def _told(report: ReportView) -> Iterator[str]:
    submitted = report.submitted_at
    when = (
        f"submitted {submitted:%Y-%m-%d}"
        if submitted
        else f"goes in by itself {report.deadline:%Y-%m-%d %H:%M} UTC"
    )
    yield f"{report.partner}, {report.month}: {report.state.replace('_', ' ')}, {when}"
    lacking = " (needs a comment)" if report.editable else " (not explained)"
    for line in report.lines:
        used = "no usage data" if line.used is None else f"{line.used:,} used"
        elsewhere = f", {line.moved:,} billed elsewhere" if line.moved else ""
        comment = f" ({line.comment})" if line.comment else lacking if line.needs_comment else ""
        seats = f"{line.provisioned:,} provisioned, {used}{elsewhere}, {line.chargeable:,} charged{comment}"
        yield f"  {line.customer}: {line.name}: {seats}"
    yield f"Total {report.total:,}, band {report.band}"


def _tell(done: Mapping[str, int]) -> None:
    click.echo(f"{done['subscriptions']:,} subscriptions", err=True)


COMMANDS = [licensing]
