"""How the desk is doing, in numbers of a period: of questions and of guided workflows; never of persons or partners."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from assistant.domain.entries import AnswerKind
from assistant.domain.errors import InvalidInput

LONGEST_PERIOD = 731
"""The most days of a period."""
TOO_FEW = 20
"""Below so many events a share says nothing."""
CHOSEN = "chosen"
"""The figure of candidates that were picked after a question back."""
_DAYS_OF_BARS = 31
_WEEK = 7
_MOST_BARS = 60

WITHIN_MS = (5, 10, 25, 50, 100, 250, 500, 1_000, 2_500)
"""Times to an answer are counted by the first of these milliseconds that they do not pass."""
_SLOWER = "slower"


@dataclass(frozen=True)
class Period:
    """Whole days in UTC, both included. Raises InvalidInput when there are none, or more than two years of them."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidInput("to", "must not be before the first day")
        if self.days > LONGEST_PERIOD:
            raise InvalidInput("from", f"must be at most {LONGEST_PERIOD} days before the last day")

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def last_days(today: date, days: int) -> Period:
    """Return the period of so many days that ends today."""
    return Period(today - timedelta(days=days - 1), today)


def speed_figure(seconds: float) -> str:
    """Return the figure that a time to an answer is counted under."""
    within = next((limit for limit in WITHIN_MS if seconds * 1_000 <= limit), None)
    return f"ms_{within or _SLOWER}"


@dataclass(frozen=True)
class DayCount:
    """How often something happened on a day: ``figure`` is a kind of answer, ``chosen``, or a time to an answer."""

    day: date
    figure: str
    count: int


@dataclass(frozen=True)
class Bar:
    """The questions of some days in a row, from the first to the last: all, and those without an answer."""

    first: date
    last: date
    asked: int
    unanswered: int


@dataclass(frozen=True)
class QuestionFigures:
    """Questions of a period by what became of them; ``median_ms`` is a bound of the middle time to an answer.

    ``median_ms`` is None without any question, and infinite beyond the slowest bound.
    """

    kinds: Mapping[AnswerKind, int]
    chosen: int
    median_ms: float | None
    bars: tuple[Bar, ...]

    @property
    def asked(self) -> int:
        """All questions."""
        return sum(self.kinds.values())


def question_figures(counts: Sequence[DayCount], period: Period) -> QuestionFigures:
    """Sum up what was counted on the days of a period."""
    totals: Counter[str] = Counter()
    for counted in counts:
        totals[counted.figure] += counted.count
    kinds = {kind: totals[kind.value] for kind in AnswerKind}
    return QuestionFigures(kinds, totals[CHOSEN], _median(totals), _bars(counts, period))


def _median(totals: Mapping[str, int]) -> float | None:
    bounds = [*((f"ms_{limit}", float(limit)) for limit in WITHIN_MS), (f"ms_{_SLOWER}", math.inf)]
    half = (sum(totals.get(name, 0) for name, _ in bounds) + 1) // 2
    passed = 0
    for name, bound in bounds:
        passed += totals.get(name, 0)
        if half and passed >= half:
            return bound
    return None


def _bars(counts: Iterable[DayCount], period: Period) -> tuple[Bar, ...]:
    width = 1 if period.days <= _DAYS_OF_BARS else max(_WEEK, math.ceil(period.days / _MOST_BARS))
    asked: Counter[int] = Counter()
    unanswered: Counter[int] = Counter()
    for counted in counts:
        at = (counted.day - period.first).days // width
        if counted.figure in set(AnswerKind):
            asked[at] += counted.count
        if counted.figure == AnswerKind.NONE:
            unanswered[at] += counted.count
    return tuple(
        Bar(
            period.first + timedelta(days=at * width),
            min(period.first + timedelta(days=(at + 1) * width - 1), period.last),
            asked[at],
            unanswered[at],
        )
        for at in range(math.ceil(period.days / width))
    )


class Ending(StrEnum):
    """How a workflow that was started stands: ``left`` is neither finished nor settled otherwise."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    HANDED_OVER = "handed_over"
    LEFT = "left"


CHECK_STEP, CODE_STEP = "check", "code"
"""The steps after the last question of a workflow: its check page, and the code."""

_ENDINGS = {
    "done": Ending.CONFIRMED,
    "refused": Ending.REFUSED,
    "committing": Ending.UNKNOWN,
    "unknown": Ending.UNKNOWN,
    "handoff": Ending.HANDED_OVER,
}


@dataclass(frozen=True)
class TaskCount:
    """How many tasks of a workflow stand in a phase; ``step`` is what was asked last, ``checked`` whether a check page was seen."""

    flow: str
    phase: str
    step: str
    checked: bool
    count: int


@dataclass(frozen=True)
class FlowFigures:
    """The tasks of one workflow that were started in a period; ``left`` by the step they were left at, most first."""

    flow: str
    started: int
    checked: int
    endings: Mapping[Ending, int]
    left: tuple[tuple[str, int], ...]


def flow_figures(counts: Iterable[TaskCount]) -> tuple[FlowFigures, ...]:
    """Sum up tasks by workflow, the most started first."""
    by_flow: dict[str, list[TaskCount]] = {}
    for counted in counts:
        by_flow.setdefault(counted.flow, []).append(counted)
    figures = [_flow(flow, counted) for flow, counted in by_flow.items()]
    return tuple(sorted(figures, key=lambda f: (-f.started, f.flow)))


def _flow(flow: str, counts: Sequence[TaskCount]) -> FlowFigures:
    endings: Counter[Ending] = Counter()
    left: Counter[str] = Counter()
    for counted in counts:
        ending = _ENDINGS.get(counted.phase, Ending.LEFT)
        endings[ending] += counted.count
        if ending is Ending.LEFT:
            left[counted.step] += counted.count
    return FlowFigures(
        flow,
        started=sum(counted.count for counted in counts),
        checked=sum(counted.count for counted in counts if counted.checked),
        endings={ending: endings[ending] for ending in Ending},
        left=tuple(sorted(left.items(), key=lambda item: (-item[1], item[0]))),
    )
