"""The only clock and the only randomness of the program."""

import secrets
from datetime import UTC, datetime

from assistant.ports.clock import Clock
from assistant.ports.simulation import Simulation

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SwitchableClock:
    """The business clock: the simulated instant where one is set, the real time otherwise."""

    def __init__(self, real: Clock, simulation: Simulation) -> None:
        self._real = real
        self._simulation = simulation

    def now(self) -> datetime:
        return self._simulation.instant() or self._real.now()


class SystemIds:
    """Ids and secrets from the operating system's random source."""

    def new(self, prefix: str) -> str:
        return f"{prefix}-{''.join(secrets.choice(_CROCKFORD) for _ in range(16))}"

    def token(self) -> str:
        return secrets.token_urlsafe(32)

    def number(self, below: int) -> int:
        return secrets.randbelow(below)
