"""The process dies at any instant: afterwards the truth is told, and there is one write or none."""

import pytest

from support.conversation import GOOD, OTHER_GOOD, Crash, codes, phase


@pytest.fixture
def desk(desk_on_each_database):
    return desk_on_each_database


def at_step_up(desk):
    turn = desk.through("Contoso needs 5 more seats", "yes")
    assert phase(turn) == "seats/stepup"
    return turn


def dies(desk, message_id="code-1"):
    with pytest.raises(Crash):
        desk.say(code=GOOD, message_id=message_id)


def crash():
    raise Crash


def before_the_check(desk):
    desk.storage.fail_at = {desk.storage.writes + 1}


def after_the_code_was_accepted(desk):
    desk.factor.after = crash


def before_the_commit_is_noted(desk):
    desk.storage.fail_at = {desk.storage.writes + 2}


def before_execute(desk):
    desk.licensing.before["execute"] = crash


def after_execute(desk):
    desk.licensing.after["execute"] = crash


def before_the_reply_is_saved(desk):
    desk.storage.fail_at = {desk.storage.writes + 3}


NOT_MADE = [before_the_check, after_the_code_was_accepted, before_the_commit_is_noted, before_execute]
MADE = [after_execute, before_the_reply_is_saved]


def revive(desk):
    desk.factor.after = lambda: None
    desk.licensing.before, desk.licensing.after = {}, {}
    desk.storage.fail_at = set()
    desk.rebuild()


@pytest.mark.parametrize("point", NOT_MADE)
def test_a_death_before_the_change_leaves_none_and_did_it_work_says_so(desk, point):
    at_step_up(desk)
    point(desk)
    dies(desk)
    revive(desk)

    turn = desk.say("did it work?")

    assert "receipt" not in codes(turn)
    assert turn["writes"] == 0
    assert desk.audited() == []
    assert desk.seats_of("Contoso") == [25]


@pytest.mark.parametrize("point", MADE)
def test_a_death_after_the_change_leaves_one_and_did_it_work_shows_its_receipt(desk, point):
    at_step_up(desk)
    point(desk)
    dies(desk)
    revive(desk)

    turn = desk.say("did it work?")

    assert codes(turn) == ["receipt"]
    assert phase(turn) == "seats/done"
    assert turn["writes"] == 1
    assert turn["task"]["reference"] == desk.audited()[0]
    assert desk.seats_of("Contoso") == [30]


@pytest.mark.parametrize("point", [*NOT_MADE, *MADE])
def test_however_the_user_goes_on_after_a_death_there_is_never_a_second_write(desk, point):
    at_step_up(desk)
    point(desk)
    dies(desk)
    revive(desk)
    desk.clock.advance(seconds=11)

    desk.say(code=GOOD, message_id="code-1")
    for said in ("yes", "did it work?", "yes", "continue", "yes"):
        desk.say(said)
    desk.say(code=OTHER_GOOD)
    desk.say(code=GOOD)

    assert len(desk.audited()) == desk.say("status")["writes"] == 1
    assert desk.seats_of("Contoso") == [30]


@pytest.mark.parametrize("point", MADE)
def test_the_code_sent_again_after_a_death_gives_the_receipt_and_uses_no_other_code(desk, point):
    at_step_up(desk)
    point(desk)
    dies(desk)
    revive(desk)

    turn = desk.say(code=GOOD, message_id="code-1")
    again = desk.say(code=GOOD, message_id="code-1")

    assert codes(turn) == ["receipt"]
    assert again == turn
    assert len(desk.factor.tries) == 1


def test_a_death_while_settling_leaves_the_question_open_for_the_next_message(desk):
    at_step_up(desk)
    after_execute(desk)
    dies(desk)
    revive(desk)
    desk.licensing.after["withdraw"] = crash
    with pytest.raises(Crash):
        desk.say("did it work?")
    revive(desk)

    assert codes(desk.say("did it work?")) == ["receipt"]
    assert len(desk.audited()) == 1


def test_after_it_was_not_made_the_old_request_can_no_longer_be_carried_out(desk):
    at_step_up(desk)
    capsules = []
    desk.licensing.before["execute"] = crash
    dies(desk)
    revive(desk)
    capsules.append(desk.say("did it work?"))

    turn = desk.say(code=OTHER_GOOD)

    assert codes(capsules[0])[0] == "absent"
    assert "stray_code" in codes(turn)
    assert desk.audited() == []


def test_while_the_same_code_is_in_hand_elsewhere_a_second_delivery_is_told_to_wait(desk):
    from assistant.domain.errors import Conflict

    at_step_up(desk)
    after_the_code_was_accepted(desk)
    dies(desk)
    revive(desk)
    desk.clock.advance(seconds=9)

    with pytest.raises(Conflict):
        desk.say(code=GOOD, message_id="code-1")
    assert desk.audited() == []
