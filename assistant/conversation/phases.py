"""The phases of a task, and what they have in common."""

from enum import StrEnum


class Phase(StrEnum):
    """The phases of a task, as in the contract."""

    COLLECT = "collect"
    CONFIRM = "confirm"
    STEPUP = "stepup"
    COMMITTING = "committing"
    UNKNOWN = "unknown"
    DONE = "done"
    PARKED = "parked"
    CANCELLED = "cancelled"
    HANDOFF = "handoff"
    REFUSED = "refused"


OPEN = frozenset({Phase.COLLECT, Phase.CONFIRM, Phase.STEPUP, Phase.COMMITTING, Phase.UNKNOWN})
SENT = frozenset({Phase.COMMITTING, Phase.UNKNOWN})
"""The phases in which the change may have been made: only the status may be asked for."""
