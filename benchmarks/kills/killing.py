"""Killing servers at random instants, and the database's server among them where it is ours."""

import random
import time
from threading import Event, Thread

from benchmarks.nodes import Node
from benchmarks.servers import PostgreSQL

_SHARE_OF_DATABASE = 0.1


class Killer(Thread):
    """Kills one of several nodes again and again, ``kills`` times or until its minutes are over; ``done`` counts.

    With a ``database`` one kill in ten is that of the database's server; ``of_database`` counts these.
    """

    def __init__(
        self,
        nodes: list[Node],
        kills: int,
        minutes: float,
        chance: random.Random,
        database: PostgreSQL | None = None,
    ) -> None:
        super().__init__(daemon=True)
        self._nodes, self._kills, self._chance, self._database = nodes, kills, chance, database
        self._seconds = minutes * 60
        self.done = self.of_database = 0
        self.over = Event()

    def run(self) -> None:
        """Kill at random instants; what was killed starts again at once."""
        ends = time.monotonic() + self._seconds
        try:
            while self.done < self._kills and time.monotonic() < ends:
                self.over.wait(self._chance.uniform(0.1, 1.5))
                self._kill()
                self.done += 1
        finally:
            self.over.set()

    def _kill(self) -> None:
        if self._database and self._chance.random() < _SHARE_OF_DATABASE:
            self._database.kill()
            self.of_database += 1
            self._database.start()
            return
        node = self._chance.choice(self._nodes)
        node.kill(worker_only=self._chance.choice((True, False)))
        node.revive()
