"""Costs of requests as multiples of a bare Flask endpoint: `python -m benchmarks.serving`.

One worker process each; counted is the processor time that it takes for a request, whoever else uses the machine. The
milliseconds beside it are what the client waited.
"""

import itertools
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import httpx2

from benchmarks.installations import environment_of, load_world
from benchmarks.kills.people import Person
from benchmarks.nodes import Node
from benchmarks.tables import number, table

_TICKS = os.sysconf("SC_CLK_TCK")
_BARE = ("gunicorn", "-k", "gthread", "--threads", "16", "-b", "127.0.0.1:{port}")
_QUESTIONS = Path(__file__).parents[1] / "data" / "questions.jsonl"
_ASKED = "are trials available?"
_SHORT, _LONG = 20, 2000


@dataclass(frozen=True)
class Cost:
    """Milliseconds for one request: of the server's processor, and of waiting, median and 95th percentile."""

    cpu: float
    p50: float
    p95: float


@click.command()
@click.option("--requests", default=300, show_default=True, type=click.IntRange(20), help="For each row.")
@click.option("--long", "length", default=_LONG, show_default=True, help="Turns of the long conversation.")
def main(requests: int, length: int) -> None:
    """Measure and print one table."""
    with TemporaryDirectory(prefix="serving-") as folder, ExitStack() as stack:
        environment = environment_of(Path(folder), semantic=True)
        load_world(Path(folder), environment, 2)
        bare = Node(
            environment,
            Path(folder) / "bare.log",
            (sys.executable, "-m", *_BARE, "benchmarks.serving.bare:load()"),
            "/",
        )
        ours = Node(environment, Path(folder) / "ours.log")
        for node in (bare, ours):
            node.start()
            stack.callback(node.kill, worker_only=False)
        click.echo(
            table(["request", "CPU ms", "ratio", "p50 ms", "p95 ms"], _rows(bare, ours, requests, length))
        )


def _rows(bare: Node, ours: Node, requests: int, length: int) -> list[list[str]]:
    client = httpx2.Client(timeout=60)
    questions = [json.loads(line)["query"] for line in _QUESTIONS.read_text("utf-8").splitlines()]
    new = itertools.cycle(questions)

    def ask(question: str) -> None:
        client.get(f"{ours.address}/api/v1/answers", params={"q": question}).raise_for_status()

    ask(_ASKED)
    base = _cost(bare, requests * 5, lambda: client.get(bare.address).raise_for_status())
    person = Person(0, [ours.address], random.Random(0), pause=0)
    person.sign_in()
    counts = itertools.count(30)
    where = person.open()
    person.say(where, text=f"change seats for {person.customer}")

    def turn() -> None:
        person.say(where, text=str(next(counts) % 50 + 30))

    rows = [("a bare Flask endpoint", base)]
    rows.append(("a question asked before", _cost(ours, requests, lambda: ask(_ASKED))))
    rows.append(("an unseen question", _cost(ours, min(requests, len(questions)), lambda: ask(next(new)))))
    rows.append((f"a turn in a workflow, after {_SHORT} others", _after(ours, _SHORT, requests, turn)))
    rows.append((f"a turn in a workflow, after {length:,} others", _after(ours, length, requests, turn)))
    return [[name, number(c.cpu), number(c.cpu / base.cpu), number(c.p50), number(c.p95)] for name, c in rows]


def _after(node: Node, turns: int, requests: int, turn: Callable[[], None]) -> Cost:
    for _ in range(turns):
        turn()
    return _cost(node, requests, turn)


def _cost(node: Node, requests: int, act: Callable[[], object]) -> Cost:
    waited = []
    before = _ticks(node)
    for _ in range(requests):
        began = time.perf_counter()
        act()
        waited.append((time.perf_counter() - began) * 1000)
    cpu = (_ticks(node) - before) / _TICKS / requests * 1000
    return Cost(cpu, statistics.median(waited), statistics.quantiles(waited, n=20)[-1])


def _ticks(node: Node) -> int:
    """Return the processor time of a node's workers, user and system, in ticks of the machine's clock."""
    fields = [
        Path(f"/proc/{worker}/stat").read_text().rsplit(") ", 1)[1].split() for worker in node.workers()
    ]
    return sum(int(user) + int(system) for *_, user, system in (line[:13] for line in fields))


if __name__ == "__main__":
    main()
