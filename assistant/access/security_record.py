"""The record of security events as it is read, carried away and checked, and what only a door can tell it."""

from collections.abc import Iterable
from datetime import datetime

from assistant.access.resources import Resources, printable
from assistant.access.throttling import closed_until, refusal_limits, reserve
from assistant.domain.audit import AuditHead, ChainedEntry, ChainFault, chain_faults
from assistant.domain.identifiers import UserId
from assistant.domain.security_events import RecordedEvent, SecurityEvent

_LONGEST_ADDRESS = 64


class SecurityRecord:
    """Reads the record, and adds refusals to it."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    def refused(self, user_id: UserId | None, address: str) -> None:
        """Record that somebody asked for what the role does not allow.

        None is somebody who is not signed in; of those only so many an hour are recorded, as they could fill the record.
        """
        now, place = self._resources.clock.now(), printable(address, _LONGEST_ADDRESS)
        if user_id is None and self._enough_of_strangers(now):
            return
        with self._resources.storage.writing() as unit:
            if user_id is None and isinstance(reserve(unit, refusal_limits(), now), datetime):
                return
            unit.events.record(SecurityEvent.ACT_REFUSED, now, user_id, place)
            unit.commit()

    def _enough_of_strangers(self, now: datetime) -> bool:
        # looked at before anything is written: a refused stranger must not queue for the write lock
        with self._resources.storage.reading() as unit:
            return bool(closed_until(unit, refusal_limits(), now))

    def all(self) -> tuple[RecordedEvent, ...]:
        """Return all events, oldest first."""
        with self._resources.storage.reading() as unit:
            return unit.events.all()

    def newest(self, at_most: int, user_id: UserId | None = None) -> tuple[RecordedEvent, ...]:
        """Return the last events, of one user or of all, newest first."""
        with self._resources.storage.reading() as unit:
            return unit.events.newest(at_most, user_id)

    def chain(self) -> tuple[ChainedEntry, ...]:
        """Return the chained events, oldest first."""
        with self._resources.storage.reading() as unit:
            return unit.events.chain()

    def head(self) -> AuditHead:
        """Return the end of the chain, to be kept where this service cannot reach it."""
        with self._resources.storage.reading() as unit:
            return unit.events.head()

    def faults(self, kept: AuditHead | None = None) -> tuple[ChainFault, ...]:
        """Check the chain against its stored end and an end that was kept elsewhere; empty means untouched."""
        with self._resources.storage.reading() as unit:
            chain, head = unit.events.chain(), unit.events.head()
        faults = chain_faults(chain, head)
        return (*faults, *_against(chain, kept)) if kept else faults


def _against(chain: Iterable[ChainedEntry], kept: AuditHead) -> Iterable[ChainFault]:
    there = next((row for row in chain if row.seq == kept.seq), None)
    if kept.seq and there is None:
        yield ChainFault(kept.seq, "missing")
    elif there is not None and there.hash != kept.hash:
        yield ChainFault(kept.seq, "rewritten")
