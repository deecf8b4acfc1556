"""What growth costs: generated knowledge of several sizes, built, opened, asked and changed."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from assistant.domain.entries import Entry
from assistant.knowledge.catalogue import publication_hash
from assistant.knowledge.editions import Edition
from benchmarks.engines.ours import opened_edition
from benchmarks.figures import Figures
from benchmarks.generated import changed, entries_of, questions_on
from benchmarks.measuring import Measured, in_own_process, measure
from benchmarks.tables import number, percent, table

_LARGEST_COMPARED = 10_000
_COMPARED = ("whoosh", "fts5", "bm25s")
_HEADINGS = ["entries", "engine", "build s", "open s", "p50 ms", "p95 ms", "memory MiB", "hit@1", "AUROC"]


def scale_table(sizes: Sequence[int], names: Sequence[str], root: Path | None = None) -> str:
    """Return the table of all sizes; other engines take part up to 10,000 entries. Tells on stderr where it is.

    With a root, files go to a folder of it for each size and stay: another run then finds the vectors of all texts.
    """
    rows, changes = [], []
    for size in sizes:
        entries, questions = entries_of(size), questions_on(size)
        compared = [name for name in _COMPARED if name in names and size <= _LARGEST_COMPARED]
        with TemporaryDirectory() as made:
            folder = (root or Path(made)) / str(size)
            folder.mkdir(parents=True, exist_ok=True)
            if "ours" in names:
                click.echo(f"{size} entries: ours ...", err=True)
                rows.append([str(size), *_row(measure("ours", entries, questions, folder))])
                click.echo(f"{size} entries: a change ...", err=True)
                changes.append([str(size), number(in_own_process(seconds_until_found, entries, folder))])
        for name in compared:
            click.echo(f"{size} entries: {name} ...", err=True)
            rows.append([str(size), *_row(measure(name, entries, questions))])
    change = table(["entries", "a changed entry is found after s"], changes) if changes else ""
    return "\n\n".join(filter(None, [table(_HEADINGS, rows), change]))


def seconds_until_found(
    entries: Sequence[Entry],
    folder: Path,
    opened: Callable[[str, Sequence[Entry], Path], Edition] = opened_edition,
) -> float | None:
    """Return how long it takes from a publication to an answer by the new words of its one changed entry.

    In a process that serves the publication before it. None when the new words do not lead to the entry.
    """
    opened(publication_hash(entries), entries, folder).match("a first question")
    newer = changed(entries[len(entries) // 2])
    after = [*(e for e in entries if e.id != newer.id), newer]
    name = publication_hash(after)
    started = time.perf_counter()
    found = opened(name, after, folder).match("where is the quillwort form")
    spent = time.perf_counter() - started
    return spent if found.chosen and found.chosen[0].entry.id == newer.id else None


def _row(measured: Measured) -> list[str]:
    found = measured.figures or Figures(*[None] * 7)
    costs = [measured.build_s, measured.open_s, found.p50_ms, found.p95_ms, measured.memory_mib]
    return [
        measured.problem or measured.engine,
        *map(number, costs),
        percent(found.hit1),
        percent(found.auroc),
    ]
