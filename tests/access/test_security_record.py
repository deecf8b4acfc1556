"""The record of security events: one chain, and nobody changes it unnoticed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from assistant.domain.audit import GENESIS, AuditHead, ChainedEntry, chain_faults, entry_hash
from assistant.domain.errors import NotSignedIn
from assistant.domain.security_events import SecurityEvent


def change(identity, statement):
    with identity.database.writing() as connection:
        connection.execute(text(statement))
        connection.commit()


@pytest.fixture
def recorded(quick):
    quick.anna()
    for _ in range(3):
        quick.sign_in()
    return quick


def test_an_untouched_record_is_whole(recorded):
    head = recorded.parts.record.head()

    assert head.seq == len(recorded.parts.record.all()) > 10
    assert recorded.parts.record.faults(head) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE security_events SET name = 'vault:keys:rotated' WHERE seq = 5",
        "UPDATE security_events SET user_id = 'US-other' WHERE seq = 5",
        "UPDATE security_events SET address = '' WHERE seq = 3",
        "UPDATE security_events SET at = '2020-01-01 00:00:00.000000' WHERE seq = 4",
        "UPDATE security_events SET actor_id = 'US-x' WHERE seq = 2",
        "UPDATE security_events SET request = 'R-x' WHERE seq = 2",
        "UPDATE security_events SET hash = 'x' WHERE seq = 2",
        "DELETE FROM security_events WHERE seq = 5",
        "DELETE FROM security_events WHERE seq = 1",
        "DELETE FROM security_events WHERE seq = (SELECT max(seq) FROM security_events)",
        "DELETE FROM security_events",
        "UPDATE security_events SET seq = 900 WHERE seq = 5",
        "UPDATE security_events SET seq = NULL WHERE seq = 5",
        "UPDATE security_head SET seq = seq - 1",
        "DELETE FROM security_head",
        "INSERT INTO security_events (name, at, address, seq, hash) VALUES ('x', '2026-01-01 00:00:00', '', 99, 'x')",
    ],
)
def test_whatever_is_changed_shows(recorded, statement):
    change(recorded, statement)

    assert recorded.parts.record.faults() != ()


def test_an_end_that_was_cut_off_with_its_head_shows_against_the_kept_one(recorded):
    kept = recorded.parts.record.head()
    before = recorded.parts.record.chain()[-2]
    change(recorded, f"DELETE FROM security_events WHERE seq = {kept.seq}")
    change(recorded, f"UPDATE security_head SET seq = {before.seq}, hash = '{before.hash}'")

    assert recorded.parts.record.faults() == ()
    assert [fault.fault for fault in recorded.parts.record.faults(kept)] == ["missing"]


def test_a_record_that_was_written_anew_shows_against_the_kept_head(recorded):
    kept = AuditHead(4, "f" * 64)

    assert [fault.fault for fault in recorded.parts.record.faults(kept)] == ["rewritten"]


def test_a_kept_head_stays_good_while_the_record_grows(recorded):
    kept = recorded.parts.record.head()
    recorded.sign_in()

    assert recorded.parts.record.faults(kept) == ()


def test_many_at_once_make_one_chain(identity):
    identity.anna()

    def wrong(number):
        try:
            identity.begin(password="guess", address=f"192.0.2.{number}")
        except NotSignedIn:
            return True

    with ThreadPoolExecutor(8) as pool:
        refused = list(pool.map(wrong, range(8)))

    assert all(refused)
    assert identity.parts.record.faults() == ()
    assert identity.parts.record.head().seq == len(identity.parts.record.all()) == 9


def test_what_was_rolled_back_is_not_recorded(quick):
    anna = quick.anna().principal.user_id
    before = quick.parts.record.head()
    with quick.storage.writing() as unit:
        unit.events.record(SecurityEvent.KEYS_ROTATED, quick.clock.now(), anna)

    assert quick.parts.record.head() == before


def test_the_owner_reads_what_concerns_the_own_account_newest_first(recorded):
    recorded.user("bert")
    anna = recorded.accounts.user("anna").principal.user_id
    events = recorded.parts.record.newest(5, anna)

    assert {event.user_id for event in events} == {anna}
    assert [event.seq for event in events] == sorted((event.seq for event in events), reverse=True)


def chained(contents):
    last, rows = AuditHead(), []
    for content in contents:
        row = ChainedEntry(last.seq + 1, last.hash, entry_hash(last.seq + 1, last.hash, content), content)
        last = AuditHead(row.seq, row.hash)
        rows.append(row)
    return rows, last


@given(
    st.lists(st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2), min_size=1, max_size=6),
    st.data(),
)
def test_any_change_of_any_content_shows(contents, data):
    rows, head = chained(contents)
    at = data.draw(st.integers(0, len(rows) - 1))
    other = data.draw(st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=3))
    touched = [*rows]
    touched[at] = ChainedEntry(rows[at].seq, rows[at].prev_hash, rows[at].hash, other)

    assert chain_faults(rows, head) == ()
    assert (chain_faults(touched, head) == ()) is (other == contents[at])
    assert rows[0].prev_hash == GENESIS


def test_strangers_do_not_fill_the_record_with_what_they_were_refused(quick):
    for number in range(30):
        quick.parts.record.refused(None, f"198.51.100.{number}")

    assert len(quick.parts.record.all()) == 12
    anna = quick.anna().principal.user_id
    quick.parts.record.refused(anna, "192.0.2.1")
    assert quick.parts.record.newest(1)[0].user_id == anna
    quick.clock.advance(hours=1)
    quick.parts.record.refused(None, "198.51.100.1")
    assert quick.parts.record.newest(1)[0].user_id is None
