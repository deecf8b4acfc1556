"""Collecting, correcting, going back, putting aside and taking up: what a task does with what is said."""

from dataclasses import replace

import pytest

from assistant.domain.actions import ChangeSeats
from assistant.workflows import all_flows, seats, trial
from support.conversation import GOOD, OTHER_GOOD, Crash, codes, phase, text_of


def somebody_sets(desk, seats_, name="Contoso"):
    customer = desk.backend.stored(name)
    desk.backend.change(
        ChangeSeats(customer.id, customer.subscriptions[0].id, seats_), task_id=f"T-x-{seats_}"
    )


def test_a_whole_sentence_fills_all_slots(desk):
    turn = desk.say("start a trial of email security for Lucerne with six seats")

    assert phase(turn) == "trial/confirm"
    assert turn["task"]["slots"] == {"customer": "Lucerne", "plan": "Email Security Standard", "seats": 6}


def test_slots_are_asked_in_order_and_what_is_known_is_not_asked_again(desk):
    asked = [desk.say(said)["task"]["asks"] for said in ("I need a trial with 6 seats", "Lucerne")]
    turn = desk.say("email security")

    assert asked == ["customer", "plan"]
    assert phase(turn) == "trial/confirm"
    assert turn["task"]["slots"]["seats"] == 6


@pytest.mark.parametrize("said", ["add five seats", "five more seats", "I need 5 more seats"])
def test_a_relative_number_said_before_the_customer_is_counted_once_the_plan_is_known(desk, said):
    asked = desk.say(said)
    turn = desk.say("Contoso")

    assert asked["task"]["asks"] == "customer"
    assert turn["task"]["preview"]["seats_before"] == 25
    assert turn["task"]["preview"]["seats_after"] == 30


def test_a_total_said_before_the_customer_is_kept(desk):
    desk.say("change seats to 30")

    assert desk.say("Contoso")["task"]["preview"]["seats_after"] == 30


def test_another_customer_clears_what_was_counted_from_the_first(desk):
    desk.say("Contoso needs 5 more seats")

    turn = desk.say("not Contoso, Tailspin")

    assert turn["task"]["slots"]["customer"] == "Tailspin"
    assert turn["task"]["preview"] is None or turn["task"]["preview"]["seats_before"] == 60


@pytest.mark.parametrize("said", ["0", "zero", "1000000", "26 fewer"])
def test_seats_out_of_range_are_refused_with_the_range(desk, said):
    desk.say("change seats of Contoso")

    turn = desk.say(said)

    assert codes(turn) == ["seats_invalid", "prompt"]
    assert turn["task"]["asks"] == "seats"


def test_help_grows_with_every_value_that_cannot_be_read(desk):
    desk.say("change seats of Contoso")

    said = [text_of(desk.say("lots")) for _ in range(3)]

    assert "For example" not in said[0]
    assert "For example" in said[1]
    assert "help" not in said[1]
    assert "Say human" in said[2]


def test_a_customer_without_a_plan_is_said_and_another_asked(desk):
    turn = desk.say("5 more seats for Lucerne")

    assert codes(turn) == ["no_subscription", "prompt"]
    assert turn["task"]["asks"] == "customer"
    assert phase(desk.say("Contoso")).startswith("seats/")


def test_questions_are_answered_first_and_the_prompt_comes_once_and_last(desk):
    desk.say("trial for Lucerne")

    turn = desk.say("email security, and what is NFR? And does the term change?")

    assert codes(turn) == ["answer", "answer", "prompt"]
    assert turn["task"]["asks"] == "seats"


def test_a_question_alone_leaves_the_task_untouched(desk):
    before = desk.say("Contoso needs 5 more seats")["task"]

    turn = desk.say("does the term change?")

    assert codes(turn) == ["answer", "preview"]
    assert turn["task"] == before


def test_a_follow_up_is_tried_within_the_last_answer_and_the_tasks_own_policy(desk):
    desk.through("trial for Lucerne", "what is NFR?", "and does the term change?")

    assert desk.knowledge.asked[-1][2] == ("what-is-nfr", *trial.FLOW.entries)


def test_candidates_are_offered_and_picked_by_number_name_or_button(desk):
    for pick in (
        {"text": "1"},
        {"text": "the first one"},
        {"text": "What is NFR?"},
        {"choice": "what-is-nfr"},
    ):
        desk.conversation = desk.service.open(desk.anna)
        asked = desk.say("tell me about both")
        turn = desk.say(**pick)

        assert codes(asked) == ["choices"]
        assert asked["abstain"] == "ambiguous"
        assert codes(turn) == ["answer"]


def test_a_candidate_withdrawn_meanwhile_is_said_to_be_gone(desk):
    desk.say("tell me about both")
    desk.knowledge.gone = {"what-is-nfr"}

    turn = desk.say("1")

    assert turn["abstain"] == "withdrawn"
    assert "answer" not in codes(turn)


def test_a_candidate_that_is_for_sales_alone_by_now_is_gone_for_a_partner(desk):
    desk.say("tell me about both")
    desk.knowledge.for_sales = {"what-is-nfr"}

    turn = desk.say("1")

    assert turn["abstain"] == "withdrawn"
    assert "answer" not in codes(turn)


def test_no_answer_names_the_gap_and_the_missing_words(desk):
    turn = desk.say("how much is the price?")

    assert turn["abstain"] == "not_in_policy"
    assert turn["blocks"][0]["gap"] == "Q-0001"
    assert "price" in text_of(turn)


@pytest.mark.parametrize("said", ["hello", "thank you", "Hallo!"])
def test_a_greeting_is_answered_with_what_can_be_done(desk, said):
    assert codes(desk.say(said)) == ["help_idle"]
    assert desk.knowledge.asked == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("cancel", "nothing_to_cancel"),
        ("back", "nothing_open"),
        ("restart", "nothing_open"),
        ("help", "help_idle"),
        ("what can you do?", "help_idle"),
        ("human", "handoff"),
        ("take it back", "nothing_to_take_back"),
        ("tell the desk: hello", "no_open_case"),
        ("resume", "nothing_to_resume"),
        ("did it work?", "nothing_done"),
        ("yes", "nothing_open"),
        ("no", "nothing_open"),
        ("123456", "stray_code"),
    ],
)
def test_with_no_task_open_a_control_word_says_so(desk, said, code):
    turn = desk.say(said)

    assert codes(turn) == [code]
    assert turn["task"] is None


@pytest.mark.parametrize(
    "steps", [["trial for Lucerne"], ["5 more seats for Contoso"], ["5 more seats for Contoso", "yes"]]
)
def test_cancel_help_and_status_in_every_phase(desk, steps):
    before = desk.through(*steps)["task"]

    helped, status = desk.say("help"), desk.say("did it work?")
    cancelled = desk.say("cancel")

    assert helped["task"] == before
    assert codes(helped)[0] == "help_task"
    assert "receipt" not in codes(status)
    assert cancelled["task"]["phase"] == "cancelled"
    assert cancelled["task"]["short_hash"] is None
    assert desk.say("yes")["writes"] == 0


def test_back_goes_through_the_slots_and_over_what_was_filled_by_itself(desk):
    desk.through("5 more seats for Contoso", "yes")

    asked = [desk.say("back")["task"] for _ in range(4)]

    assert [(t["phase"], t["asks"]) for t in asked] == [
        ("confirm", None),
        ("collect", "seats"),
        ("collect", "customer"),
        ("collect", "customer"),
    ]


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("change the customer", "customer"),
        ("wrong customer", "customer"),
        ("change the seats", "seats"),
        ("the plan is wrong", "plan"),
    ],
)
@pytest.mark.parametrize("steps", [[], ["yes"]])
def test_a_slot_can_be_named_to_be_changed_and_the_confirmation_is_void(desk, steps, said, asks):
    desk.through("trial of email security for Lucerne, 6 seats", *steps)

    turn = desk.say(said)

    assert phase(turn) == "trial/collect"
    assert turn["task"]["asks"] == asks
    assert turn["task"]["short_hash"] is None


def test_change_seats_with_a_number_and_nothing_else_corrects_the_open_task(desk):
    desk.say("trial of email security for Lucerne, 6 seats")

    turn = desk.say("change the seats to 7")

    assert phase(turn) == "trial/confirm"
    assert turn["task"]["slots"]["seats"] == 7


def test_change_seats_of_a_named_customer_starts_that_task(desk):
    desk.say("trial of email security for Lucerne, 6 seats")

    assert phase(desk.say("change the seats of Contoso to 30")) == "seats/confirm"


def test_restart_empties_the_task_and_keeps_it(desk):
    before = desk.through("5 more seats for Contoso", "yes")["task"]

    turn = desk.say("start over")

    assert turn["task"]["id"] == before["id"]
    assert turn["task"]["slots"] == {}
    assert turn["task"]["asks"] == "customer"


@pytest.mark.parametrize(
    ("said", "slots"),
    [("restart", {}), ("keep", {"customer": "Lucerne"}), ("start over", {}), ("2", {"customer": "Lucerne"})],
)
def test_the_same_flow_again_asks_whether_to_start_over(desk, said, slots):
    desk.say("trial for Lucerne")
    asked = desk.say("start a trial")

    turn = desk.say(said)

    assert codes(asked) == ["choices"]
    assert turn["task"]["slots"] == slots


def test_a_message_for_two_flows_asks_which(desk):
    asked = desk.say("start a trial and change seats")
    turn = desk.say("the second one")

    assert [option["id"] for option in asked["blocks"][-1]["options"]] == ["seats", "trial"]
    assert phase(turn) == "trial/collect"


def test_another_flow_parks_the_first_and_each_is_resumed_by_name(desk):
    first = desk.say("trial of email security for Lucerne")["task"]["id"]
    second = desk.say("5 more seats for Contoso")

    back = desk.say("go on with the trial for Lucerne")
    again = desk.say("resume the seats of Contoso")

    assert [task["phase"] for task in second["tasks"]] == ["confirm", "parked"]
    assert back["task"]["id"] == first
    assert again["task"]["id"] == second["task"]["id"]
    assert again["task"]["phase"] == "confirm"


def test_a_resumed_task_has_to_be_confirmed_anew_and_its_differences_are_named(desk):
    desk.through("5 more seats for Contoso", "yes", "trial for Lucerne")
    somebody_sets(desk, 40)

    turn = desk.say("resume the change of seats")

    assert phase(turn) == "seats/confirm"
    assert turn["task"]["preview"]["seats_after"] == 45
    assert "preview_changed" in codes(turn)
    assert "stray_code" in codes(desk.say(code=GOOD))


def test_after_one_task_ends_the_waiting_one_is_named(desk):
    desk.through("trial for Lucerne", "5 more seats for Contoso", "yes")

    turn = desk.say(code=GOOD)

    assert codes(turn) == ["receipt", "waiting"]
    assert phase(desk.say("continue")) == "trial/collect"


def test_did_it_work_in_a_second_task_does_not_deny_the_first(desk):
    desk.through("5 more seats for Contoso", "yes")
    desk.say(code=GOOD)
    desk.say("trial for Lucerne")

    turn = desk.say("did it work?")

    assert "No change was sent in this conversation" not in text_of(turn)
    assert turn["writes"] == 1


def test_the_last_change_is_told_however_many_tasks_were_dropped_since(desk):
    desk.through("5 more seats for Contoso", "yes")
    desk.say(code=GOOD)
    for _ in range(7):
        desk.through("trial for Lucerne", "cancel")

    assert codes(desk.say("did it work?")) == ["receipt"]


def test_a_change_that_became_pointless_meanwhile_asks_for_another_number(desk):
    desk.say("set Contoso to 30 seats")
    somebody_sets(desk, 30)

    turn = desk.say("what is NFR?")
    again = desk.say("yes")

    assert "seats_unchanged" in codes(turn)
    assert phase(turn) == "seats/collect"
    assert again["task"]["asks"] == "seats"


def a_release(*, dropping=None):
    """Return the flows of the next release, the seats flow with another version and maybe without a slot."""
    slots = tuple(slot for slot in seats.FLOW.slots if slot.name != dropping)
    return [replace(flow, version=2, slots=slots) if flow.id == "seats" else flow for flow in all_flows()]


def test_a_task_goes_on_under_the_next_version_of_its_flow(desk):
    desk.through("5 more seats for Contoso", "yes")
    desk.rebuild(a_release())

    shown = desk.say("continue")
    desk.say("yes")
    turn = desk.say(code=GOOD)

    assert phase(shown) == "seats/confirm"
    assert shown["task"]["flow_version"] == 2
    assert codes(turn) == ["receipt"]


def test_slots_that_a_release_dropped_are_named(desk):
    desk.say("trial for Lucerne")
    flows = [replace(f, version=2, slots=(f.slots[2],)) if f.id == "trial" else f for f in all_flows()]
    desk.rebuild(flows)

    turn = desk.say("help")

    assert "flow_changed" in codes(turn)
    assert "Customer" in text_of(turn)
    assert turn["task"]["slots"] == {}


def test_a_release_in_the_middle_of_a_commit_loses_no_outcome_and_makes_no_second_write(desk):
    desk.through("5 more seats for Contoso", "yes")

    def crash():
        raise Crash

    desk.licensing.after["execute"] = crash
    with pytest.raises(Crash):
        desk.say(code=GOOD)
    desk.licensing.after = {}
    desk.rebuild(a_release())

    turn = desk.say("yes")
    desk.through("yes", "continue")
    desk.say(code=OTHER_GOOD)

    assert codes(turn) == ["receipt"]
    assert len(desk.audited()) == 1


def test_a_form_fills_slots_in_the_flows_order(desk):
    desk.service.start(desk.anna, desk.conversation, "start", "trial")

    turn = desk.say(
        values={
            "seats": "6",
            "plan": "Email Security Standard",
            "customer": str(desk.backend.customer("Lucerne")),
        }
    )

    assert phase(turn) == "trial/confirm"
    assert turn["task"]["slots"] == {"customer": "Lucerne", "plan": "Email Security Standard", "seats": 6}


def test_a_wrong_value_of_a_form_is_named_and_the_right_ones_are_kept(desk):
    desk.service.start(desk.anna, desk.conversation, "start", "trial")

    turn = desk.say(values={"customer": "Nobody", "seats": "6"})

    assert codes(turn) == ["invalid_customer", "prompt"]
    assert turn["task"]["slots"] == {"seats": 6}


def test_an_option_of_the_open_prompt_can_be_pressed(desk):
    desk.say("I need a trial")

    turn = desk.say(choice=str(desk.backend.customer("Lucerne")))

    assert turn["task"]["slots"] == {"customer": "Lucerne"}


def test_an_unclear_name_is_asked_back_and_picked(tmp_path):
    from support.conversation import Desk

    world = "partners: {Northwind: {customers: {Contoso East: {}, Contoso West: {}}}}"
    desk = Desk(tmp_path / "twins.sqlite3", world)
    asked = desk.say("trial of email security for Contoso")

    turn = desk.say("contoso west")

    assert [option["label"] for option in asked["blocks"][-1]["options"]] == ["Contoso East", "Contoso West"]
    assert asked["task"]["asks"] == "choice"
    assert turn["task"]["slots"]["customer"] == "Contoso West"
    desk.close()


def test_unread_text_at_the_preview_changes_nothing(desk):
    before = desk.say("5 more seats for Contoso")["task"]

    turn = desk.say("hmpf")

    assert codes(turn) == ["not_understood", "preview"]
    assert turn["task"] == before


def test_no_at_the_preview_and_at_the_code_confirms_nothing(desk):
    desk.say("5 more seats for Contoso")

    assert codes(desk.say("no")) == ["not_confirmed", "preview"]
    desk.say("yes")
    assert codes(desk.say("nein")) == ["not_confirmed", "preview"]
    assert "stray_code" in codes(desk.say(code=GOOD))


def test_the_view_shows_task_transcript_and_what_is_asked(desk):
    desk.say("trial for Lucerne")

    view = desk.view()

    assert view["task"]["asks"] == "plan"
    assert [turn["said"] for turn in view["transcript"]] == ["trial for Lucerne"]
    assert desk.service.view(desk.anna, desk.service.open(desk.anna))["task"] is None


@pytest.mark.parametrize("parked", [False, True], ids=["open", "parked"])
def test_a_task_of_a_flow_that_a_release_took_away_is_closed_and_said_to_be(desk, parked):
    desk.say("trial for Lucerne")
    if parked:
        desk.say("Contoso needs 5 more seats")
    desk.rebuild(flows=[flow for flow in all_flows() if flow.id != "trial"])

    turn = desk.say("what is nfr?")

    assert any(block.get("code") == "flow_withdrawn" for block in turn["blocks"])
    assert all(task["flow"] != "trial" for task in turn["tasks"])
    assert turn["writes"] == 0
