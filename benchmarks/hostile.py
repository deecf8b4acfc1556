"""``python -m benchmarks.hostile``: what texts that are meant to hurt cost, against a plain question in the same run."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.bases import default_knowledge
from benchmarks.engines.ours import edition_of
from benchmarks.tables import table

_TIMES = 7
_WORDS = "licence seat trial customer renewal partner invoice console".split()

PLAIN = "{n} how many seats may a trial licence of a customer have"

HOSTILE: dict[str, str] = {
    "10 MB of words": "{n} " + " ".join(_WORDS) * (10_000_000 // 60),
    "null bytes": "{n} trial\0seats\0" + "\0" * 5_000,
    "only stop words": "{n} " + "the of and to a in is it that for " * 200,
    "query language": "{n} (question:trial^9 OR answer:*) AND NOT [a TO z] ~5 \"seats\"~10 /.*/ *:* id:'' ; DROP TABLE",
    "5,000 quotes": "{n} trial " + '"' * 5_000,
    "5,000 brackets": "{n} trial " + "(" * 5_000,
    "one word of 500 KB": "{n}" + "licence" * 75_000,
    "2,000 distinct words": "{n} " + " ".join(f"seat{place:x}" for place in range(2_000)),
    "2,000 misspelt words": "{n} " + " ".join(f"licenc{chr(97 + place % 26)}" for place in range(2_000)),
    "emoji": "{n} trial seats " + "\U0001f600\U0001f468‍\U0001f469‍\U0001f467" * 300,
    "combining marks": "{n} seats e" + "́" * 5_000,
}
"""Texts by what they are; ``{n}`` makes each a new one, so that nothing is answered from memory."""


def costs(match: Callable[[str], object], times: int = _TIMES) -> dict[str, float]:
    """Return the milliseconds of each text by name, the plain question first; the median of several."""
    texts = {"a plain question": PLAIN, **HOSTILE}
    match(PLAIN.replace("{n}", "first"))
    return {name: _median(match, text, times) for name, text in texts.items()}


@click.command()
def main() -> None:
    """Ask the default knowledge hostile texts and print what each costs."""
    with TemporaryDirectory() as folder:
        edition = edition_of(default_knowledge(), Path(folder))
        measured = costs(edition.match)
    plain = measured["a plain question"]
    rows = [[name, f"{spent:.2f}", f"{spent / plain:.1f}"] for name, spent in measured.items()]
    click.echo(table(["text", "ms", "of a plain question"], rows))


def _median(match: Callable[[str], object], text: str, times: int) -> float:
    return statistics.median(_milliseconds(match, text.replace("{n}", f"no{n}")) for n in range(times))


def _milliseconds(match: Callable[[str], object], text: str) -> float:
    started = time.perf_counter()
    match(text)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
