"""Printing what was measured as one table, or as JSON."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from benchmarks.measuring import Measured

_ABSENT = "-"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown, its columns padded so that it can be read as it is."""
    cells = [list(headings), *(list(row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def engines_table(measured: Sequence[Measured]) -> str:
    """Return one line for each engine: how well it finds and abstains, how long it takes, what it needs."""
    headings = ["engine", "hit@1", "hit@3", "MRR", "AUROC", "right at 95 %"]
    headings += ["p50 ms", "p95 ms", "build s", "open s", "memory MiB"]
    problems = [f"{m.engine}: {m.problem}" for m in measured if m.problem]
    return "\n".join([table(headings, [_row(m, len(headings)) for m in measured]), *problems])


def as_json(measured: Sequence[Measured]) -> list[dict[str, Any]]:
    """Return what was measured as it is written in JSON."""
    return [dataclasses.asdict(m) for m in measured]


def percent(share: float | None) -> str:
    """Return a share from 0 to 1 in per cent."""
    return _ABSENT if share is None else f"{share * 100:.1f}"


def number(value: float | None) -> str:
    """Return a figure with the digits that mean something."""
    if value is None:
        return _ABSENT
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}"  # noqa: PLR2004 - three digits


def _row(measured: Measured, columns: int) -> list[str]:
    found = measured.figures
    if found is None:
        return [measured.engine, *[_ABSENT] * (columns - 1)]
    shares = [found.hit1, found.hit3, found.mrr, found.auroc, found.right_at_95]
    costs = [found.p50_ms, found.p95_ms, measured.build_s, measured.open_s, measured.memory_mib]
    return [measured.engine, *map(percent, shares), *map(number, costs)]
