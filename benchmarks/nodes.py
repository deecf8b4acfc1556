"""Server processes of a benchmark: started, watched, killed at any instant, and started again."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import httpx2

_OURS = (sys.executable, "-m", "assistant", "serve", "--port", "{port}")
_TRIES = 600
_PAUSE = 0.05


class Node:
    """One server with one worker process; ``address`` stays the same over its lives.

    ``command`` starts another one than ours; ``{port}`` in it stands for the port. ``alive`` is a page that answers when it serves.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        log: Path,
        command: Sequence[str] = _OURS,
        alive: str = "/healthz",
    ) -> None:
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}"
        self._environment, self._log = environment, log
        self._command, self._alive = [part.format(port=self._port) for part in command], alive
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process and wait until it serves. Raises RuntimeError with its last words if it does not."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                self._command, env=dict(self._environment), stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(_TRIES):
            if self._serves():
                return
            time.sleep(_PAUSE)
        raise RuntimeError(f"{self.address} does not start: {self._log.read_text()[-2000:]}")

    def kill(self, *, worker_only: bool) -> None:
        """Kill the whole node with SIGKILL, or the process that handles requests alone."""
        assert self._process is not None
        workers = self.workers() if worker_only else []
        try:
            if workers:
                os.kill(random.choice(workers), signal.SIGKILL)
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
        except ProcessLookupError:
            return

    def revive(self) -> None:
        """Start again what was killed; a node whose worker died alone brings up another by itself."""
        assert self._process is not None
        if self._process.poll() is not None:
            self.start()

    def workers(self) -> list[int]:
        """Return the ids of the processes that handle requests."""
        assert self._process is not None
        pid = self._process.pid
        try:
            return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        except OSError:
            return []

    def _serves(self) -> bool:
        try:
            return httpx2.get(f"{self.address}{self._alive}", timeout=5).is_success
        except httpx2.TransportError:
            return False
