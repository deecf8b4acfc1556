"""Makes the backend misbehave on purpose, in demo and test mode, as the switch in the database says."""

import time
from collections.abc import Callable
from typing import TypeVar

from assistant.domain.errors import BackendUnavailable, OutcomeUnknown
from assistant.ports.simulation import Fault, Simulation

_SLOW_SECONDS = 0.2
ResultT = TypeVar("ResultT")


def short_wait() -> None:
    """Wait as long as a slow backend takes: a fifth of a second."""
    time.sleep(_SLOW_SECONDS)


class Faults:
    """Carries out the backend's operations under the fault in force; ``wait`` is what slowness does."""

    def __init__(self, simulation: Simulation, wait: Callable[[], None]) -> None:
        self._simulation = simulation
        self._wait = wait

    def on_read(self, operation: Callable[[], ResultT]) -> ResultT:
        """Read or compute; only an unavailable backend fails."""
        self._enter()
        return operation()

    def on_write(self, operation: Callable[[], ResultT]) -> ResultT:
        """Write; with ``timeout_after_write`` the write is made and its answer is lost."""
        fault = self._enter()
        result = operation()
        if fault is Fault.TIMEOUT_AFTER_WRITE:
            raise OutcomeUnknown(
                "The licensing backend did not answer; whether the change was made is not known."
            )
        return result

    def on_status(self, operation: Callable[[], ResultT]) -> ResultT:
        """Ask for an outcome; while answers get lost this one does, too."""
        if self._enter() is Fault.TIMEOUT_AFTER_WRITE:
            raise BackendUnavailable("The licensing backend does not answer; nothing was changed by asking.")
        return operation()

    def _enter(self) -> Fault:
        fault = self._simulation.fault()
        if fault is Fault.UNAVAILABLE:
            raise BackendUnavailable("The licensing backend cannot be reached; nothing was changed.")
        if fault is Fault.SLOW:
            self._wait()
        return fault
