"""A reading transaction that several units share, and what was read in it once and is asked for again."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from assistant.persistence.engines import READING, reach_for
from assistant.persistence.row_security import Reach

ReadT = TypeVar("ReadT")
_OPTION = "assistant_state"


class State:
    """The one state of the database that a transaction sees; each unit in it reaches its own partner's rows.

    It is closed by whoever opened it, when no unit is open in it any more.
    """

    def __init__(self, engine: Engine, reach: Reach) -> None:
        options = {**READING[engine.dialect.name], "assistant_reach": reach, _OPTION: self}
        self.connection = engine.connect().execution_options(**options)
        try:
            self.connection.begin()
        except BaseException:
            self.connection.close()
            raise
        self._reach = reach
        self._units = 0
        self._read: dict[Hashable, Any] = {}

    @property
    def in_use(self) -> bool:
        """Whether a unit is open."""
        return self._units > 0

    def takes(self, reach: Reach) -> bool:
        """Tell whether a unit with this reach can be opened: not while one with another reach is open."""
        return not self.in_use or reach == self._reach

    def enter(self, reach: Reach) -> None:
        """Open a unit that reaches these rows."""
        if reach != self._reach:
            reach_for(self.connection, reach)
            self._reach = reach
        self._units += 1

    def leave(self) -> None:
        """Close a unit."""
        self._units -= 1

    def close(self) -> None:
        """End the transaction."""
        self.connection.close()

    def once(self, key: Hashable, read: Callable[[], ReadT]) -> ReadT:
        """Return what is known under a key to the unit in hand, or read it."""
        # what one unit reaches another one need not reach
        own = self._reach, key
        if own not in self._read:
            self._read[own] = read()
        found: ReadT = self._read[own]
        return found


def read_once(connection: Connection, key: Hashable, read: Callable[[], ReadT]) -> ReadT:
    """Return what is read under a key, which in one state is always the same; where something can be written it is read each time."""
    state: State | None = connection.get_execution_options().get(_OPTION)
    return read() if state is None else state.once(key, read)
