"""A database, and the two kinds of transaction: one that reads, one that writes."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Generic, TypeVar

from sqlalchemy import URL, Connection

from assistant.domain.identifiers import PartnerId
from assistant.persistence.engines import LONGEST_SECONDS, engine_for
from assistant.persistence.locks import serialise
from assistant.persistence.reading import State
from assistant.persistence.row_security import EVERY_PARTNERS, NOBODYS, Reach

UnitT = TypeVar("UnitT")


class _OfThread(threading.local):
    """What one thread has open."""

    writing = False
    sharing = False
    state: State | None = None


class Database:
    """One database and its connections; every use of it raises DatabaseUnavailable when it is out of reach.

    A transaction reaches the rows of those partners that it is opened for, where the database can see to that.
    """

    def __init__(self, url: str | URL, longest_seconds: int = LONGEST_SECONDS) -> None:
        self.url = url
        self.engine = engine_for(url, longest_seconds)
        self._thread = _OfThread()

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Let all that this thread reads until the end of the block be of one state, and be read in one transaction.

        What this thread writes ends that state, so that what it reads afterwards is new.
        """
        if self._thread.sharing:
            yield
            return
        self._thread.sharing = True
        try:
            yield
        finally:
            self._thread.sharing = False
            self._let_go()

    @contextmanager
    def reading(self, reach: Reach = NOBODYS) -> Iterator[Connection]:
        """Open a transaction that sees one consistent state, or go on in the thread's own; it is always rolled back."""
        self._refuse_second()
        state = self._state_for(reach)
        try:
            state.enter(reach)
            try:
                yield state.connection
            finally:
                state.leave()
        except BaseException:
            # a statement that failed may have spoilt the transaction
            if state is self._thread.state:
                self._thread.state = None
            raise
        finally:
            if state is not self._thread.state and not state.in_use:
                state.close()

    @contextmanager
    def writing(self, reach: Reach = NOBODYS) -> Iterator[Connection]:
        """Open a transaction that may write; the caller commits, otherwise it is rolled back.

        On SQLite it holds the write lock; on PostgreSQL it holds the rows that it locked or changed.
        """
        self._refuse_second()
        self._let_go()
        with self.engine.connect().execution_options(
            assistant_writes=True, assistant_reach=reach
        ) as connection:
            transaction = connection.begin()
            self._thread.writing = True
            try:
                yield connection
            finally:
                self._thread.writing = False
                if transaction.is_active:
                    transaction.rollback()

    def _state_for(self, reach: Reach) -> State:
        shared = self._thread.state
        if shared is not None and shared.takes(reach):
            return shared
        state = State(self.engine, reach)
        if self._thread.sharing and shared is None:
            self._thread.state = state
        return state

    def _let_go(self) -> None:
        state, self._thread.state = self._thread.state, None
        if state is not None and not state.in_use:
            state.close()

    def _refuse_second(self) -> None:
        # with every connection held by somebody who waits for the write lock, its holder would wait for a connection
        if self._thread.writing:
            raise RuntimeError(
                "this thread holds the write lock; read what is needed before opening the unit"
            )

    def close(self) -> None:
        """Close all pooled connections."""
        self.engine.dispose()


class SqlUnit:
    """A unit of work over one connection; subjects derive from it and add their repositories."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def commit(self) -> None:
        """Commit the transaction."""
        self.connection.commit()

    def serialise(self, key: str) -> None:
        """Take a lock that the end of the transaction frees."""
        serialise(self.connection, key)


class SqlStorage(Generic[UnitT]):
    """The storage port of one subject: opens transactions and wraps them in the subject's unit."""

    def __init__(
        self, database: Database, unit: Callable[[Connection], UnitT], reach: Reach = NOBODYS
    ) -> None:
        self._database = database
        self._unit = unit
        self._reach = reach

    def one_state(self) -> AbstractContextManager[None]:
        """Let all that this thread reads in the block be of one state, until it writes."""
        return self._database.one_state()

    @contextmanager
    def reading(self) -> Iterator[UnitT]:
        """Open a unit that only reads."""
        with self._database.reading(self._reach) as connection:
            yield self._unit(connection)

    @contextmanager
    def writing(self) -> Iterator[UnitT]:
        """Open a unit that may write and is rolled back unless committed."""
        with self._database.writing(self._reach) as connection:
            yield self._unit(connection)


class SqlPartnerStorage(Generic[UnitT]):
    """The storage of a subject whose rows belong to partners: it opens nothing before it is said whose they are."""

    def __init__(self, database: Database, unit: Callable[[Connection], UnitT]) -> None:
        self._database = database
        self._unit = unit

    def of_partner(self, partner_id: PartnerId | None) -> SqlStorage[UnitT]:
        """Return the storage of one partner's rows, or of nobody's."""
        return SqlStorage(self._database, self._unit, Reach(partner_id or ""))

    def of_every_partner(self) -> SqlStorage[UnitT]:
        """Return the storage for the vendor's own work, which goes over all partners."""
        return SqlStorage(self._database, self._unit, EVERY_PARTNERS)
