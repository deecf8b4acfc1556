"""The Remote Manager that belongs to the platform: how its customers and those here become the same, some minutes later.

Who is created on one side appears on the other after the delay. What was created on both sides within the delay under one name is one customer; apart from that nothing
is ever joined by its name alone. A Remote Manager that holds standard licences takes part in none of it. What happens follows from when things were created
and not from when a run looks. Source: the entry cited as ``remote_manager_sync``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial

from assistant.domain.customers import SyncState
from assistant.domain.identifiers import CustomerId, PartnerId, RemoteCustomerId
from assistant.domain.naming import name_key
from assistant.domain.partners import Partner

SYNC_DELAY = timedelta(minutes=5)
"""How long after its creation a customer appears on the other side."""


class SyncKind(StrEnum):
    """``copied`` appeared there, ``imported`` appeared here, ``linked`` was created on both sides, ``refused`` stays alone."""

    COPIED = "copied"
    IMPORTED = "imported"
    LINKED = "linked"
    REFUSED = "refused"


class SyncRefusal(StrEnum):
    """Why a customer stays on its side."""

    STANDARD_TENANT = "standard_tenant"
    NAME_TAKEN = "name_taken"


@dataclass(frozen=True)
class WaitingCustomer:
    """A customer here that has no copy in the Remote Manager; ``sync`` is pending, or failed for one that was refused."""

    id: CustomerId
    name: str
    since: datetime
    sync: SyncState = SyncState.PENDING


@dataclass(frozen=True)
class RemoteCustomer:
    """A customer in the Remote Manager, and the one here that it is the same as."""

    id: RemoteCustomerId
    partner_id: PartnerId
    name: str
    since: datetime
    sync: SyncState = SyncState.PENDING
    customer_id: CustomerId | None = None


_Side = WaitingCustomer | RemoteCustomer


@dataclass(frozen=True)
class SyncEvent:
    """What happens to one customer, and from which instant on."""

    kind: SyncKind
    at: datetime
    here: WaitingCustomer | None
    there: RemoteCustomer | None
    refusal: SyncRefusal | None = None

    @property
    def name(self) -> str:
        """The customer's name; of two that are linked the one here stays."""
        named = self.here or self.there
        assert named is not None
        return named.name


def sync_events(
    partner: Partner,
    waiting: Iterable[WaitingCustomer],
    unlinked: Iterable[RemoteCustomer],
    taken: Callable[[str], bool],
    now: datetime,
) -> Iterator[SyncEvent]:
    """Yield what a run does, in the order of its taking effect; ``taken`` tells whether a customer here has a name.

    What was refused before is tried again, and yields nothing as long as the reason holds.
    """
    here, there = list(waiting), list(unlinked)
    everyone: list[_Side] = [*here, *there]
    others: Mapping[type, Mapping[str, list[_Side]]] = {
        WaitingCustomer: _by_name(there),
        RemoteCustomer: _by_name(here),
    }
    settled: set[str] = set()
    imported: set[str] = set()
    for customer in sorted((c for c in everyone if _due(c.since) <= now), key=lambda c: (c.since, c.id)):
        if customer.id in settled:
            continue
        key = name_key(customer.name)
        alike = others[type(customer)].get(key, ())
        twin = next((o for o in alike if o.id not in settled and _close(customer, o)), None)
        event = _event(partner, customer, twin, taken=partial(_taken, customer.name, imported, taken))
        settled |= {side.id for side in (event.here, event.there) if side}
        if event.kind is SyncKind.IMPORTED:
            imported.add(key)
        if customer.sync is SyncState.PENDING:
            yield event
        elif event.kind is not SyncKind.REFUSED:
            # what was refused before takes effect when the reason is gone
            yield replace(event, at=now)


def arriving(name: str, unlinked: Iterable[RemoteCustomer], partner: Partner, now: datetime) -> bool:
    """Tell whether a customer of this name is due from the Remote Manager, whether or not a run has looked yet."""
    return not partner.standard_tenant and any(
        name_key(there.name) == name_key(name) and _due(there.since) <= now for there in unlinked
    )


def _event(
    partner: Partner,
    customer: _Side,
    twin: _Side | None,
    *,
    taken: Callable[[], bool],
) -> SyncEvent:
    at = _due(customer.since)
    pair = (customer, None) if partner.standard_tenant else (customer, twin)
    here = next((side for side in pair if isinstance(side, WaitingCustomer)), None)
    there = next((side for side in pair if isinstance(side, RemoteCustomer)), None)
    if partner.standard_tenant:
        return SyncEvent(SyncKind.REFUSED, at, here, there, SyncRefusal.STANDARD_TENANT)
    if here and there:
        return SyncEvent(SyncKind.LINKED, at, here, there)
    if here:
        return SyncEvent(SyncKind.COPIED, at, here, None)
    if taken():
        return SyncEvent(SyncKind.REFUSED, at, None, there, SyncRefusal.NAME_TAKEN)
    return SyncEvent(SyncKind.IMPORTED, at, None, there)


def _taken(name: str, imported: set[str], here: Callable[[str], bool]) -> bool:
    return name_key(name) in imported or here(name)


def _by_name(sides: Iterable[_Side]) -> Mapping[str, list[_Side]]:
    named: dict[str, list[_Side]] = {}
    for side in sides:
        named.setdefault(name_key(side.name), []).append(side)
    return named


def _close(one: _Side, other: _Side) -> bool:
    return abs(one.since - other.since) < SYNC_DELAY


def _due(since: datetime) -> datetime:
    return since + SYNC_DELAY
