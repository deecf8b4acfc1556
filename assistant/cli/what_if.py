"""``assistant what-if``: what would follow from a change, reckoned with entered numbers only."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime

import click

from assistant.cli.context import application
from assistant.conversation.wording import Wording, read_wording
from assistant.domain.identifiers import PlanId
from assistant.domain.what_ifs import OPS, Asked
from assistant.ports.conversations import Block

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(name="what-if")
@click.argument("op", type=click.Choice(OPS))
@click.option("--plan", help="The plan there is, or the one to get.")
@click.option("--seats", type=int, help="The seats there are, or of a new plan.")
@click.option("--to", help="The plan to move to.")
@click.option("--seats-after", type=int, help="The seats afterwards.")
@click.option("--change", type=int, help="So many more seats, or with a minus fewer.")
@click.option("--total", type=int, help="The partner's seats over all customers.")
@click.option("--since", type=_DAY, help="First day of the plan there is (YYYY-MM-DD).")
@click.option("--day", type=_DAY, help="When it happens (YYYY-MM-DD); today unless said.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def what_if(
    op: str,
    plan: str | None,
    seats: int | None,
    to: str | None,
    seats_after: int | None,
    change: int | None,
    total: int | None,
    since: datetime | None,
    day: datetime | None,
    *,
    as_json: bool,
) -> int:
    """Tell what would follow from OP, with the entries that say so; nothing is changed. Status 1 where a rule refuses it."""
    asked = Asked(
        op,
        plan=PlanId(plan) if plan else None,
        seats=seats,
        to=PlanId(to) if to else None,
        seats_after=seats_after,
        change=change,
        total=total,
        since=_date(since),
        day=_date(day),
    )
    block = application().conversations.what_if(None, asked)
    click.echo(
        json.dumps(block, ensure_ascii=False) if as_json else "\n".join(what_if_lines(block, read_wording()))
    )
    return 1 if block["refusal"] else 0


def what_if_lines(block: Block, wording: Wording) -> Iterator[str]:
    """Yield the lines in which a terminal shows a what-if."""
    yield block["title"]
    yield block["text"]
    if block["refusal"]:
        yield f"  {block['refusal']['text']}"
    yield from (f"  {line['label']}: {line['value']}" for line in block["lines"])
    yield from (f"  - {consequence['text']}" for consequence in block["consequences"])
    for heading, lines in (
        (wording.say("terminal.entered"), block["entered"]),
        (wording.say("terminal.assumed"), block["assumed"]),
    ):
        if lines:
            yield heading
        yield from (f"  {line['label']}: {line['value']}" for line in lines)
    yield from (f"  {policy_line(c, wording)}" for c in block["cites"])


def policy_line(cite: Mapping[str, str], wording: Wording) -> str:
    """Return the line that names an entry which a change rests on."""
    source = wording.source(cite["document"], cite["date"], cite["heading"])
    return wording.say("terminal.policy", source=source)


def _date(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


COMMANDS = [what_if]
