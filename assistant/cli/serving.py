"""The worker of the production server: gunicorn's threads, with an end to the patience for a request that trickles in."""

import socket
from contextlib import suppress
from time import monotonic
from typing import Any

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

READING_SECONDS = 20.0
"""How long a request may take to arrive; a proxy in front collects it before it passes it on."""


class Worker(ThreadWorker):  # type: ignore[misc]  # the base class has no types
    """Reads no further from whoever takes too long, so that slow senders cannot keep all threads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.begun: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        """Serve one request of a connection."""
        self.begun[conn] = monotonic()
        try:
            return super().handle(conn)
        finally:
            self.begun.pop(conn, None)

    def notify(self) -> None:
        """Tell the master that this process lives, as it does every second; look at who is slow at the same time."""
        super().notify()
        stop_reading(self.begun.copy(), monotonic())


def stop_reading(begun: dict[Any, float], now: float) -> None:
    """End the reading side of connections whose request began more than ``READING_SECONDS`` ago.

    Whoever sent everything does not notice: the answer still goes out, however long it takes to work out.
    """
    for conn, since in begun.items():
        if now - since > READING_SECONDS:
            # the other side may have hung up at this moment
            with suppress(OSError):
                conn.sock.shutdown(socket.SHUT_RD)
