"""Partner and operators at one moment: whoever is first is right, the other is told, and nothing is left half done."""

import pytest

from assistant.domain.errors import Conflict
from assistant.domain.principals import Principal, Role
from support.conversation import Crash, Desk, codes, phase

OLGA = Principal("U-olga", "Olga Operator", Role.OPERATOR)
OTTO = Principal("U-otto", "Otto Operator", Role.OPERATOR)


@pytest.fixture
def at_desk(each_database):
    desk = Desk(each_database)
    desk.through("change seats of Contoso to 40", "human")
    yield desk
    desk.close()


def claim(desk, who=OLGA):
    return desk.hand_offs.claim(who, reference_of(desk))


def reference_of(desk):
    return desk.hand_offs.own(desk.anna)[0]["reference"]


def test_of_two_operators_at_one_moment_one_gets_the_case(at_desk):
    at_desk.storage.on_writing = lambda: claim(at_desk, OTTO)

    with pytest.raises(Conflict, match="Otto"):
        claim(at_desk, OLGA)
    acts = at_desk.hand_offs.show(OTTO, reference_of(at_desk))["acts"]
    assert [(act["act"], act["by"]) for act in acts][1:] == [("claim", "Otto Operator")]
    assert at_desk.hand_offs.faults() == {}


def test_who_takes_back_while_it_is_claimed_is_told_who_has_it(at_desk):
    at_desk.storage.on_writing = lambda: claim(at_desk)

    turn = at_desk.say("take it back")

    assert codes(turn) == ["desk_has_it"]
    assert phase(turn) == "seats/handoff"


def test_who_claims_while_it_is_taken_back_is_told_that_it_is_over(at_desk):
    at_desk.storage.on_writing = lambda: at_desk.say("take it back")

    with pytest.raises(Conflict, match="over"):
        claim(at_desk)
    assert phase(at_desk.say("what is NFR?")) == "seats/confirm"


def test_a_question_at_the_same_moment_stops_neither(at_desk):
    at_desk.storage.on_writing = lambda: at_desk.say("what is NFR?")
    claim(at_desk)

    said = [turn["said"] for turn in at_desk.view()["transcript"]]
    assert said[-2:] == ["what is NFR?", ""]


@pytest.mark.parametrize("act", ["claim", "write"])
def test_a_crash_leaves_an_act_undone_as_a_whole(at_desk, act):
    if act == "write":
        claim(at_desk)
    before = at_desk.hand_offs.show(OLGA, reference_of(at_desk)), at_desk.view()
    at_desk.storage.fail_at = {at_desk.storage.writes + 1}

    with pytest.raises(Crash):
        claim(at_desk) if act == "claim" else at_desk.hand_offs.write(
            OLGA, reference_of(at_desk), None, "hello"
        )

    at_desk.rebuild()
    assert (at_desk.hand_offs.show(OLGA, reference_of(at_desk)), at_desk.view()) == before


def test_nobody_speaks_while_a_code_is_being_checked(at_desk):
    claim(at_desk)
    at_desk.through("start a trial for Lucerne", "Cloud App Security", "5", "yes")
    refused = []

    def interrupt():
        with pytest.raises(Conflict) as told:
            at_desk.hand_offs.write(OLGA, reference_of(at_desk), None, "hello")
        refused.append(told.value.message)

    at_desk.factor.after = interrupt
    assert phase(at_desk.say("314159")) == "trial/done"
    assert ["confirming" in message for message in refused] == [True]
