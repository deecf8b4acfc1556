"""The checks of a step: each looks at one reply and says what does not hold."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from assistant.conversation.scripts.model import Failure, Seen, Step
from assistant.conversation.scripts.texts import (
    answers,
    heading,
    headings_cited,
    option_labels,
    plain,
    visible_text,
)

NONE = "none"
"""What a script writes for nothing: no task, nothing asked, nothing declined."""
_Unmet = tuple[Any, Any]
_Check = Callable[[Any, Seen], Iterable[_Unmet]]
"""Returns what was expected and what is there instead, for each thing that does not hold."""


def failures(step: Step, seen: Seen) -> tuple[Failure, ...]:
    """Return what the reply lacks of the checks of a step, one failure for each thing."""
    return tuple(
        Failure(step.number, name, wanted, found)
        for name, expected in step.checks.items()
        for wanted, found in _CHECKS[name](expected, seen)
    )


def _cite(expected: list[str], seen: Seen) -> Iterator[_Unmet]:
    cited = headings_cited(seen.turn)
    known = {heading(each) for each in cited}
    yield from ((wanted, cited) for wanted in expected if heading(wanted) not in known)


def _quote(expected: list[str], seen: Seen) -> Iterator[_Unmet]:
    shown = [plain(block["text"]) for block in answers(seen.turn)]
    for wanted in expected:
        if not any(plain(wanted) in text for text in shown):
            yield wanted, _closest(plain(wanted), shown)


def _closest(wanted: str, shown: list[str]) -> str | None:
    """Return the part of the shown texts that is most like the wanted one."""
    best, text = max(
        ((SequenceMatcher(None, wanted, text, autojunk=False).find_longest_match(), text) for text in shown),
        key=lambda found: found[0].size,
        default=(None, ""),
    )
    if best is None or not best.size:
        return None
    begins = max(0, best.b - best.a)
    return text[begins : begins + len(wanted)]


def _points(expected: list[str], seen: Seen) -> Iterator[_Unmet]:
    shown = [plain(point["text"]) for block in answers(seen.turn) for point in block["passages"]]
    if any(not any(plain(part) in text for text in shown) for part in expected) or len(shown) != len(
        expected
    ):
        yield expected, shown


def _has(expected: list[str], seen: Seen) -> Iterator[_Unmet]:
    text = visible_text(seen.turn).casefold()
    yield from ((part, None) for part in expected if part.casefold() not in text)


def _hasnt(expected: list[str], seen: Seen) -> Iterator[_Unmet]:
    shown = visible_text(seen.turn).splitlines()
    for part in expected:
        lines = [line for line in shown if part.casefold() in line.casefold()]
        if lines or part.casefold() in "\n".join(shown).casefold():
            yield part, lines or part


def _ask(expected: str, seen: Seen) -> Iterator[_Unmet]:
    kinds = {"choices": "choice", "step_up": "code"}
    blocks = seen.turn["blocks"]
    last = blocks[-1] if blocks else {"type": NONE}
    asked = last["slot"] if last["type"] == "prompt" else kinds.get(last["type"], NONE)
    if asked != expected:
        yield expected, asked


def _choices(expected: list[str], seen: Seen) -> Iterator[_Unmet]:
    labels = option_labels(seen.turn)
    yield from ((wanted, labels) for wanted in expected if wanted not in labels)


def _abstain(expected: str, seen: Seen) -> Iterator[_Unmet]:
    found = seen.turn["abstain"] or NONE
    if found != expected:
        yield expected, found


def _task(expected: str, seen: Seen) -> Iterator[_Unmet]:
    task = seen.turn["task"]
    found = f"{task['flow']}/{task['phase']}" if task else NONE
    if found != expected:
        yield expected, found


def _slots(expected: Mapping[str, Any], seen: Seen) -> Iterator[_Unmet]:
    task = seen.turn["task"]
    yield from _differing(expected, task["slots"] if task else {})


def _preview(expected: Mapping[str, Any], seen: Seen) -> Iterator[_Unmet]:
    task = seen.turn["task"]
    yield from _differing(expected, (task["preview"] if task else None) or {})


def _writes(expected: int, seen: Seen) -> Iterator[_Unmet]:
    if seen.turn["writes"] != expected:
        yield expected, seen.turn["writes"]


def _write(expected: Mapping[str, Any], seen: Seen) -> Iterator[_Unmet]:
    yield from _differing(expected, seen.last_write)


def _any_of(expected: list[Mapping[str, Any]], seen: Seen) -> Iterator[_Unmet]:
    unmet = [
        {name: [found for _, found in _CHECKS[name](value, seen)] for name, value in checks.items()}
        for checks in expected
    ]
    if all(any(checks.values()) for checks in unmet):
        yield expected, [{name: found for name, found in checks.items() if found} for checks in unmet]


def _note(_expected: Any, _seen: Seen) -> Iterator[_Unmet]:
    return iter(())


def _differing(expected: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[_Unmet]:
    """Compare by the names that are expected; a number and its digits are the same."""
    differing = [name for name, value in expected.items() if str(found.get(name)) != str(value)]
    if differing:
        yield {name: expected[name] for name in differing}, {name: found.get(name) for name in differing}


_CHECKS: dict[str, _Check] = {
    "cite": _cite,
    "quote": _quote,
    "points": _points,
    "has": _has,
    "hasnt": _hasnt,
    "ask": _ask,
    "choices": _choices,
    "abstain": _abstain,
    "task": _task,
    "slots": _slots,
    "preview": _preview,
    "writes": _writes,
    "write": _write,
    "any_of": _any_of,
    "note": _note,
}
CHECKS = tuple(_CHECKS)
"""The names of all checks."""
