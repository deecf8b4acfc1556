"""What a script consists of, and what is found when one runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.ports.conversations import Turn


@dataclass(frozen=True)
class Step:
    """One step of a script: what the user says or what happens, and what the reply is checked for.

    ``number`` counts from 1 in its conversation, ``line`` in its file.
    """

    number: int
    line: int
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
    """One thing that does not hold: what was expected, and what is there instead; ``turn`` counts from 1."""

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
