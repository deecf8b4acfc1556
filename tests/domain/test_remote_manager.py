from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.customers import SyncState
from assistant.domain.identifiers import CustomerId, PartnerId, RemoteCustomerId
from assistant.domain.naming import name_key
from assistant.domain.remote_manager import (
    SYNC_DELAY,
    RemoteCustomer,
    SyncKind,
    SyncRefusal,
    WaitingCustomer,
    arriving,
    sync_events,
)
from support.licensing import a_partner

NOON = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
STANDARD = a_partner(standard_tenant=True)


def at(minutes):
    return NOON + timedelta(minutes=minutes)


def here(name="Lucerne", minutes=0, number=1, sync=SyncState.PENDING):
    return WaitingCustomer(CustomerId(f"C-{number}"), name, at(minutes), sync)


def there(name="Lucerne", minutes=0, number=1, sync=SyncState.PENDING):
    return RemoteCustomer(RemoteCustomerId(f"RM-{number}"), PartnerId("P-1"), name, at(minutes), sync)


def run(waiting=(), unlinked=(), now=60, names=(), partner=None):
    taken = {name_key(name) for name in (*names, *(customer.name for customer in waiting))}
    return list(
        sync_events(partner or a_partner(), waiting, unlinked, lambda name: name_key(name) in taken, at(now))
    )


def kinds(*args, **more):
    return [event.kind for event in run(*args, **more)]


def test_a_customer_appears_on_the_other_side_after_the_delay_and_not_before():
    assert kinds([here()], now=4.99) == []
    assert kinds([here()], now=5) == [SyncKind.COPIED]
    assert kinds(unlinked=[there()], now=4.99) == []
    assert kinds(unlinked=[there()], now=5) == [SyncKind.IMPORTED]


def test_it_takes_effect_when_it_was_due_however_late_a_run_looks():
    assert run([here()], now=100_000)[0].at == at(5)


def test_one_created_on_both_sides_within_the_delay_is_one_customer():
    (event,) = run([here()], [there(" lucerne ", minutes=3)])

    assert (event.kind, event.name) == (SyncKind.LINKED, "Lucerne")


def test_one_of_the_same_name_created_later_is_another_customer():
    copied, refused = run([here()], [there(minutes=5)])

    assert copied.kind is SyncKind.COPIED
    assert (refused.kind, refused.refusal) == (SyncKind.REFUSED, SyncRefusal.NAME_TAKEN)


def test_a_name_that_a_customer_has_here_for_long_is_taken():
    (event,) = run(unlinked=[there()], names=["LUCERNE"])

    assert event.refusal is SyncRefusal.NAME_TAKEN


def test_of_two_of_one_name_there_one_is_linked_and_the_other_stays_alone():
    events = run([here()], [there(minutes=1), there(minutes=2, number=2)])

    assert [event.kind for event in events] == [SyncKind.LINKED, SyncKind.REFUSED]
    assert kinds(unlinked=[there(), there(number=2)]) == [SyncKind.IMPORTED, SyncKind.REFUSED]


def test_a_remote_manager_of_standard_licences_takes_part_in_none_of_it():
    events = run([here()], [there("Other")], partner=STANDARD)

    assert {event.kind for event in events} == {SyncKind.REFUSED}
    assert {event.refusal for event in events} == {SyncRefusal.STANDARD_TENANT}
    assert not arriving("Other", [there("Other")], STANDARD, at(60))


def test_what_was_refused_is_tried_again_and_is_silent_while_the_reason_holds():
    refused = there(sync=SyncState.FAILED)

    assert run(unlinked=[refused], names=["Lucerne"]) == []
    (event,) = run(unlinked=[refused], now=90)
    assert (event.kind, event.at) == (SyncKind.IMPORTED, at(90))
    (copied,) = run([here(sync=SyncState.FAILED)], now=90)
    assert (copied.kind, copied.at) == (SyncKind.COPIED, at(90))


def test_a_customer_that_is_due_from_there_holds_its_name_before_a_run_has_looked():
    assert arriving("lucerne", [there()], a_partner(), at(5))
    assert not arriving("lucerne", [there()], a_partner(), at(4))
    assert not arriving("Contoso", [there()], a_partner(), at(5))


SIDE = st.lists(
    st.tuples(st.sampled_from(["Lucerne", "Contoso", "LUCERNE", "Coho"]), st.integers(0, 30)), max_size=6
)


class Both:
    """Both sides as runs leave them."""

    def __init__(self, local, remote):
        self.local = [here(name, minutes, n) for n, (name, minutes) in enumerate(local)]
        self.remote = [there(name, minutes, n) for n, (name, minutes) in enumerate(remote)]
        self.names = {name_key(name) for name, _ in local}
        self.events = []

    def run(self, now):
        waiting = [c for c in self.local if c.since <= at(now)]
        unlinked = [r for r in self.remote if r.since <= at(now)]
        for event in list(
            sync_events(a_partner(), waiting, unlinked, lambda n: name_key(n) in self.names, at(now))
        ):
            self.events.append((event.at, event.kind, event.name))
            self._settle(event)

    def _settle(self, event):
        if event.kind is SyncKind.REFUSED:
            self.remote = [replace(r, sync=SyncState.FAILED) if r == event.there else r for r in self.remote]
            return
        self.names.add(name_key(event.name))
        self.local = [c for c in self.local if c != event.here]
        self.remote = [r for r in self.remote if r != event.there]


def unique(local):
    return list({name_key(name): (name, minutes) for name, minutes in local}.values())


@given(local=SIDE.map(unique), remote=SIDE, looks=st.lists(st.integers(0, 40), max_size=8))
def test_it_never_matters_when_runs_look(local, remote, looks):
    often, once = Both(local, remote), Both(local, remote)
    for now in [*sorted(looks), 60]:
        often.run(now)
    once.run(60)

    assert often.events == once.events
    often.run(60)
    assert often.events == once.events


@given(local=SIDE.map(unique), remote=SIDE)
def test_everything_due_is_settled_and_nothing_is_linked_beyond_the_delay(local, remote):
    waiting = [here(name, minutes, n) for n, (name, minutes) in enumerate(local)]
    unlinked = [there(name, minutes, n) for n, (name, minutes) in enumerate(remote)]
    events = run(waiting, unlinked, now=60)

    sides = [side.id for event in events for side in (event.here, event.there) if side]
    assert sorted(sides) == sorted(c.id for c in (*waiting, *unlinked))
    for event in events:
        if event.kind is SyncKind.LINKED:
            assert abs(event.here.since - event.there.since) < SYNC_DELAY
            assert name_key(event.here.name) == name_key(event.there.name)
