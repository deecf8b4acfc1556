"""Tells how conversation scripts went: a line each, and for what does not hold what was expected, found and seen."""

import json
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from assistant.cli.chat import block_lines
from assistant.conversation.scripts import Failure, Step, plain
from assistant.conversation.wording import read_wording
from assistant.scripting import ScriptResult, StepResult

_MARGIN = "      "


def told(path: Path, result: ScriptResult) -> Iterator[str]:
    """Yield the lines on one script: one when all holds, else also those on every turn that does not go as expected."""
    yield f"{'FAIL' if result.failures else 'ok'}  {result.script.id}  {result.script.title}"
    for step in result.steps:
        if step.failures:
            yield f"{_MARGIN}{path}:{step.step.line}: turn {step.step.number}: {_said(step.step)}"
            yield from (f"{_MARGIN}  {line}" for failure in step.failures for line in _difference(failure))
            yield f"{_MARGIN}  the reply:"
            yield from (f"{_MARGIN}  | {line}" for line in reply_lines(step))


def as_json(path: Path, result: ScriptResult) -> dict[str, Any]:
    """Return the record of one script, with one of each turn in it."""
    return {
        "file": str(path),
        "id": result.script.id,
        "title": result.script.title,
        "ok": not result.failures,
        "failures": [vars(failure) for failure in result.failures],
        "turns": [_step_json(step) for step in result.steps],
    }


def reply_lines(step: StepResult) -> list[str]:
    """Return a reply as the terminal shows it."""
    return [
        line
        for block in step.turn["blocks"]
        for text in block_lines(block, read_wording())
        for line in text.splitlines()
    ]


def _step_json(step: StepResult) -> dict[str, Any]:
    return {
        "turn": step.step.number,
        "line": step.step.line,
        "said": step.step.says,
        "event": dict(step.step.event) or None,
        "ok": not step.failures,
        "failures": [vars(failure) for failure in step.failures],
        "reply": step.turn,
    }


def _said(step: Step) -> str:
    return f'"{step.says}"' if step.says is not None else json.dumps(dict(step.event), ensure_ascii=False)


def _difference(failure: Failure) -> Iterator[str]:
    name, expected, found = failure.check, failure.expected, failure.found
    if name == "has":
        yield f"has: not in the reply: {expected}"
    elif name == "hasnt":
        yield f"hasnt: in the reply: {expected}"
    elif name == "always":
        yield f"always: {found}"
    elif name == "redeliver":
        yield "redeliver: the same message got another reply"
    elif name == "quote" and found is not None:
        yield from _two_lines(name, *_marked(plain(expected).split(), found.split()))
    elif name == "any_of":
        yield "any_of: none of them holds"
        for number, (checks, unmet) in enumerate(zip(expected, found, strict=True), start=1):
            yield from (
                f"  {number}: {check}: expected {checks[check]}, got {unmet[check]}" for check in unmet
            )
    elif isinstance(expected, dict):
        yield from (f"{name}.{key}: expected {value}, got {found[key]}" for key, value in expected.items())
    else:
        yield from _two_lines(name, str(expected), _listed(found))


def _two_lines(name: str, expected: str, got: str) -> Iterator[str]:
    yield f"{name}: expected {expected}"
    yield f"{' ' * len(name)}  got      {got}"


def _listed(found: Any) -> str:
    if isinstance(found, list):
        return "; ".join(map(str, found)) or "nothing"
    return "nothing" if found is None else str(found)


def _marked(expected: list[str], found: list[str]) -> tuple[str, str]:
    """Return both texts with the words that differ in brackets."""
    spans = SequenceMatcher(None, expected, found, autojunk=False).get_opcodes()
    return (
        " ".join(_bracketed(expected[a:b], same=tag == "equal") for tag, a, b, _, _ in spans if a < b),
        " ".join(_bracketed(found[a:b], same=tag == "equal") for tag, _, _, a, b in spans if a < b),
    )


def _bracketed(words: Iterable[str], *, same: bool) -> str:
    text = " ".join(words)
    return text if same else f"[{text}]"
