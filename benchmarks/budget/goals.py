"""Goals and what was measured against them; pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.figures import quantile
from benchmarks.tables import table

_MOST_SHOWN = 40


@dataclass(frozen=True)
class Goal:
    """One line of the budget; ``faults`` says what stands against it, one line each."""

    name: str
    threshold: str
    figure: str
    held: bool
    faults: tuple[str, ...] = ()


def at_most(name: str, limit: float, measured: float, unit: str = "", faults: Sequence[str] = ()) -> Goal:
    """Return a goal that holds up to and with ``limit``; a figure that is no number does not hold."""
    held = not math.isnan(measured) and measured <= limit
    return Goal(
        name, f"{_number(limit)} {unit}".strip(), f"{_number(measured)} {unit}".strip(), held, tuple(faults)
    )


def none_of(name: str, faults: Sequence[str], looked_at: int, what: str) -> Goal:
    """Return a goal that allows no fault at all; having looked at nothing does not hold it."""
    figure = f"{len(faults)} in {looked_at} {what}"
    return Goal(name, "0", figure, not faults and looked_at > 0, tuple(faults))


def slowest(name: str, limit: float, milliseconds: Sequence[float]) -> Goal:
    """Return a goal for the 95th percentile of waits, in milliseconds."""
    return at_most(name, limit, quantile(milliseconds, 0.95) or math.nan, "ms")


def report(goals: Sequence[Goal]) -> str:
    """Return the table of goals, and below it what stands against those that do not hold."""
    rows = [[g.name, g.threshold, g.figure, "held" if g.held else "NOT HELD"] for g in goals]
    lines = [table(["goal", "threshold", "figure", ""], rows)]
    for goal in goals:
        shown = goal.faults[:_MOST_SHOWN]
        lines += [f"{goal.name}: {fault}" for fault in shown]
        if len(goal.faults) > len(shown):
            lines.append(f"{goal.name}: and {len(goal.faults) - len(shown)} more")
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value or 0) else f"{value:,.2f}"
