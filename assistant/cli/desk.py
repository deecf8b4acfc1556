"""Commands of the vendor's licensing desk: its cases, and what an operator does with them, signed in with both factors."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce, wraps
from pathlib import Path
from typing import Any

import click

from assistant.bootstrap import Application
from assistant.cli.context import application
from assistant.cli.terminal import owner_of_token, sign_in
from assistant.domain.accounts import Scope
from assistant.domain.errors import InvalidInput
from assistant.domain.identifiers import HandOffId
from assistant.domain.principals import Principal
from assistant.ports.hand_offs import HandOffView, ListedHandOff, Shown

_Command = Callable[..., Any]


@dataclass(frozen=True)
class _Given:
    """What every command of the desk is told: who works there, and how to print."""

    username: str | None
    token_file: Path | None
    as_json: bool

    def signed_in(self) -> tuple[Application, Principal]:
        """Sign the operator in. Raises UsageError unless exactly one way is named."""
        if (self.username is None) == (self.token_file is None):
            raise click.UsageError("Say who works at the desk: --user or --token-file.")
        app = application()
        if self.token_file:
            return app, owner_of_token(app, self.token_file, Scope.DESK)
        return app, sign_in(app, self.username or "")


def _as_operator(command: _Command) -> _Command:
    """Add the options of every command of the desk, and hand them to it as one value, ``given``."""

    @wraps(command)
    def told(*, username: str | None, token_file: Path | None, as_json: bool, **others: Any) -> Any:
        return command(given=_Given(username, token_file, as_json), **others)

    options = (
        click.option("--json", "as_json", is_flag=True, help="Print JSON."),
        click.option(
            "--token-file",
            type=click.Path(path_type=Path),
            help="Work as the owner of the program's token in this file; it needs the scope desk.",
        ),
        click.option(
            "--user", "username", help="Work as this operator; the password and a code are asked for."
        ),
    )
    return reduce(lambda decorated, option: option(decorated), options, told)


def _of_version(command: _Command) -> _Command:
    """Add the option that names the version an act was decided on."""
    return click.option(
        "--version", "seen", type=int, help="Refuse if the case is in another version than this by now."
    )(command)


@click.group()
def desk() -> None:
    """Work on the cases that partners handed to the licensing desk."""


@desk.command("list")
@click.option("--state", "which", default="open", help="open, mine or closed; open if it is not said.")
@click.option("--words", default="", help="Only cases with all these words.")
@click.option("--flow", help="Only cases about this workflow.")
@_as_operator
def list_cases(*, which: str, words: str, flow: str | None, given: _Given) -> None:
    """List cases, the longest waiting first."""
    app, who = given.signed_in()
    found = app.hand_offs.listed(who, Shown(which, words, flow))
    if given.as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for case in found:
        click.echo(_line(case))
    if not found:
        click.echo("No case.")


@desk.command()
@click.argument("reference")
@_as_operator
def show(reference: str, *, given: _Given) -> None:
    """Show one case whole: what was entered, the last preview, why it stands still, the conversation, and what was done."""
    app, who = given.signed_in()
    _print(app.hand_offs.show(who, HandOffId(reference)), as_json=given.as_json, whole=True)


@desk.command()
@click.argument("reference")
@_as_operator
def claim(reference: str, *, given: _Given) -> None:
    """Take an open case; of several operators one gets it."""
    app, who = given.signed_in()
    _print(app.hand_offs.claim(who, HandOffId(reference)), as_json=given.as_json)


@desk.command()
@click.argument("reference")
@_of_version
@_as_operator
def release(reference: str, *, seen: int | None, given: _Given) -> None:
    """Give a claimed case back to the list."""
    app, who = given.signed_in()
    _print(app.hand_offs.release(who, HandOffId(reference), seen), as_json=given.as_json)


@desk.command()
@click.argument("reference")
@click.argument("text")
@_of_version
@_as_operator
def message(
    reference: str,
    text: str,
    *,
    seen: int | None,
    given: _Given,
) -> None:
    """Write TEXT to the partner."""
    app, who = given.signed_in()
    _print(app.hand_offs.write(who, HandOffId(reference), seen, text), as_json=given.as_json)


@desk.command()
@click.argument("reference")
@click.argument("values", nargs=-1, required=True, metavar="SLOT=VALUE...")
@_of_version
@_as_operator
def correct(
    reference: str,
    values: tuple[str, ...],
    *,
    seen: int | None,
    given: _Given,
) -> None:
    """Correct what was entered, such as seats=30 or customer=Contoso; it is checked as the partner's own would be."""
    app, who = given.signed_in()
    corrected = dict(_pair(value) for value in values)
    _print(app.hand_offs.correct(who, HandOffId(reference), seen, corrected), as_json=given.as_json)


@desk.command(name="return")
@click.argument("reference")
@click.option("--text", default="", help="A message that goes along.")
@_of_version
@_as_operator
def give_back(
    reference: str,
    *,
    text: str,
    seen: int | None,
    given: _Given,
) -> None:
    """Let the partner go on with the task; only the partner can confirm it."""
    app, who = given.signed_in()
    _print(app.hand_offs.give_back(who, HandOffId(reference), seen, text), as_json=given.as_json)


@desk.command()
@click.argument("reference")
@click.argument("text")
@click.option("--outside", help="The reference on the vendor's own system.")
@_of_version
@_as_operator
def complete(
    reference: str,
    text: str,
    *,
    outside: str | None,
    seen: int | None,
    given: _Given,
) -> None:
    """Say in TEXT what was done."""
    app, who = given.signed_in()
    _print(app.hand_offs.complete(who, HandOffId(reference), seen, text, outside), as_json=given.as_json)


@desk.command()
@click.argument("reference")
@click.argument("text")
@_of_version
@_as_operator
def close(
    reference: str,
    text: str,
    *,
    seen: int | None,
    given: _Given,
) -> None:
    """End a case without doing it; TEXT is the reason, which the partner reads."""
    app, who = given.signed_in()
    _print(app.hand_offs.close(who, HandOffId(reference), seen, text), as_json=given.as_json)


def _pair(value: str) -> tuple[str, str]:
    name, given, raw = value.partition("=")
    if not given:
        raise InvalidInput("values", f"must be written SLOT=VALUE, unlike {value}")
    return name, raw


def _print(case: HandOffView, *, as_json: bool, whole: bool = False) -> None:
    if as_json:
        click.echo(json.dumps(case, ensure_ascii=False))
        return
    click.echo(_line(case))
    for line in _whole(case) if whole else ():
        click.echo(line)


def _line(case: ListedHandOff | HandOffView) -> str:
    about = ", ".join(filter(None, (case["subject"], case["customer"], case["asker"])))
    held = f" by {case['holder']}" if case["holder"] else ""
    waited = f"{case['waiting_seconds'] // 60:,} min"
    return f"{case['reference']}  {case['state']}{held}  version {case['version']}  {waited}  {about}"


def _whole(case: HandOffView) -> Iterator[str]:
    record = case["record"]
    yield f"Why: {record['why']}"
    yield f"Stood still at: {record['step_label']}"
    yield from (f"  {slot['label']}: {slot['value']}" for slot in record["slots"])
    for line in record["preview"]:
        yield f"  preview  {line['label']}: {line['value']}"
    yield from (f"  policy  {cite['heading'] or cite['entry']}" for cite in record["cites"])
    for turn in record["transcript"]:
        yield f"  > {turn['said']}"
        yield from (f"    {text}" for text in turn["replied"])
    for act in case["acts"]:
        yield f"  {act['at'][:16]}  {act['by']}  {act['act']}  {act['text']}".rstrip()
    yield f"Possible now: {', '.join(case['can']) or 'nothing'}"


COMMANDS = [desk]
