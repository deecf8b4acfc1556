"""Server processes on one database that can be killed at any instant and start again."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import httpx2

_TRIES = 600
_PAUSE = 0.05


class Node:
    """One server of an installation, with one worker process; ``address`` stays the same over its lives."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}"
        self._environment, self._log = environment, log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process and wait until it serves. Raises RuntimeError with its last words if it does not."""
        command = [sys.executable, "-m", "assistant", "serve", "--port", str(self._port)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                command, env=dict(self._environment), stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(_TRIES):
            if self._serves():
                return
            time.sleep(_PAUSE)
        raise RuntimeError(f"{self.address} does not start: {self._log.read_text()[-2000:]}")

    def kill(self, *, worker_only: bool) -> None:
        """Kill the whole node with SIGKILL, or the process that handles requests alone."""
        assert self._process is not None
        workers = self._workers() if worker_only else []
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

    def _workers(self) -> list[int]:
        assert self._process is not None
        pid = self._process.pid
        try:
            return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        except OSError:
            return []

    def _serves(self) -> bool:
        try:
            return httpx2.get(f"{self.address}/healthz", timeout=5).is_success
        except httpx2.TransportError:
            return False


class Killer(Thread):
    """Kills one of several nodes again and again until it has done it ``kills`` times; ``left`` counts down."""

    def __init__(self, nodes: list[Node], kills: int, chance: random.Random) -> None:
        super().__init__(daemon=True)
        self._nodes, self._chance = nodes, chance
        self.left = kills
        self.over = Event()

    def run(self) -> None:
        """Kill at random instants; a killed node starts again at once."""
        try:
            while self.left > 0:
                self.over.wait(self._chance.uniform(0.1, 1.5))
                node = self._chance.choice(self._nodes)
                node.kill(worker_only=self._chance.choice((True, False)))
                self.left -= 1
                node.revive()
        finally:
            self.over.set()
