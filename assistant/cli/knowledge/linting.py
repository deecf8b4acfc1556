"""``assistant knowledge lint``: what is doubtful, before anybody is answered from it."""

from dataclasses import asdict
from pathlib import Path

import click

from assistant.cli.context import application
from assistant.cli.knowledge.group import FILES, json_option, print_json
from assistant.knowledge.documents.model import SourceFile
from assistant.knowledge.documents.reading import load
from assistant.knowledge.linting.linter import lint


@click.command("lint")
@click.argument("file", required=False, type=FILES)
@json_option
def lint_files(file: Path | None, *, as_json: bool) -> int:
    """Tell what is doubtful in FILE, or in what is published, by file and line; status 1 when anything is."""
    desk = application().desk
    files = (
        [load(file)] if file else [SourceFile(name, text.encode()) for name, text in desk.export().items()]
    )
    findings = lint(files, desk.published())
    if as_json:
        print_json([asdict(finding) for finding in findings])
        return 1 if findings else 0
    for finding in findings:
        click.echo(f"{finding.file}:{finding.line}: {finding.code}: {finding.text}; {finding.hint}")
    if not findings:
        click.echo("Nothing is doubtful.")
    return 1 if findings else 0


COMMANDS = [lint_files]
