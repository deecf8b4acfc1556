"""What growth costs: generated knowledge of several sizes, built, opened, asked and changed."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from assistant.domain.entries import Entry
from assistant.knowledge.editions import Edition
from benchmarks.engines.ours import edition_of
from benchmarks.figures import Figures
from benchmarks.generated import changed, entries_of, questions_on
from benchmarks.measuring import Measured, in_own_process, measure
from benchmarks.tables import number, percent, table

_LARGEST_COMPARED = 10_000
_COMPARED = ("whoosh", "fts5", "bm25s")
_HEADINGS = ["entries", "engine", "build s", "open s", "p50 ms", "p95 ms", "memory MiB", "hit@1", "AUROC"]


def scale_table(sizes: Sequence[int], names: Sequence[str]) -> str:
    """Return the table of all sizes; other engines take part up to 10,000 entries. Tells on stderr where it is."""
    rows, changes = [], []
    for size in sizes:
        entries, questions = entries_of(size), questions_on(size)
        compared = [name for name in _COMPARED if name in names and size <= _LARGEST_COMPARED]
        for name in (["ours"] if "ours" in names else []) + compared:
            click.echo(f"{size} entries: {name} ...", err=True)
            rows.append([str(size), *_row(measure(name, entries, questions))])
        if "ours" in names:
            click.echo(f"{size} entries: a change ...", err=True)
            changes.append([str(size), number(in_own_process(seconds_until_found, entries))])
    change = table(["entries", "a changed entry is found after s"], changes) if changes else ""
    return "\n\n".join(filter(None, [table(_HEADINGS, rows), change]))


def seconds_until_found(
    entries: Sequence[Entry], opened: Callable[[Sequence[Entry], Path], Edition] = edition_of
) -> float | None:
    """Return how long it takes from a changed entry to an answer by its new words, in a process that serves already.

    None when the new words do not lead to the entry.
    """
    with TemporaryDirectory() as folder:
        opened(entries, Path(folder)).match("a first question")
        newer = changed(entries[len(entries) // 2])
        started = time.perf_counter()
        edition = opened([*(e for e in entries if e.id != newer.id), newer], Path(folder))
        found = edition.match("where is the quillwort form")
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
