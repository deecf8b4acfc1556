"""Switches of demo and test mode that every process of one database shares: the clock and the faults."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Fault(StrEnum):
    """How the licensing backend misbehaves.

    ``timeout_after_write`` makes the change and loses the answer; ``unavailable`` refuses the connection;
    ``slow`` answers late.
    """

    NONE = "none"
    TIMEOUT_AFTER_WRITE = "timeout_after_write"
    UNAVAILABLE = "unavailable"
    SLOW = "slow"


class Simulation(Protocol):
    """The stored switches. Outside demo and test mode nothing may set them and they read as unset."""

    def instant(self) -> datetime | None:
        """Return the simulated present (UTC), or None when the real clock runs."""

    def set_instant(self, instant: datetime) -> None:
        """Stop the business clock at ``instant`` (timezone-aware)."""

    def fault(self) -> Fault:
        """Return the fault in force."""

    def set_fault(self, fault: Fault) -> None:
        """Put a fault in force, or end it with ``Fault.NONE``."""
