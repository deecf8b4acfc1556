"""A chart of a month: where its lines and words go, in units of the drawing; how it looks is the style sheet's."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.domain.bands import Band

WIDTH, HEIGHT = 640, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 84, 16, 28
_ROOM = 1.15
"""How much higher than its highest value a drawing reaches."""
_WEEK = 7
_LINE = 13


@dataclass(frozen=True)
class Mark:
    """A line at a height, or a day along the bottom, with what stands beside it."""

    at: float
    text: str


@dataclass(frozen=True)
class MonthChart:
    """The drawing: steps of the days as a path, their area, the edges of bands, what is billed, and the days along the bottom."""

    line: str
    area: str
    edges: tuple[Mark, ...]
    billed: Mark
    days: tuple[Mark, ...]
    heights: tuple[Mark, ...]
    today: float | None
    left: float = _LEFT
    right: float = WIDTH - _RIGHT
    bottom: float = HEIGHT - _BOTTOM
    top: float = _TOP


def month_chart(
    days: Sequence[int],
    billed: int,
    bands: Sequence[Band],
    number: Callable[[int], str],
    today: int | None = None,
) -> MonthChart:
    """Lay out a month.

    ``days`` are the seats at the end of each, ``today`` the day of the month that it is; ``number`` writes seats as people do.
    """
    highest = max(*days, billed, 1) * _ROOM
    width = (WIDTH - _LEFT - _RIGHT) / len(days)

    def height(seats: float) -> float:
        return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * seats / highest, 1)

    line = "".join(_step(number, height(seats), width) for number, seats in enumerate(days))
    bottom, right = HEIGHT - _BOTTOM, WIDTH - _RIGHT
    return MonthChart(
        line=f"M{line[1:]}",
        area=f"M{_LEFT},{bottom}{line}L{right},{bottom}Z",
        edges=_apart(Mark(height(b.minimum), b.label) for b in reversed(bands) if 1 < b.minimum <= highest),
        billed=Mark(height(billed), number(billed)),
        days=tuple(
            Mark(round(_LEFT + width * (day - 0.5), 1), str(day)) for day in range(1, len(days) + 1, _WEEK)
        ),
        heights=(Mark(height(0), "0"), Mark(height(max(days)), number(max(days)))),
        today=round(_LEFT + width * today, 1) if today else None,
    )


def _apart(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Leave out marks whose words would lie on those of one above; the highest come first."""
    kept: list[Mark] = []
    for mark in marks:
        if not kept or mark.at - kept[-1].at >= _LINE:
            kept.append(mark)
    return tuple(kept)


def _step(number: int, height: float, width: float) -> str:
    return f"L{_LEFT + width * number:.1f},{height}L{_LEFT + width * (number + 1):.1f},{height}"
