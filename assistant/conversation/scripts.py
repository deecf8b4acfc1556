"""Conversation scripts: reading them, and checking one reply against what a script expects. Running them is elsewhere."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from assistant.domain.errors import InvalidInput
from assistant.ports.conversations import Block, Turn

_SCRIPT_KEYS = frozenset({"id", "title", "tags", "as", "world", "turns"})
_LISTS = frozenset({"cite", "quote", "points", "has", "hasnt", "choices"})
_MAPPINGS = frozenset({"slots", "preview", "write"})
_EVENTS = frozenset({"backend", "advance", "fault", "redeliver", "sign_in", "device", "open_as", "restart"})


@dataclass(frozen=True)
class Step:
    """One step of a script: what the user says or what happens, and what the reply is checked for."""

    number: int
    says: str | None
    event: Mapping[str, Any]
    checks: Mapping[str, Any]


@dataclass(frozen=True)
class Script:
    """One conversation: who has it, in which world, and its steps."""

    id: str
    title: str
    user: str | None
    world: str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Failure:
    """A check that did not hold; ``turn`` counts from 1."""

    turn: int
    check: str
    expected: Any
    found: Any

    def sentence(self) -> str:
        """Return the failure for people."""
        return f"turn {self.turn}: {self.check}: expected {self.expected!r}, found {self.found!r}"


@dataclass(frozen=True)
class Seen:
    """What the checks look at: the reply, and the last change the backend made (op, customer and values)."""

    turn: Turn
    last_write: Mapping[str, Any] = field(default_factory=dict)


def read_scripts(text: str) -> tuple[Script, ...]:
    """Read the documents of a script file. Raises InvalidInput naming document, step and what is allowed."""
    try:
        documents = [d for d in yaml.safe_load_all(text) if d is not None]
    except yaml.YAMLError as error:
        raise InvalidInput("file", f"is not YAML: {str(error).splitlines()[0]}") from error
    if not documents:
        raise InvalidInput("file", "holds no conversation")
    return tuple(_script(document, number) for number, document in enumerate(documents, start=1))


def failures(step: Step, seen: Seen) -> tuple[Failure, ...]:
    """Return the checks of a step that the reply does not pass."""
    return tuple(
        Failure(step.number, name, expected, found)
        for name, expected in step.checks.items()
        for found in _CHECKS[name](expected, seen)
    )


def visible_text(turn: Turn) -> str:
    """Return everything the reply shows, as one text."""
    return "\n".join(_texts(turn["blocks"]))


def plain(text: str) -> str:
    """Return policy text without bold marks and with single spaces, in which form quotes are compared."""
    return re.sub(r"\s+", " ", text.replace("**", "")).strip()


def _script(document: Any, number: int) -> Script:
    if not isinstance(document, dict):
        raise InvalidInput(f"document {number}", "must be a mapping with id and turns")
    where = str(document.get("id", f"document {number}"))
    unknown = sorted(set(document) - _SCRIPT_KEYS)
    if unknown:
        raise InvalidInput(
            f"{where}.{unknown[0]}", "is unknown; known are " + ", ".join(sorted(_SCRIPT_KEYS))
        )
    turns = document.get("turns")
    if not isinstance(turns, list) or not turns:
        raise InvalidInput(f"{where}.turns", "must be a list of at least one turn")
    return Script(
        id=where,
        title=str(document.get("title", "")),
        user=document.get("as"),
        world=document.get("world"),
        steps=tuple(_step(turn, n, f"{where}.turns[{n}]") for n, turn in enumerate(turns, start=1)),
    )


def _step(turn: Any, number: int, where: str) -> Step:
    if not isinstance(turn, dict) or ("u" in turn) == ("do" in turn):
        raise InvalidInput(where, "must be a mapping with either u or do")
    checks = _checks({k: v for k, v in turn.items() if k not in {"u", "do"}}, where)
    event = turn.get("do") or {}
    if not isinstance(event, dict) or not set(event) <= _EVENTS:
        raise InvalidInput(f"{where}.do", "must be one of " + ", ".join(sorted(_EVENTS)))
    says = turn.get("u")
    return Step(number, None if says is None else str(says), event, checks)


def _checks(given: Mapping[str, Any], where: str) -> dict[str, Any]:
    """Return the checks of a step; one text where several can stand is a list of one."""
    checks: dict[str, Any] = {}
    for name, expected in given.items():
        if name not in _CHECKS:
            raise InvalidInput(f"{where}.{name}", "is no check; known are " + ", ".join(sorted(_CHECKS)))
        if name in _LISTS:
            checks[name] = _texts_of(expected, f"{where}.{name}")
        elif name == "writes" and not isinstance(expected, int):
            raise InvalidInput(f"{where}.writes", "must be a number")
        elif name in _MAPPINGS and not isinstance(expected, dict):
            raise InvalidInput(f"{where}.{name}", "must be a mapping of names to values")
        elif name == "any_of":
            checks[name] = _alternatives(expected, f"{where}.any_of")
        else:
            checks[name] = expected
    return checks


def _texts_of(expected: Any, where: str) -> list[str]:
    texts = expected if isinstance(expected, list) else [expected]
    if not texts or not all(isinstance(text, str | int) for text in texts):
        raise InvalidInput(where, "must be a text or a list of texts")
    return [str(text) for text in texts]


def _alternatives(expected: Any, where: str) -> list[dict[str, Any]]:
    if not isinstance(expected, list) or not all(isinstance(checks, dict) and checks for checks in expected):
        raise InvalidInput(where, "must be a list of check sets")
    return [_checks(checks, f"{where}[{n}]") for n, checks in enumerate(expected, start=1)]


_Check = Callable[[Any, Seen], Iterable[Any]]
"""Returns what was found instead, once for each thing that does not hold."""


def _cite(expected: list[str], seen: Seen) -> Iterator[Any]:
    cited = [block["source"]["heading"] for block in _answers(seen)]
    if any(_heading(heading) not in [_heading(c) for c in cited] for heading in expected):
        yield cited


def _quote(expected: list[str], seen: Seen) -> Iterator[Any]:
    shown = [plain(block["text"]) for block in _answers(seen)]
    if any(not any(plain(quote) in text for text in shown) for quote in expected):
        yield shown


def _points(expected: list[str], seen: Seen) -> Iterator[Any]:
    shown = [plain(p["text"]) for block in _answers(seen) for p in block["passages"]]
    if any(not any(plain(part) in text for text in shown) for part in expected) or len(shown) != len(
        expected
    ):
        yield shown


def _has(expected: list[str], seen: Seen) -> Iterator[Any]:
    text = visible_text(seen.turn)
    if any(part.casefold() not in text.casefold() for part in expected):
        yield text


def _hasnt(expected: list[str], seen: Seen) -> Iterator[Any]:
    text = visible_text(seen.turn)
    if any(part.casefold() in text.casefold() for part in expected):
        yield text


def _ask(expected: str, seen: Seen) -> Iterator[Any]:
    kinds = {"choices": "choice", "step_up": "code"}
    blocks = seen.turn["blocks"]
    last = blocks[-1] if blocks else {}
    asked = kinds.get(last.get("type", ""), last.get("slot") if last.get("type") == "prompt" else None)
    if asked != expected:
        yield asked


def _choices(expected: list[str], seen: Seen) -> Iterator[Any]:
    labels = [o["label"] for b in seen.turn["blocks"] if b["type"] == "choices" for o in b["options"]]
    if any(label not in labels for label in expected):
        yield labels


def _abstain(expected: str, seen: Seen) -> Iterator[Any]:
    if seen.turn["abstain"] != expected:
        yield seen.turn["abstain"]


def _task(expected: str, seen: Seen) -> Iterator[Any]:
    task = seen.turn["task"]
    found = f"{task['flow']}/{task['phase']}" if task else "none"
    if found != expected:
        yield found


def _slots(expected: Mapping[str, Any], seen: Seen) -> Iterator[Any]:
    task = seen.turn["task"]
    yield from _subset(expected, task["slots"] if task else {})


def _preview(expected: Mapping[str, Any], seen: Seen) -> Iterator[Any]:
    task = seen.turn["task"]
    yield from _subset(expected, (task["preview"] if task else None) or {})


def _writes(expected: int, seen: Seen) -> Iterator[Any]:
    if seen.turn["writes"] != expected:
        yield seen.turn["writes"]


def _write(expected: Mapping[str, Any], seen: Seen) -> Iterator[Any]:
    yield from _subset(expected, seen.last_write)


def _any_of(expected: list[Mapping[str, Any]], seen: Seen) -> Iterator[Any]:
    tried = [
        {name: list(_CHECKS[name](value, seen)) for name, value in checks.items()} for checks in expected
    ]
    if all(any(found for found in checks.values()) for checks in tried):
        yield tried


def _note(_expected: Any, _seen: Seen) -> Iterator[Any]:
    return iter(())


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


def _subset(expected: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Any]:
    if any(str(found.get(name)) != str(value) for name, value in expected.items()):
        yield {name: found.get(name) for name in expected}


def _answers(seen: Seen) -> list[Block]:
    return [block for block in seen.turn["blocks"] if block["type"] == "answer"]


def _heading(text: str) -> str:
    return plain(text.replace("*", ""))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in {"type", "html", "why"}:
                yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
