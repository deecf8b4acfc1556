"""Measure the web's budgets and print them: `python -m benchmarks.budget`, with the tests' folder on the path.

Exit status 1 if a goal is not held.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.budget.goals import Goal, none_of, report
from benchmarks.budget.site import Site, open_site
from benchmarks.budget.waits import waits
from benchmarks.budget.weights import weights

PARTS: dict[str, Callable[[Site], Iterator[Goal]]] = {
    "weights": weights,
    "waits": waits,
}


@click.command()
@click.option(
    "--part", "parts", multiple=True, type=click.Choice(list(PARTS)), help="Measure this part only."
)
def main(parts: tuple[str, ...]) -> None:
    """Measure the budgets of weight and waiting in a browser and print which are held."""
    with TemporaryDirectory(prefix="budget-") as folder, open_site(Path(folder)) as site:
        goals = [goal for name in parts or PARTS for goal in PARTS[name](site)]
        goals.append(
            none_of(
                "script errors, policy violations, foreign requests", site.problems, site.opened, "contexts"
            )
        )
    click.echo(report(goals))
    sys.exit(not all(goal.held for goal in goals))


if __name__ == "__main__":
    main()
