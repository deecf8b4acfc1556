"""Handing a task to the vendor's desk, and what the operator's acts do to it: over the real backend, on each database."""

import pytest

from assistant.domain.errors import Conflict, Forbidden, InvalidInput, NotFound
from assistant.domain.principals import Principal, Role
from assistant.ports.hand_offs import Shown
from support.conversation import GOOD, Desk, codes, phase, text_of

OLGA = Principal("U-olga", "Olga Operator", Role.OPERATOR)
OTTO = Principal("U-otto", "Otto Operator", Role.OPERATOR)
SAL = Principal("U-sal", "Sal Sales", Role.SALES)


@pytest.fixture
def at_desk(desk):
    desk.through("change seats of Contoso to 40", "human")
    return desk


def reference_of(desk):
    return desk.hand_offs.own(desk.anna)[0]["reference"]


def claimed(desk, by=OLGA):
    return desk.hand_offs.claim(by, reference_of(desk))


def newest(desk):
    return desk.view()["transcript"][-1]["turn"]


def test_a_person_is_asked_for_at_the_preview_and_gets_everything_that_was_said(at_desk):
    (listed,) = at_desk.hand_offs.listed(OLGA, Shown())
    record = at_desk.hand_offs.show(OLGA, listed["reference"])["record"]

    assert (listed["customer"], listed["flow"], listed["asker"]) == ("Contoso", "seats", "Anna")
    assert {slot["name"]: slot["value"] for slot in record["slots"]}["seats"] == "40"
    assert [turn["said"] for turn in record["transcript"]] == ["change seats of Contoso to 40"]
    assert (record["step"], record["reason"]) == ("confirm", "asked")
    assert {"label": "Seats", "slot": "seats", "value": "25 to 40"} in record["preview"]
    assert record["cites"]


def test_the_task_stands_at_the_desk_and_a_yes_commits_nothing(at_desk):
    turn = at_desk.through("yes", GOOD)

    assert phase(turn) == "seats/handoff"
    assert at_desk.seats_of("Contoso") == [25]
    assert turn["writes"] == 0


def test_a_question_is_answered_meanwhile_and_not_passed_on(at_desk):
    turn = at_desk.say("what is NFR?")

    assert codes(turn) == ["answer", "not_passed_on"]
    assert phase(turn) == "seats/handoff"
    assert len(at_desk.hand_offs.own_one(at_desk.anna, reference_of(at_desk))["acts"]) == 1


def test_what_is_said_beside_is_added_to_the_case_without_secrets(at_desk):
    at_desk.say("tell the desk: my code is 314159 and the key is WF-DEMO-ABCDE-12345-FGHIJ")

    added = at_desk.hand_offs.show(OLGA, reference_of(at_desk))["acts"][-1]
    assert (added["act"], added["by"]) == ("add", "Anna")
    assert "314159" not in added["text"]


def test_asking_for_a_person_twice_opens_one_case(at_desk):
    turn = at_desk.say("human")

    assert codes(turn) == ["desk_not_yet"]
    assert len(at_desk.hand_offs.listed(OLGA, Shown())) == 1


def test_the_partner_takes_it_back_while_nobody_has_it(at_desk):
    turn = at_desk.say("take it back")

    assert phase(turn) == "seats/confirm"
    assert at_desk.hand_offs.listed(OLGA, Shown()) == []
    assert [case["state"] for case in at_desk.hand_offs.own(at_desk.anna)] == ["taken_back"]


def test_what_an_operator_has_is_not_taken_back_and_not_cancelled(at_desk):
    claimed(at_desk)

    assert codes(at_desk.say("take it back")) == ["desk_has_it"]
    assert codes(at_desk.say("cancel")) == ["desk_must_stop"]
    assert at_desk.hand_offs.own(at_desk.anna)[0]["state"] == "claimed"


def test_cancelling_withdraws_a_case_that_nobody_has(at_desk):
    assert phase(at_desk.say("cancel")) == "seats/cancelled"
    with pytest.raises(Conflict):
        claimed(at_desk)


def test_one_of_two_operators_gets_a_case(at_desk):
    claimed(at_desk)

    with pytest.raises(Conflict, match="Olga"):
        claimed(at_desk, OTTO)
    assert [case["holder"] for case in at_desk.hand_offs.listed(OLGA, Shown("mine"))] == ["Olga Operator"]
    assert at_desk.hand_offs.listed(OTTO, Shown("mine")) == []


def test_an_operator_who_has_not_claimed_a_case_cannot_act_on_it(at_desk):
    with pytest.raises(Conflict, match="Claim"):
        at_desk.hand_offs.write(OLGA, reference_of(at_desk), None, "hello")
    claimed(at_desk)
    with pytest.raises(Conflict, match="Olga"):
        at_desk.hand_offs.close(OTTO, reference_of(at_desk), None, "mine now")


def test_what_the_operator_writes_stands_in_the_conversation_with_who_and_when(at_desk):
    claimed(at_desk)
    at_desk.hand_offs.write(OLGA, reference_of(at_desk), None, "Which contract? Do not send the code 314159")

    (block,) = newest(at_desk)["blocks"]
    assert (block["type"], block["act"], block["by"]) == ("handoff", "message", "Olga Operator")
    assert block["at"] == at_desk.clock.now().isoformat()
    assert "Which contract?" in block["text"]
    assert "314159" not in block["text"]
    assert at_desk.hand_offs.waiting(at_desk.anna) == 1
    at_desk.say("the one of 2024")
    assert at_desk.hand_offs.waiting(at_desk.anna) == 0


def test_a_correction_is_read_by_the_flow_in_the_partners_scope(at_desk):
    claimed(at_desk)
    case = at_desk.hand_offs.correct(
        OLGA, reference_of(at_desk), None, {"customer": "Tailspin", "seats": "70"}
    )

    assert [change["slot"] for change in case["acts"][-1]["changes"]] == ["customer", "plan", "seats"]
    assert phase(newest(at_desk)) == "seats/handoff"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"customer": "Woodgrove"}, "values.customer"),
        ({"seats": "many"}, "values.seats"),
        ({"seats": "0"}, "values.seats"),
        ({"seats": "25"}, "values.seats"),
        ({"colour": "red"}, "values.colour"),
        ({}, "values"),
    ],
)
def test_a_correction_that_the_partner_could_not_make_is_refused_and_changes_nothing(at_desk, values, field):
    version = claimed(at_desk)["version"]

    with pytest.raises(InvalidInput) as refused:
        at_desk.hand_offs.correct(OLGA, reference_of(at_desk), version, values)

    assert refused.value.field == field
    assert at_desk.hand_offs.show(OLGA, reference_of(at_desk))["version"] == version


def test_a_returned_task_goes_on_at_the_preview_with_the_corrections_named(at_desk):
    claimed(at_desk)
    at_desk.hand_offs.correct(OLGA, reference_of(at_desk), None, {"seats": "30"})
    at_desk.hand_offs.give_back(OLGA, reference_of(at_desk), None, "30 fits the contract")
    turn = newest(at_desk)

    assert phase(turn) == "seats/confirm"
    assert "Seats 40 > 30" in text_of(turn)
    assert turn["task"]["preview"]["seats_after"] == 30
    done = at_desk.through("yes", GOOD)
    assert phase(done) == "seats/done"
    assert at_desk.seats_of("Contoso") == [30]


def test_a_returned_task_waits_while_another_is_open(at_desk):
    claimed(at_desk)
    at_desk.say("start a trial for Lucerne")
    at_desk.hand_offs.give_back(OLGA, reference_of(at_desk), None, "")
    turn = newest(at_desk)

    assert phase(turn).startswith("trial/collect")
    assert turn["blocks"][-1]["type"] == "prompt"
    assert phase(at_desk.say("resume change seats")) == "seats/confirm"


def test_a_completed_task_is_done_without_a_write_of_the_platform(at_desk):
    claimed(at_desk)
    at_desk.hand_offs.complete(OLGA, reference_of(at_desk), None, "Changed on the vendor's system", "SR-77")
    turn = newest(at_desk)

    assert phase(turn) == "seats/done"
    assert "SR-77" in text_of(turn)
    assert (turn["writes"], turn["task"]["reference"]) == (0, None)
    assert at_desk.seats_of("Contoso") == [25]
    assert codes(at_desk.say("did it work?")) == ["nothing_done"]


def test_a_closed_case_tells_the_reason_and_refuses_the_task(at_desk):
    claimed(at_desk)
    at_desk.hand_offs.close(OLGA, reference_of(at_desk), None, "Nobody signed for it")

    assert phase(newest(at_desk)) == "seats/refused"
    assert "Nobody signed for it" in text_of(newest(at_desk))
    assert [case["state"] for case in at_desk.hand_offs.listed(OTTO, Shown("closed"))] == ["closed"]


def test_an_act_decided_on_an_older_version_is_refused(at_desk):
    version = claimed(at_desk)["version"]
    at_desk.say("it is urgent")

    with pytest.raises(Conflict, match="changed"):
        at_desk.hand_offs.close(OLGA, reference_of(at_desk), version, "no answer")


@pytest.mark.parametrize("who", [SAL, None], ids=["sales", "partner"])
def test_nobody_else_reads_or_works_on_cases(at_desk, who):
    who = who or at_desk.anna
    reference = reference_of(at_desk)

    with pytest.raises(Forbidden):
        at_desk.hand_offs.listed(who, Shown())
    for name in (reference, "H-0"):
        with pytest.raises(Forbidden):
            at_desk.hand_offs.show(who, name)
        with pytest.raises(Forbidden):
            at_desk.hand_offs.claim(who, name)


def test_anothers_case_is_told_like_one_that_never_was(at_desk):
    for name in (reference_of(at_desk), "H-0"):
        with pytest.raises(NotFound, match="no such case"):
            at_desk.hand_offs.own_one(SAL, name)


def test_a_question_that_nothing_answers_can_be_passed_on(desk):
    turn = desk.through("how much is the price?", "human")
    (listed,) = desk.hand_offs.listed(OLGA, Shown())

    assert codes(turn) == ["handoff"]
    assert turn["task"] is None
    assert (listed["subject"], listed["task"]) == ("how much is the price?", None)
    claimed(desk)
    with pytest.raises(Conflict, match="no task"):
        desk.hand_offs.give_back(OLGA, listed["reference"], None, "")
    assert (
        desk.hand_offs.complete(OLGA, listed["reference"], None, "See the price list", None)["state"]
        == "completed"
    )


def test_a_case_about_a_change_without_an_answer_leaves_the_change_to_be_settled(desk):
    from assistant.domain.errors import BackendUnavailable, OutcomeUnknown

    def lost():
        raise OutcomeUnknown("no answer")

    def away():
        raise BackendUnavailable("away")

    desk.through("change seats of Contoso to 40", "yes")
    desk.licensing.after["execute"] = lost
    desk.licensing.before["withdraw"] = away
    assert phase(desk.say(GOOD)) == "seats/unknown"
    assert phase(desk.say("human")) == "seats/unknown"
    desk.licensing.before.clear()

    assert phase(desk.say("did it work?")) == "seats/done"
    assert desk.seats_of("Contoso") == [40]


def test_everything_done_with_a_case_is_chained(at_desk):
    claimed(at_desk)
    at_desk.hand_offs.release(OLGA, reference_of(at_desk), None)

    assert at_desk.hand_offs.faults() == {}
    assert [act["act"] for act in at_desk.hand_offs.show(OTTO, reference_of(at_desk))["acts"]] == [
        "open",
        "claim",
        "release",
    ]


def test_a_case_goes_through_on_each_database(each_database):
    desk = Desk(each_database)
    desk.through("change seats of Contoso to 40", "human")
    claimed(desk)
    desk.hand_offs.correct(OLGA, reference_of(desk), None, {"seats": "30"})
    desk.hand_offs.give_back(OLGA, reference_of(desk), None, "")
    found = [
        desk.hand_offs.listed(OLGA, Shown("closed", words, flow))
        for words, flow in (("contoso ann", "seats"), ("lucerne", None))
    ]

    assert [len(cases) for cases in found] == [1, 0]
    assert desk.hand_offs.waiting(desk.anna) == 1
    assert desk.hand_offs.faults() == {}
    desk.close()
