"""The same message twice, two devices, two users: one reply, one write, one owner."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from assistant.domain.errors import Conflict, InvalidInput, NotFound
from assistant.ports.conversations import Message
from support.conversation import GOOD, OTHER_GOOD, codes, phase


@pytest.fixture
def desk(desk_on_each_database):
    return desk_on_each_database


def at_step_up(desk):
    return desk.through("Contoso needs 5 more seats", "yes")


def test_the_same_message_twice_gives_the_same_reply_and_one_write(desk):
    at_step_up(desk)

    first = desk.say(code=GOOD, message_id="code-1")
    second = desk.say(code=GOOD, message_id="code-1")

    assert first == second
    assert len(desk.audited()) == 1


def test_another_message_under_a_used_id_is_refused_and_changes_nothing(desk):
    desk.say("Contoso needs 5 more seats", message_id="one")
    before = desk.log()

    with pytest.raises(InvalidInput, match="another message"):
        desk.say("Contoso needs 6 more seats", message_id="one")
    assert desk.log() == before


def test_a_code_under_a_used_id_gives_the_first_reply_whatever_its_digits(desk):
    at_step_up(desk)
    first = desk.say(code="111111", message_id="code-1")

    assert desk.say(code=GOOD, message_id="code-1") == first
    assert desk.audited() == []


def test_the_digits_of_a_code_cannot_be_guessed_from_what_is_stored(desk):
    from assistant.conversation.turns import request_hash

    assert request_hash(Message("m", code="111111")) == request_hash(Message("m", code="222222"))
    assert request_hash(Message("m", text="code 111111")) == request_hash(Message("m", text="code 222222"))


def at_once(count, act):
    barrier = Barrier(count)

    def run(number):
        barrier.wait()
        try:
            return act(number)
        except Conflict as conflict:
            return conflict

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.parametrize("said", ["help", "what is the price?", "Contoso needs 5 more seats", "hmpf"])
def test_two_threads_sending_the_same_message_get_the_same_reply(desk, said):
    message = Message("twin", text=said)

    turns = at_once(2, lambda _: desk.service.send(desk.anna, desk.conversation, message))

    assert turns[0] == turns[1]
    assert len(desk.view()["transcript"]) == 1


def test_a_turn_without_any_event_overtaken_by_its_twin_gives_the_twins_reply(desk):
    desk.storage.on_writing = lambda: desk.say("help", message_id="twin")

    turn = desk.say("help", message_id="twin")

    assert turn["message_id"] == "twin"
    assert len(desk.view()["transcript"]) == 1


def test_two_threads_sending_the_same_code_write_at_most_once_and_say_what_is_true(desk):
    at_step_up(desk)

    turns = at_once(2, lambda _: desk.service.send(desk.anna, desk.conversation, Message("c", code=GOOD)))

    # rarely each loses to the other between spending the code and keeping the turn: then nothing was written, and it says so
    assert desk.say("did it work?")["writes"] == len(desk.audited()) <= 1
    assert all(isinstance(turn, Conflict) or turn["writes"] <= 1 for turn in turns)


def test_two_devices_sending_different_codes_write_once(desk):
    at_step_up(desk)
    sent = (Message("c-0", code=GOOD), Message("c-1", code=OTHER_GOOD))

    at_once(2, lambda n: desk.service.send(desk.anna, desk.conversation, sent[n]))

    assert desk.say("did it work?")["writes"] == len(desk.audited()) <= 1


def test_many_devices_talking_at_once_lose_no_message(desk):
    turns = at_once(
        4, lambda n: desk.service.send(desk.anna, desk.conversation, Message(f"n-{n}", text="What is NFR?"))
    )

    assert all(codes(turn) == ["answer"] for turn in turns)
    assert len(desk.view()["transcript"]) == 4


def test_a_correction_on_a_second_device_voids_the_assent_of_the_first(desk):
    at_step_up(desk)
    desk.say("make it 7 more")

    turn = desk.say(code=GOOD)

    assert "stray_code" in codes(turn)
    assert desk.audited() == []


def test_a_conversation_begun_elsewhere_is_the_latest_and_goes_on(desk):
    desk.say("trial of email security for Lucerne")

    found = desk.service.latest(desk.anna)
    turn = desk.say("6", conversation=found)

    assert phase(turn) == "trial/confirm"


def test_a_foreign_conversation_is_not_found_like_one_that_never_was(desk):
    carla = desk.backend.user(partner="Southridge", user_id="U-carla")
    told = []
    for conversation in (desk.conversation, "C-never"):
        for ask in (desk.service.view, desk.service.events):
            with pytest.raises(NotFound) as found:
                ask(carla, conversation)
            told.append(found.value.message)
        with pytest.raises(NotFound) as found:
            desk.say("help", principal=carla, conversation=conversation)
        told.append(found.value.message)

    assert len(set(told)) == 1


def test_another_user_of_the_same_partner_does_not_see_the_conversation_either(desk):
    with pytest.raises(NotFound):
        desk.say("help", principal=desk.backend.user(user_id="U-adam"))
    with pytest.raises(NotFound):
        desk.say("help", principal=None)


def test_a_signed_out_conversation_is_adopted_at_sign_in_and_then_closed_to_others(desk):
    conversation = desk.service.open(None)
    desk.say("What is NFR?", principal=None, conversation=conversation)

    desk.say("trial for Lucerne", conversation=conversation)

    assert desk.service.latest(desk.anna) == conversation
    with pytest.raises(NotFound):
        desk.say("help", principal=None, conversation=conversation)


@pytest.mark.parametrize("said", ["help", "trial for Lucerne"])
def test_of_two_users_adopting_the_same_conversation_only_the_first_has_it(desk, said):
    conversation = desk.service.open(None)
    carla = desk.backend.user(partner="Southridge", user_id="U-carla")
    desk.storage.on_writing = lambda: desk.say(said, conversation=conversation, message_id="first")

    with pytest.raises(NotFound):
        desk.say("What is NFR?", principal=carla, conversation=conversation, message_id="second")

    assert desk.service.latest(desk.anna) == conversation
    assert desk.service.latest(carla) is None


def test_tasks_are_listed_over_all_conversations_of_their_user_only(desk):
    first = desk.say("trial of email security for Lucerne")["task"]
    second = desk.say("5 more seats for Contoso", conversation=desk.service.open(desk.anna))["task"]
    carla = desk.backend.user(partner="Southridge", user_id="U-carla")

    assert [task["id"] for task in desk.service.tasks(desk.anna)] == [second["id"], first["id"]]
    assert desk.service.task(desk.anna, first["id"])["phase"] == "collect"
    assert desk.service.tasks(carla) == []
    with pytest.raises(NotFound):
        desk.service.task(carla, first["id"])


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({}, "text"),
        ({"text": "a", "choice": "b"}, "text"),
        ({"text": "   "}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"text": "half a pair \ud800"}, "text"),
        ({"text": "zero \x00 byte"}, "text"),
        ({"choice": "x" * 4001}, "choice"),
        ({"values": {"customer": "x" * 4001}}, "values.customer"),
        ({"values": {"customer": "\ud800"}}, "values.customer"),
        ({"choice": "never offered"}, "choice"),
        ({"choice": "start:nothing"}, "choice"),
        ({"values": {"seats": "5"}}, "values"),
    ],
)
def test_bad_input_names_the_field_and_stores_nothing(desk, content, field):
    with pytest.raises(InvalidInput) as refused:
        desk.say(**content)

    assert refused.value.field == field
    assert desk.log() == []
    assert desk.view()["transcript"] == []


@pytest.mark.parametrize("message_id", ["", "x" * 65, "a\nb"])
def test_a_bad_message_id_is_refused(desk, message_id):
    with pytest.raises(InvalidInput) as refused:
        desk.service.send(desk.anna, desk.conversation, Message(message_id, text="help"))

    assert refused.value.field == "id"


def test_an_unknown_slot_of_a_form_is_named_with_the_known_ones(desk):
    desk.say("start a trial")

    with pytest.raises(InvalidInput, match="customer, plan, seats") as refused:
        desk.say(values={"colour": "red"})
    assert refused.value.field == "values.colour"


def test_a_button_starts_its_flow_and_an_unknown_one_is_not_found(desk):
    turn = desk.service.start(desk.anna, desk.conversation, "b-1", "trial")

    assert phase(turn) == "trial/collect"
    with pytest.raises(NotFound):
        desk.service.start(desk.anna, desk.conversation, "b-2", "nothing")


def meanwhile(desk, *says):
    """Return what another device does, once, in the middle of the first one's message."""
    told = []

    def speak():
        desk.factor.after = lambda: None
        desk.licensing.before, desk.licensing.after = {}, {}
        told.extend(desk.say(said) for said in says)

    return speak, told


@pytest.mark.parametrize("said", ["cancel", "make it 7 more", "back", "restart", "trial for Lucerne"])
def test_what_another_device_says_before_the_change_is_sent_stops_it(desk, said):
    at_step_up(desk)
    desk.factor.after, _ = meanwhile(desk, said)

    turn = desk.say(code=GOOD, message_id="code-1")

    assert turn["writes"] == 0
    assert desk.audited() == []
    assert desk.say(code=GOOD, message_id="code-1") == turn


def test_asking_from_another_device_before_the_change_arrives_withdraws_it_and_both_say_so(desk):
    at_step_up(desk)
    desk.licensing.before["execute"], told = meanwhile(desk, "did it work?")

    turn = desk.say(code=GOOD, message_id="code-1")

    assert codes(told[0])[0] == "absent"
    assert "receipt" not in codes(turn)
    assert turn["writes"] == told[0]["writes"] == 0
    assert desk.audited() == []


def test_asking_from_another_device_after_the_change_was_made_gives_both_the_receipt(desk):
    at_step_up(desk)
    desk.licensing.after["execute"], told = meanwhile(desk, "did it work?")

    turn = desk.say(code=GOOD, message_id="code-1")

    assert codes(told[0]) == codes(turn) == ["receipt"]
    assert told[0]["task"]["reference"] == turn["task"]["reference"] == desk.audited()[0]
    assert len(desk.audited()) == 1


def test_a_second_code_from_another_device_while_the_first_is_checked_makes_one_change(desk):
    at_step_up(desk)
    told = []

    def other_code():
        desk.factor.after = lambda: None
        told.append(desk.say(code=OTHER_GOOD, message_id="code-2"))

    desk.factor.after = other_code

    turn = desk.say(code=GOOD, message_id="code-1")

    assert len(desk.audited()) == 1
    assert codes(told[0]) == ["receipt"]
    assert turn["writes"] == 1


def test_a_conversation_that_never_rests_is_said_to_be_busy(desk):
    said = []

    def again():
        said.append(1)
        desk.storage.on_writing = None
        desk.say("What is NFR?")
        desk.storage.on_writing = again

    desk.storage.on_writing = again

    with pytest.raises(Conflict, match="busy"):
        desk.say("What is NFR?", message_id="slow")
    assert len(said) == 8
