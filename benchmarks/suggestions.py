"""``python -m benchmarks.suggestions``: what one key press costs, with few entries and with many."""

import statistics
import time
from collections.abc import Iterator, Sequence

import click

from assistant.domain.entries import Audience, Entry
from assistant.knowledge.matching.words import shipped_lexicon
from assistant.knowledge.suggesting import Typeahead
from benchmarks.bases import default_knowledge
from benchmarks.generated import entries_of
from benchmarks.tables import table

_TYPED = 40
_SIZES = "1000,10000"


def keystrokes(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield what stands in the field after each key: some questions as they are, and with two letters swapped."""
    step = max(1, len(entries) // _TYPED)
    for entry in entries[::step][:_TYPED]:
        question = entry.question
        middle = len(question) // 2
        swapped = (
            question[:middle] + question[middle + 1 : middle + 2] + question[middle] + question[middle + 2 :]
        )
        for text in (question, swapped):
            yield from (text[:length] for length in range(1, len(text) + 1))


def row(name: str, entries: Sequence[Entry]) -> list[str]:
    """Return what was measured with some entries: milliseconds to sort them, and of a key press."""
    started = time.perf_counter()
    typeahead = Typeahead(entries, shipped_lexicon())
    sorting = _milliseconds(started)
    spent = []
    for text in keystrokes(entries):
        started = time.perf_counter()
        typeahead.find(text, Audience.PARTNER)
        spent.append(_milliseconds(started))
    cuts = statistics.quantiles(spent, n=100)
    figures = (statistics.median(spent), cuts[94], cuts[98], max(spent))
    return [name, str(len(spent)), f"{sorting:.0f}", *(f"{figure:.2f}" for figure in figures)]


@click.command()
@click.option("--sizes", default=_SIZES, help="How many generated entries, separated by commas.")
def main(sizes: str) -> None:
    """Type questions of the default knowledge and of generated entries, and print what the keys cost."""
    rows = [row("default", default_knowledge())]
    rows += [row(f"{int(size):,}", entries_of(int(size))) for size in sizes.split(",")]
    click.echo(table(["entries", "keys", "sorting ms", "p50 ms", "p95 ms", "p99 ms", "worst ms"], rows))


def _milliseconds(started: float) -> float:
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
