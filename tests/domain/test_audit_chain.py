from dataclasses import replace

import pytest

from assistant.domain.audit import AuditEntry, AuditHead, AuditName, chain_faults, link
from support.clock import NOON
from support.licensing import a_citation


def an_entry(number):
    return AuditEntry(
        name=AuditName.SEATS_CHANGED,
        reference=f"R-{number}",
        op="seats",
        partner_id="P-1",
        customer_id="C-1",
        customer="Contoso",
        actor_id="U-anna",
        actor="Anna",
        when=NOON,
        capsule_hash=f"{number:064d}",
        values={"seats": number},
        before={},
        after={"seats": number},
        cites=(a_citation("runtime"),),
    )


def a_chain(length=4):
    rows, head = [], AuditHead()
    for number in range(1, length + 1):
        rows.append(link(head, an_entry(number)))
        head = AuditHead(rows[-1].seq, rows[-1].hash)
    return rows, head


def test_an_untouched_chain_has_no_faults():
    assert chain_faults(*a_chain()) == ()
    assert chain_faults([], AuditHead()) == ()


@pytest.mark.parametrize("field", sorted(link(AuditHead(), an_entry(1)).content))
def test_a_change_of_any_field_shows(field):
    rows, head = a_chain()
    rows[1] = replace(rows[1], content={**rows[1].content, field: "forged"})

    assert [(f.seq, f.fault) for f in chain_faults(rows, head)] == [(2, "changed")]


@pytest.mark.parametrize("place", range(4))
def test_a_removed_entry_shows_also_at_the_end(place):
    rows, head = a_chain()
    del rows[place]

    assert "missing" in {found.fault for found in chain_faults(rows, head)}


def test_an_inserted_entry_shows():
    rows, head = a_chain()
    forged = link(AuditHead(rows[1].seq, rows[1].hash), an_entry(9))

    assert chain_faults([*rows[:2], forged, *rows[2:]], head)


def test_an_entry_added_at_the_end_shows():
    rows, head = a_chain()

    assert chain_faults([*rows, link(head, an_entry(9))], head)


def test_exchanged_entries_show_even_when_their_places_are_kept():
    rows, head = a_chain()
    first, second = rows[1], rows[2]
    rows[1], rows[2] = replace(second, seq=first.seq), replace(first, seq=second.seq)

    assert {found.seq for found in chain_faults(rows, head)} >= {2, 3}


def test_a_chain_rewritten_from_one_entry_on_does_not_end_at_its_head():
    rows, head = a_chain()
    forged = link(AuditHead(rows[2].seq, rows[2].hash), an_entry(9))

    assert chain_faults([*rows[:3], forged], head)
