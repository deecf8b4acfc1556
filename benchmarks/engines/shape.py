"""What an engine answers, and how it is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.domain.entries import Entry

SHOWN = 10
"""How many entries an engine has to rank."""


@dataclass(frozen=True)
class Found:
    """Entry ids, best first, and how sure the engine is of the first: comparable within one engine only."""

    ids: tuple[str, ...]
    confidence: float


@dataclass(frozen=True)
class Before:
    """The question before this one, if there was one, and the ids of the entries that answered it."""

    question: str | None = None
    answered_by: tuple[str, ...] = ()


NOTHING = Before()


def nothing(_question: str) -> Before:
    """Take no notice of what was asked before."""
    return NOTHING


@dataclass(frozen=True)
class Engine:
    """An engine that is ready: ``search`` takes a question and what ``follow`` made of the question before it."""

    search: Callable[[str, Before], Found]
    follow: Callable[[str], Before] = nothing


def ranked(scored: Sequence[tuple[str, float]]) -> Found:
    """Return ids with scores, best first, as what was found."""
    return Found(tuple(name for name, _ in scored), scored[0][1] if scored else 0.0)


def asked(entry: Entry) -> str:
    """Return every way an entry is asked for as one text."""
    return "\n".join([entry.question, *entry.alternates])
