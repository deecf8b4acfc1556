"""What is asked and what is not: optional slots, texts, directions, and prompts with nothing to pick from."""

from dataclasses import replace

import pytest

from assistant.conversation.flow import Slot, SlotKind
from assistant.conversation.names import Option
from assistant.conversation.wording import read_wording
from assistant.domain.lookups import PlanChoice
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.workflows import cancel, seats, support_case, trial
from support.conversation import EMAIL, NFR, Dialogue, Performer, a_quote

REASON = Slot("reason", SlotKind.TEXT, optional=True, longest=20)
WORDS = read_wording().with_words("trial", {"ask.reason": "Why?", "ask.choice": "Which?"})
IN_USE = Refusal(RefusalCode.LEFTOVER_IN_USE, {"used": 3, "plan": "X"}, "reason")
START = "trial of email security for Adatum, 5 seats"


def talk(*slots, preview=None, plans=None, flow=trial.FLOW):
    performer = Performer(**({"Preview": preview} if preview else {}))
    performer.plans |= plans or {}
    wanted = replace(flow, slots=(*flow.slots, *slots))
    flows = {wanted.id: wanted, "seats": seats.FLOW}
    return Dialogue(performer, flows=flows, wording=WORDS)


def until_a_reason(answers):
    """Refuse the first previews of an action, then allow it."""
    outcomes = iter(answers)

    def preview(effect):
        return next(outcomes, None) or a_quote(effect.action)

    return preview


def last(blocks):
    return blocks[-1]["type"], blocks[-1].get("slot")


def test_an_optional_slot_is_not_asked():
    assert last(talk(REASON).say(START)) == ("preview", None)


def test_an_optional_slot_is_asked_once_a_rule_wants_it():
    dialogue = talk(REASON, preview=until_a_reason([IN_USE]))

    asked = dialogue.say(START)
    shown = dialogue.say("they moved away")

    assert [block["type"] for block in asked] == ["refusal", "prompt"]
    assert asked[-1]["input"] | {"options": [], "more": 0} == asked[-1]["input"]
    assert (asked[-1]["input"]["kind"], asked[-1]["input"]["max"]) == ("text", 20)
    assert last(shown) == ("preview", None)
    assert dialogue.state.task.slots["reason"].value == "they moved away"


def test_a_wanted_slot_is_asked_again_where_its_value_does_not_do():
    dialogue = talk(REASON, preview=until_a_reason([IN_USE, IN_USE]))
    dialogue.say(START)

    assert last(dialogue.say("they moved")) == ("prompt", "reason")


def test_a_refused_slot_that_had_one_option_only_ends_the_task():
    refusal = Refusal(RefusalCode.PLAN_UNKNOWN, {}, "plan")
    dialogue = talk(preview=lambda _: refusal, plans={"trial": (EMAIL,)})

    dialogue.say("trial for Adatum, 5 seats")

    assert [str(task.phase) for task in dialogue.state.tasks.values()] == ["refused"]
    assert dialogue.perform.kinds().count("Preview") == 1


def test_where_there_is_nothing_to_pick_the_rule_says_why():
    nothing = Slot("choice", SlotKind.CHOICE, options=lambda *_: (), without=True)
    refusal = Refusal(RefusalCode.LICENCE_UNKNOWN, {"customer": "Adatum"}, "choice")

    blocks = talk(nothing, preview=lambda _: refusal).say(START)

    assert [block.get("code") for block in blocks] == ["licence_unknown"]


def test_a_choice_is_picked_by_its_label_and_its_other_names():
    ways = (Option("keep", "Keep it", ("behalten",)), Option("drop", "Drop it"))
    dialogue = talk(Slot("choice", SlotKind.CHOICE, options=lambda *_: ways))

    asked = dialogue.say(START)
    dialogue.say("behalten")

    assert [option["label"] for option in asked[-1]["input"]["options"]] == ["Keep it", "Drop it"]
    assert dialogue.state.task.slots["choice"].value == "keep"


@pytest.mark.parametrize("text", ["yes", "no", "thanks", "...", "x" * 21])
def test_what_is_no_text_is_asked_again(text):
    dialogue = talk(replace(REASON, optional=False))
    dialogue.say(START)

    assert last(dialogue.say(text)) == ("prompt", "reason")
    assert "reason" not in dialogue.state.task.slots


def test_a_question_at_a_text_is_answered_and_the_text_stays_open():
    dialogue = talk(replace(REASON, optional=False))
    dialogue.say(START)

    blocks = dialogue.say("what is NFR?")

    assert blocks[0]["id"] == NFR.entry.id
    assert last(blocks) == ("prompt", "reason")


def test_a_text_that_holds_names_numbers_and_phrases_is_a_text_and_nothing_else():
    dialogue = talk(replace(REASON, optional=False, longest=200))
    dialogue.say(START)

    dialogue.say("Bellows told us that 7 users need a trial of more seats")

    assert {n: v.label for n, v in dialogue.state.task.slots.items()} == {
        "customer": "Adatum",
        "plan": "Email Security Standard",
        "seats": "5",
        "reason": "Bellows told us that 7 users need a trial of more seats",
    }


def test_what_begins_another_workflow_at_a_text_starts_that_one():
    dialogue = talk(replace(REASON, optional=False))
    dialogue.say(START)

    dialogue.say("5 more seats for Bellows")

    assert dialogue.state.task.flow == "seats"
    assert [task.flow for task in dialogue.state.parked] == ["trial"]


def test_a_number_from_a_form_after_more_seats_is_a_difference():
    dialogue = Dialogue()
    dialogue.say("more seats for Adatum")

    dialogue.say(values={"seats": "5"})

    assert dialogue.state.task.slots["seats"].relative == 5
    assert dialogue.state.task.slots["seats"].value == 45


@pytest.mark.parametrize(("said", "total"), [("5", 35), ("50 in total", 50), ("5 more", 45), ("-3", 37)])
def test_after_fewer_seats_a_bare_number_is_fewer_and_what_says_more_is_that(said, total):
    dialogue = Dialogue()
    dialogue.say("fewer seats for Adatum")

    dialogue.say(said)

    assert dialogue.state.task.slots["seats"].value == total


def test_a_direction_at_the_preview_voids_it_and_asks_how_many():
    dialogue = Dialogue()
    dialogue.say("5 more seats for Adatum")

    blocks = dialogue.say("fewer")

    assert last(blocks) == ("prompt", "seats")
    assert "fewer" in blocks[-1]["text"]
    assert dialogue.state.task.capsule_hash is None


def test_a_cancellation_needs_no_reason_and_a_case_needs_three_texts():
    own = (PlanChoice("P-1", "WF Services", (), "S-1", 5),)
    dialogue = talk(flow=cancel.FLOW, plans={"cancel": own}, preview=lambda _: IN_USE)

    assert last(dialogue.say("cancel the plan of Adatum")) == ("prompt", "reason")
    assert [slot.name for slot in support_case.FLOW.slots if slot.kind is SlotKind.TEXT] == [
        "reason",
        "level_one",
        "level_two",
    ]
