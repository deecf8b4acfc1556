"""Killing servers at random instants."""

import random
from threading import Event, Thread

from benchmarks.nodes import Node


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
