"""What may be done with a case, by whom and when: every sequence of acts, and the table of single ones."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.audit import AuditHead, chain_faults
from assistant.domain.errors import Conflict
from assistant.domain.hand_offs import LIVE, Done, HandOff, HandOffAct, HandOffState, acted, refuse_stale
from assistant.domain.principals import Principal, Role

NOON = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
ANNA = Principal("U-anna", "Anna", Role.PARTNER_ADMIN, "PA-1")
OLGA = Principal("U-olga", "Olga", Role.OPERATOR)
OTTO = Principal("U-otto", "Otto", Role.OPERATOR)
OF_PARTNER = {HandOffAct.ADD, HandOffAct.TAKE_BACK, HandOffAct.WITHDRAW}
OF_DESK = set(HandOffAct) - OF_PARTNER - {HandOffAct.OPEN}


def opened():
    case = HandOff("H-1", "C-1", ANNA, "Change seats", "asked", NOON, NOON)
    return acted(case, Done(HandOffAct.OPEN, ANNA, NOON, detail={"slots": []}))


def after(case, *acts):
    for act, by in acts:
        case, _ = acted(case, Done(act, by, NOON))
    return case


@pytest.mark.parametrize("act", sorted(OF_DESK - {HandOffAct.CLAIM}))
def test_the_desk_acts_on_what_it_has_claimed_and_nobody_else_on_it(act):
    case, _ = opened()
    claimed = after(case, (HandOffAct.CLAIM, OLGA))

    with pytest.raises(Conflict, match="Claim"):
        after(case, (act, OLGA))
    with pytest.raises(Conflict, match="Olga"):
        after(claimed, (act, OTTO))
    assert after(claimed, (act, OLGA)).version == claimed.version + 1


@pytest.mark.parametrize("act", [HandOffAct.CLAIM, HandOffAct.TAKE_BACK, HandOffAct.WITHDRAW])
def test_what_is_claimed_is_neither_claimed_again_nor_taken_away(act):
    claimed = after(opened()[0], (HandOffAct.CLAIM, OLGA))

    with pytest.raises(Conflict, match="Olga"):
        after(claimed, (act, ANNA if act in OF_PARTNER else OTTO))


def test_a_released_case_is_anybodys():
    released = after(opened()[0], (HandOffAct.CLAIM, OLGA), (HandOffAct.RELEASE, OLGA))

    assert (released.state, released.holder) == (HandOffState.OPEN, None)
    assert after(released, (HandOffAct.CLAIM, OTTO)).holder == "Otto"


def test_what_the_desk_writes_is_unread_until_the_partner_says_something():
    case = after(opened()[0], (HandOffAct.CLAIM, OLGA))
    assert case.unread == 0
    case = after(case, (HandOffAct.MESSAGE, OLGA), (HandOffAct.CORRECT, OLGA))
    assert case.unread == 2
    assert after(case, (HandOffAct.ADD, ANNA)).unread == 0


def test_an_older_version_is_refused_and_none_is_any():
    case = after(opened()[0], (HandOffAct.CLAIM, OLGA))

    refuse_stale(case, None)
    refuse_stale(case, 2)
    with pytest.raises(Conflict, match="changed"):
        refuse_stale(case, 1)


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(OF_PARTNER | OF_DESK)), st.sampled_from([OLGA, OTTO])), max_size=12
    )
)
def test_whatever_is_tried_a_case_has_one_holder_ends_once_and_keeps_its_chain(tried):
    case, entry = opened()
    chain = [entry]
    for act, operator in tried:
        by = ANNA if act in OF_PARTNER else operator
        before = case
        try:
            case, entry = acted(case, Done(act, by, NOON, "words"))
        except Conflict:
            assert case is before
            continue
        chain.append(entry)
        assert before.live
        assert case.version == before.version + 1
        assert (case.holder is None) == (
            case.state in {HandOffState.OPEN, HandOffState.TAKEN_BACK, HandOffState.WITHDRAWN}
        )
        if before.holder_id and act is not HandOffAct.ADD:
            assert by.user_id == before.holder_id
    assert case.state in LIVE or not case.live
    assert chain_faults(chain, AuditHead(case.version, case.head)) == ()


def test_a_changed_act_shows():
    case, entry = opened()
    _, second = acted(case, Done(HandOffAct.CLAIM, OLGA, NOON))
    forged = second.__class__(second.seq, second.prev_hash, second.hash, {**second.content, "by": "Otto"})

    assert chain_faults([entry, forged], AuditHead(2, second.hash)) != ()
