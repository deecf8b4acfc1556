"""How long a list of 10,000 changes takes: keeping it, its preview, its confirmation, and making it to the end, on SQLite.

Run: python benchmarks/batches.py [ROWS]
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import click

from assistant.domain.change_many import ChangeMany
from support.batches import finished, more_seats
from support.licensing import Backend

WORLD = """
partners:
  Northwind:
    customers:
      Contoso: {{subscriptions: [{{plan: WF Services Monthly Rolling, seats: 25, start: 2025-04-01}}]}}
    fill: {{customers: {customers}, seats: {seats}}}
  Southridge: {{customers: {{Woodgrove: {{}}}}}}
"""


def timed(what: str, act: Callable[[], Any]) -> Any:
    """Do something, print how many seconds of processor time it took, and return what came of it."""
    begun = time.process_time()
    result = act()
    click.echo(f"{what:>12}  {time.process_time() - begun:8.2f} s")
    return result


def main(rows: int) -> None:
    """Measure a list of so many rows."""
    with TemporaryDirectory() as folder:
        world = WORLD.format(customers=rows - 1, seats=(rows - 1) * 10)
        backend = Backend(Path(folder) / "list.sqlite3", world)
        changes, user = more_seats(backend), backend.user()
        batch_id = timed("keep", lambda: backend.licensing.prepare(user, changes))
        capsule = timed("preview", lambda: backend.confirm(ChangeMany(batch_id), task_id=batch_id))
        timed("preview anew", lambda: backend.licensing.preview(user, ChangeMany(batch_id)))
        timed("confirm", lambda: backend.execute(capsule))
        view = timed("make", lambda: finished(backend, batch_id))
        click.echo(f"{view.done:,} made, {view.left:,} left out")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
