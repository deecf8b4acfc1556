"""``assistant chat``: the conversation in a terminal, signed out or signed in with both factors."""

from collections.abc import Iterable
from typing import Any

import click

from assistant.bootstrap import Application
from assistant.cli.context import application
from assistant.cli.passages import passage_lines
from assistant.cli.terminal import line_of_input, sign_in
from assistant.cli.what_if import policy_line, what_if_lines
from assistant.conversation.wording import Wording
from assistant.domain.errors import AssistantError
from assistant.domain.identifiers import ConversationId
from assistant.domain.languages import Language
from assistant.domain.principals import Principal
from assistant.ports.conversations import Block, Message, Turn


@click.command()
@click.option("--user", "username", help="Sign in as this user; the password and a code are asked for.")
@click.option(
    "--language",
    type=click.Choice([str(language) for language in Language]),
    help="The language of the replies; without it ASSISTANT_LANGUAGE says it.",
)
@click.option("--new", is_flag=True, help="Begin a new conversation instead of going on with the last one.")
def chat(username: str | None, language: str | None, *, new: bool) -> None:
    """Talk to the desk. An empty line changes nothing; end with "exit" or the end of input."""
    app = application()
    app = app.speaking(Language(language) if language else app.settings.language)
    wording = app.conversations.wording
    principal = sign_in(app, username) if username else None
    if principal:
        click.echo(wording.say("terminal.signed_in", name=principal.name))
    conversation = _conversation(app, principal, new=new)
    while (said := line_of_input("> ")) is not None and said.strip() not in {"exit", "quit"}:
        if said.strip():
            _say(app, principal, conversation, said)


def _conversation(app: Application, principal: Principal | None, *, new: bool) -> ConversationId:
    latest = app.conversations.latest(principal) if principal and not new else None
    if principal is None or latest is None:
        return app.conversations.open(principal)
    view = app.conversations.view(principal, latest)
    if view["tasks"] and view["transcript"]:
        click.echo(app.conversations.wording.say("terminal.going_on"))
        _print(view["transcript"][-1]["turn"], app.conversations.wording)
    return latest


def _say(app: Application, principal: Principal | None, conversation: ConversationId, said: str) -> None:
    try:
        turn = app.conversations.send(principal, conversation, Message(app.ids.new("M"), text=said))
    except AssistantError as error:
        click.echo(error.message)
    else:
        _print(turn, app.conversations.wording)


def _print(turn: Turn, wording: Wording) -> None:
    for block in turn["blocks"]:
        click.echo("\n".join(block_lines(block, wording)))
        click.echo()


def block_lines(block: Block, wording: Wording) -> Iterable[str]:
    """Return a block of a reply as the terminal shows it."""
    kind = block["type"]
    if kind == "answer":
        yield from _answer_lines(block, wording)
        return
    if kind == "what_if":
        yield from what_if_lines(block, wording)
        return
    if kind == "preview":
        yield block["title"]
        yield from (f"  {line['label']}: {line['value']}" for line in block["lines"])
        yield from (f"  - {consequence['text']}" for consequence in block["consequences"])
        yield from (f"  {policy_line(c, wording)}" for c in block["cites"])
    yield block["text"]
    if block.get("next"):
        yield block["next"]
    yield from _options(block)


def _answer_lines(block: Block, wording: Wording) -> Iterable[str]:
    source = block["source"]
    yield block["question"]
    yield from passage_lines(block.get("passages") or (), wording)
    yield block["text"]
    named = wording.source(source["document"], source["date"], source["heading"])
    yield wording.say("terminal.source", source=named)
    if block["aged"]:
        yield wording.say("terminal.aged")


def _options(block: Block) -> Iterable[str]:
    choices: list[dict[str, Any]] = block.get("options") or []
    yield from (f"  {number}. {option['label']}" for number, option in enumerate(choices, start=1))
    # without numbers: at the prompt of a task a number is read as seats
    named: list[dict[str, Any]] = block.get("input", {}).get("options") or []
    yield from (f"  - {option['label']}" for option in named)


COMMANDS = [chat]
