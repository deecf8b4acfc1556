"""Kill servers under people at work, then count: `python -m benchmarks.kills --kills 1000 [--postgresql]`.

Prints what was acknowledged beside what the database holds. Lost, double and untrue must be 0; the exit status says so.
"""

import random
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import click

from benchmarks.installations import SEATS, environment_of, load_world, run_command
from benchmarks.kills.killing import Killer
from benchmarks.kills.people import Person, Told
from benchmarks.nodes import Node
from benchmarks.servers import postgresql
from benchmarks.tables import table

_MOST_PEOPLE = 250


@click.command()
@click.option("--kills", default=1000, show_default=True, type=click.IntRange(1))
@click.option("--people", default=24, show_default=True, type=click.IntRange(1, _MOST_PEOPLE))
@click.option("--nodes", default=2, show_default=True, type=click.IntRange(1, 8))
@click.option(
    "--minutes", default=600, show_default=True, type=click.FloatRange(0.1), help="Stop after so long."
)
@click.option("--postgresql", "on_server", is_flag=True, help="On a PostgreSQL of its own; else on SQLite.")
@click.option("--database-too", is_flag=True, help="Kill PostgreSQL as well, one time in ten.")
@click.option("--seed", default=1, show_default=True, type=int)
def main(
    kills: int, people: int, nodes: int, minutes: float, *, on_server: bool, database_too: bool, seed: int
) -> None:
    """Run the campaign and print its reckoning."""
    with TemporaryDirectory(prefix="kills-") as folder, ExitStack() as stack:
        server = stack.enter_context(postgresql()) if on_server or database_too else None
        environment = environment_of(Path(folder), server.address if server else None)
        load_world(Path(folder), environment, people)
        running = [Node(environment, Path(folder) / f"node{n}.log") for n in range(nodes)]
        for node in running:
            node.start()
            stack.callback(node.kill, worker_only=False)
        crowd = [
            Person(n, [node.address for node in running], random.Random(seed * 1000 + n))
            for n in range(people)
        ]
        killer = Killer(running, kills, minutes, random.Random(seed), server if database_too else None)
        _work(crowd, killer)
        for node in running:
            node.revive()
        rows, faults = _reckoning(crowd, killer)
        faults += _checked(environment)
    click.echo(table(["what", "number"], rows))
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(1 if faults else 0)


def _work(crowd: list[Person], killer: Killer) -> None:
    """Let everybody work until the last kill; what was begun then is finished."""

    def at_work(person: Person) -> None:
        try:
            person.sign_in()
            while not person.told.conversations or not killer.over.is_set():
                person.converse()
        except RuntimeError as error:
            person.told.wrong.append(f"{person.username}: {error}")

    threads = [Thread(target=at_work, args=(person,), daemon=True) for person in crowd]
    for thread in (*threads, killer):
        thread.start()
    for thread in (*threads, killer):
        thread.join()


def _reckoning(crowd: list[Person], killer: Killer) -> tuple[list[list[str]], list[str]]:
    told = [person.told for person in crowd]
    faults = [wrong for one in told for wrong in one.wrong]
    lost = double = 0
    # who never got in has told so already
    for person in (person for person in crowd if person.signed_in):
        subscriptions = person.found()["subscriptions"]
        trials = [item for item in subscriptions if item["trial"]]
        licences = sum(len(item["licences"]) for item in trials)
        seats = next(item["seats"] for item in subscriptions if not item["trial"]) - SEATS
        for made, acknowledged, what in (
            (licences, len(person.told.trials), "licences of trials"),
            (seats, len(person.told.seats), "seats more"),
        ):
            lost += max(acknowledged - made, 0)
            double += max(made - acknowledged, 0)
            if made != acknowledged:
                faults.append(f"{person.customer}: {made} {what}, {acknowledged} receipts")
    references = [reference for one in told for reference in (*one.trials, *one.seats)]
    if len(references) != len(set(references)):
        faults.append("two changes have one reference")
    return _rows(told, killer, lost, double, len(faults)), faults


def _rows(told: list[Told], killer: Killer, lost: int, double: int, faults: int) -> list[list[str]]:
    total: Callable[[str], int] = lambda name: sum(getattr(one, name) for one in told)  # noqa: E731
    counted = {
        "kills": killer.done,
        "of them of the database's server": killer.of_database,
        "conversations": total("conversations"),
        "changes acknowledged": total("receipts"),
        "requests sent again": total("retries"),
        "times the outcome was unknown, and settled": total("unknown"),
        "acknowledged changes lost": lost,
        "changes made without or beyond a receipt": double,
        "untrue, unclear or failed": faults,
    }
    return [[name, f"{value:,}"] for name, value in counted.items()]


def _checked(environment: Mapping[str, str]) -> list[str]:
    """Return what the installation's own checks find."""
    checks = (("licensing", "verify-audit"), ("db", "check"), ("policy", "check"))
    return [problem for check in checks if (problem := run_command(environment, *check, must=False))]


if __name__ == "__main__":
    main()
