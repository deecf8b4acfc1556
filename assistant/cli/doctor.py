"""The command that looks an installation over."""

import json
from dataclasses import asdict

import click

from assistant.config import read_settings
from assistant.doctor import Finding, Health, examine

_MARKS = {Health.GOOD: "ok    ", Health.ADVICE: "advice", Health.FAULT: "FAULT "}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(*, as_json: bool) -> int:
    """Look over settings, folder, database, keys, knowledge and licences, and say what to do; status 1 for a fault."""
    findings = []
    for finding in examine(read_settings()):
        findings.append(finding)
        if not as_json:
            _tell(finding)
    faults = sum(finding.health is Health.FAULT for finding in findings)
    if as_json:
        click.echo(json.dumps({"faults": faults, "findings": [asdict(f) for f in findings]}))
    else:
        click.echo(f"{faults} faults." if faults else "No faults.")
    return 1 if faults else 0


def _tell(finding: Finding) -> None:
    click.echo(f"{_MARKS[finding.health]}  {finding.check}: {finding.found}")
    if finding.advice:
        click.echo(f"        {finding.advice}")


COMMANDS = [doctor]
