"""``python -m benchmarks.converse``: what playing conversation scripts costs beside sending their messages alone."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import click

from assistant.bootstrap import Application, open_application
from assistant.config import read_settings
from assistant.conversation.scripts import read_scripts
from assistant.conversation.service import ConversationService
from assistant.scripting import Stage
from benchmarks.tables import table


@dataclass
class Spent:
    """Seconds of processor time and how often."""

    seconds: float = 0.0
    times: int = 0

    @property
    def rate(self) -> float:
        """How often a second."""
        return self.times / max(self.seconds, 1e-6)


@contextmanager
def sending() -> Iterator[Spent]:
    """Measure what is spent on messages by the conversations themselves until the block ends."""
    spent, send = Spent(), ConversationService.send

    def measured(*arguments: Any) -> Any:
        began = process_time()
        try:
            return send(*arguments)
        finally:
            spent.seconds += process_time() - began
            spent.times += 1

    ConversationService.send = measured  # type: ignore[method-assign]
    try:
        yield spent
    finally:
        ConversationService.send = send  # type: ignore[method-assign]


def played(application: Application, files: tuple[Path, ...]) -> tuple[Spent, Spent]:
    """Play the scripts of these files once; return what all of it cost and what its messages alone did."""
    scripts = [(file.parent, script) for file in files for script in read_scripts(file.read_text("utf-8"))]
    # what the first question of a process takes is learnt by every process once
    application.knowledge.ask("What is NFR?", recording=False)
    whole = Spent()
    with Stage(application) as stage, sending() as bare:
        began = process_time()
        whole.times = sum(len(stage.run(script, folder).steps) for folder, script in scripts)
        whole.seconds = process_time() - began
    return whole, bare


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def main(files: tuple[Path, ...]) -> None:
    """Play the scripts of FILES... on the default knowledge and print turns a second, and the ratio of both costs."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {"ASSISTANT_DATA_DIR": folder, "ASSISTANT_MODE": "test", "ASSISTANT_SEMANTIC": "false"}
        application = open_application(read_settings({**os.environ, **settings}))
        whole, bare = played(application, files)
        application.database.close()
    each = [(s.seconds / max(s.times, 1), s) for s in (bare, whole)]
    rows = [
        [
            name,
            str(spent.times),
            f"{cost * 1000:.1f}",
            f"{spent.rate:.0f}",
            f"{cost / max(each[0][0], 1e-9):.2f}",
        ]
        for name, (cost, spent) in zip(("messages alone", "scripts"), each, strict=True)
    ]
    click.echo(table(["", "turns", "ms each", "a second", "ratio"], rows))


if __name__ == "__main__":
    main()
