"""What the engine can ask of the world, and the one loop that does it.

The engine's turn is a generator: it yields effects as values and is sent their outcomes (or is thrown the error).
Given the same state, message and outcomes it always does the same, so it can be tested without any adapter.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, TypeVar

from assistant.conversation.events import Event
from assistant.domain.accounts import CodeVerdict
from assistant.domain.actions import Action
from assistant.domain.batches import BatchView
from assistant.domain.bulk import BulkRow
from assistant.domain.entries import Answer
from assistant.domain.errors import AssistantError
from assistant.domain.identifiers import BatchId
from assistant.domain.lookups import Lookup, ResultT
from assistant.domain.quotes import Capsule, Quote, Receipt, StepUp
from assistant.domain.refusals import Refusal
from assistant.domain.what_ifs import Asked

T = TypeVar("T")


@dataclass(frozen=True)
class LookUp:
    """Ask the licensing backend; the outcome is the lookup's result."""

    lookup: Lookup[Any]


@dataclass(frozen=True)
class Preview:
    """Preview an action; the outcome is a Quote or a Refusal."""

    action: Action


@dataclass(frozen=True)
class Ask:
    """Ask the published knowledge; the outcome is an Answer.

    ``near`` are entries to try a follow-up on first, ``previous`` is the whole question that they answered.
    """

    question: str
    near: tuple[str, ...]
    previous: str | None = None


@dataclass(frozen=True)
class ReadEntry:
    """Fetch one published entry, ``picked`` among candidates or to be cited; the outcome is an AnsweredEntry."""

    entry_id: str
    picked: bool = True


@dataclass(frozen=True)
class KnownPlans:
    """Fetch the plans that anybody can name; the outcome is a tuple of PlanChoice."""


@dataclass(frozen=True)
class Reckon:
    """Reckon a what-if; the outcome is a WhatIfView."""

    asked: Asked


@dataclass(frozen=True)
class Checkpoint:
    """Make these events durable before going on, as the next effect cannot be taken back."""

    events: tuple[Event, ...]


@dataclass(frozen=True)
class CheckCode:
    """Use up a one-time code for one capsule; the outcome is a StepUp or a CodeVerdict."""

    code: str
    capsule_hash: str


@dataclass(frozen=True)
class Execute:
    """Send the confirmed change; the outcome is a Receipt or a Refusal."""

    capsule: Capsule
    proof: StepUp


@dataclass(frozen=True)
class Settle:
    """Settle a change that was sent and not answered: a Receipt, or None if it was not and never will be made."""

    key: str


@dataclass(frozen=True)
class Prepare:
    """Keep rows as a batch that can be previewed; the outcome is its id."""

    rows: tuple[BulkRow, ...]


@dataclass(frozen=True)
class GoOn:
    """Make the next changes of a confirmed batch; the outcome is how far it is."""

    batch_id: BatchId


@dataclass(frozen=True)
class Stop:
    """Let a confirmed batch begin no further change; the outcome is how far it came."""

    batch_id: BatchId


Effect = (
    Prepare
    | GoOn
    | Stop
    | LookUp
    | Preview
    | Ask
    | ReadEntry
    | KnownPlans
    | Reckon
    | Checkpoint
    | CheckCode
    | Execute
    | Settle
)
Steps = Generator[Effect, Any, T]
"""A part of a turn: yields effects, is sent outcomes, returns T."""


def look_up(lookup: Lookup[ResultT]) -> Steps[ResultT]:
    """Yield a lookup and return its typed result."""
    result: ResultT = yield LookUp(lookup)
    return result


def preview(action: Action) -> Steps[Quote | Refusal]:
    """Yield a preview and return its typed outcome."""
    outcome: Quote | Refusal = yield Preview(action)
    return outcome


def ask(question: str, near: tuple[str, ...], previous: str | None) -> Steps[Answer]:
    """Yield a question and return its answer."""
    answer: Answer = yield Ask(question, near, previous)
    return answer


def check_code(code: str, capsule_hash: str) -> Steps[StepUp | CodeVerdict]:
    """Yield the check of a code and return its typed outcome."""
    outcome: StepUp | CodeVerdict = yield CheckCode(code, capsule_hash)
    return outcome


def execute(capsule: Capsule, proof: StepUp) -> Steps[Receipt | Refusal]:
    """Yield the commit and return its typed outcome."""
    outcome: Receipt | Refusal = yield Execute(capsule, proof)
    return outcome


def prepare(rows: tuple[BulkRow, ...]) -> Steps[BatchId]:
    """Yield the keeping of a batch and return its id."""
    batch_id: BatchId = yield Prepare(rows)
    return batch_id


def go_on(batch_id: BatchId) -> Steps[BatchView]:
    """Yield the next changes of a batch and return how far it is."""
    view: BatchView = yield GoOn(batch_id)
    return view


def stop(batch_id: BatchId) -> Steps[BatchView]:
    """Yield the stopping of a batch and return how far it came."""
    view: BatchView = yield Stop(batch_id)
    return view


def settle(key: str) -> Steps[Receipt | None]:
    """Yield the settling of a sent change and return its typed outcome."""
    outcome: Receipt | None = yield Settle(key)
    return outcome


def run(steps: Steps[T], perform: Callable[[Effect], Any]) -> T:
    """Run a turn to its end: perform each effect and send its outcome, or throw its error, back in."""
    try:
        effect = next(steps)
        while True:
            try:
                outcome = perform(effect)
            except AssistantError as error:
                effect = steps.throw(error)
            else:
                effect = steps.send(outcome)
    except StopIteration as finished:
        result: T = finished.value
        return result
