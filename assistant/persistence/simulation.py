"""The stored switches of demo and test mode."""

from datetime import datetime

from sqlalchemy import Connection, select

from assistant.domain.errors import Forbidden
from assistant.persistence.database import Database
from assistant.persistence.reading import read_once
from assistant.persistence.tables.simulation import simulation
from assistant.persistence.upserts import upsert
from assistant.ports.simulation import Fault

# read with every request, so it is put together once
_VALUES = select(simulation.c.name, simulation.c.value)


class SqlSimulation:
    """Reads and sets the switches; ``allowed`` is false in production, where they read as unset."""

    def __init__(self, database: Database, *, allowed: bool) -> None:
        self._database = database
        self._allowed = allowed

    def instant(self) -> datetime | None:
        """Return the simulated present, or None."""
        stored = self._read("instant")
        return datetime.fromisoformat(stored) if stored else None

    def set_instant(self, instant: datetime) -> None:
        """Stop the business clock at this instant."""
        self._write("instant", instant.isoformat())

    def fault(self) -> Fault:
        """Return the fault in force."""
        return Fault(self._read("fault") or Fault.NONE)

    def set_fault(self, fault: Fault) -> None:
        """Put a fault in force for every process of this database."""
        self._write("fault", fault.value)

    def _read(self, name: str) -> str | None:
        if not self._allowed:
            return None
        with self._database.reading() as connection:
            stored = read_once(connection, "simulation", lambda: _values(connection))
        return stored.get(name)

    def _write(self, name: str, value: str) -> None:
        if not self._allowed:
            raise Forbidden("The simulated clock and faults exist in demo and test mode only.")
        with self._database.writing() as connection:
            upsert(connection, simulation, [{"name": name, "value": value}], lambda new: {"value": new.value})
            connection.commit()


def _values(connection: Connection) -> dict[str, str]:
    return {row.name: row.value for row in connection.execute(_VALUES)}
