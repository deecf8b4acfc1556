"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """``good`` needs nothing, ``advice`` can wait, a ``fault`` keeps a promise from being kept."""

    GOOD = "good"
    ADVICE = "advice"
    FAULT = "fault"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its name, how it is, what was found, and what to do (empty when it is good)."""

    check: str
    health: Health
    found: str
    advice: str = ""


def good(check: str, found: str) -> Finding:
    """Return that nothing needs to be done."""
    return Finding(check, Health.GOOD, found)


def advice(check: str, found: str, advice: str) -> Finding:
    """Return something that works and could be better."""
    return Finding(check, Health.ADVICE, found, advice)


def fault(check: str, found: str, advice: str) -> Finding:
    """Return something that does not work, or will not for long."""
    return Finding(check, Health.FAULT, found, advice)
