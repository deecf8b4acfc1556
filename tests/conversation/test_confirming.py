"""Bound: a write needs preview, an unmixed yes and an accepted code for the same capsule, and nothing in between."""

import pytest

from assistant.domain.actions import ChangeSeats
from assistant.domain.errors import OutcomeUnknown
from assistant.domain.principals import Role
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.ports.simulation import Fault
from support.conversation import GOOD, LOCKED, OTHER_GOOD, WRONG, codes, phase, text_of


def at_preview(desk):
    turn = desk.say("Contoso needs 5 more seats")
    assert phase(turn) == "seats/confirm"
    return turn


def at_step_up(desk):
    at_preview(desk)
    turn = desk.say("yes")
    assert phase(turn) == "seats/stepup"
    return turn


def somebody_sets(desk, seats, name="Contoso"):
    customer = desk.backend.stored(name)
    action = ChangeSeats(customer.id, customer.subscriptions[0].id, seats)
    desk.backend.change(action, task_id=f"T-other-{seats}")


def test_preview_yes_and_code_make_the_change_once_and_give_its_receipt(desk):
    at_step_up(desk)

    turn = desk.say(code=GOOD)

    assert codes(turn) == ["receipt"]
    assert turn["blocks"][0]["reference"] == turn["task"]["reference"] == desk.audited()[0]
    assert turn["writes"] == 1
    assert desk.seats_of("Contoso") == [30]


@pytest.mark.parametrize(
    "said",
    [
        "yes, but make it 7 more",
        "yes but",
        "yes and no",
        "ok, 31",
        "yes for Tailspin",
        "yes?",
        "ok?",
        "sure?",
        "no",
        "yes if it is free",
        "don't confirm",
        "not yes",
        "yesterday",
        "yes what is NFR?",
        "yes. What is NFR?",
        "yes, cancel",
        "yes and start a trial",
        "oh yes of course not",
    ],
)
def test_anything_but_an_unmixed_yes_confirms_nothing(desk, said):
    at_preview(desk)

    turn = desk.say(said)

    assert turn["task"]["phase"] != "stepup"
    assert "Assented" not in [event["kind"] for event in desk.log()]
    assert desk.say(code=GOOD)["writes"] == 0
    assert desk.audited() == []


@pytest.mark.parametrize(
    "said", ["yes", "Yes.", "YES!", " yes ", "yes please", "ok", "do it", "ja", "go ahead", "Ja, bitte"]
)
def test_an_unmixed_yes_leads_to_the_code(desk, said):
    at_preview(desk)

    turn = desk.say(said)

    assert phase(turn) == "seats/stepup"
    assert turn["task"]["asks"] == "code"
    assert turn["blocks"][-1]["short_hash"] == turn["task"]["short_hash"]


@pytest.mark.parametrize(
    "said", ["make it 7 more", "30 in total", "sorry, ten more", "not Contoso, Tailspin", "back", "restart"]
)
def test_a_change_after_the_yes_voids_it(desk, said):
    before = at_step_up(desk)["task"]["short_hash"]
    if said == "30 in total":
        said = "31 in total"

    turn = desk.say(said)
    stray = desk.say(code=GOOD)

    assert turn["task"]["phase"] in {"confirm", "collect"}
    assert "stray_code" in codes(stray)
    assert desk.audited() == []
    assert said == "back" or turn["task"]["short_hash"] != before


def test_a_correction_at_the_preview_gives_another_preview_with_another_hash(desk):
    before = at_preview(desk)

    turn = desk.say("sorry, ten more")

    assert turn["task"]["preview"]["seats_after"] == 35
    assert turn["task"]["short_hash"] != before["task"]["short_hash"]


def test_an_unclear_correction_after_the_yes_voids_it_before_it_is_cleared_up(tmp_path):
    from support.conversation import Desk
    from support.licensing import WORLD

    west = "Contoso West: {subscriptions: [{plan: WF Services Annual, seats: 9, start: 2025-06-01}]}"
    east = west.replace("West", "East").replace("9", "8", 1)
    desk = Desk(
        tmp_path / "d.sqlite3",
        WORLD.replace("      Lucerne: {}", f"      Lucerne: {{}}\n      {west}\n      {east}"),
    )
    desk.through("5 more seats for Tailspin", "yes")
    asked = desk.say("not Tailspin, Contoso XX")
    asked = desk.say("sorry, for the Contoso") if codes(asked)[-1] != "choices" else asked

    turn = desk.say(code=GOOD)

    assert turn["writes"] == 0
    assert desk.audited() == []
    desk.close()


def test_a_refused_correction_after_the_yes_takes_it_back_to_the_preview(desk):
    desk.through("trial of email security for Lucerne, 6 seats", "yes")

    turn = desk.say("make it 11")

    assert codes(turn) == ["trial_too_large", "preview"]
    assert turn["task"]["slots"]["seats"] == 6
    assert "stray_code" in codes(desk.say(code=GOOD))
    assert desk.audited() == []


def test_yes_to_another_question_is_not_a_yes_to_the_preview(desk):
    at_preview(desk)
    asked = desk.say("seat change")
    assert codes(asked)[-1] == "choices"

    turn = desk.say("yes")

    assert phase(turn) == "seats/confirm"
    assert "Assented" not in [event["kind"] for event in desk.log()]


def test_a_preview_older_than_ten_minutes_has_to_be_checked_again(desk):
    at_preview(desk)
    desk.clock.advance(minutes=10, seconds=1)

    turn = desk.say("yes")

    assert codes(turn) == ["timed_out", "preview"]
    assert phase(desk.say("yes")) == "seats/stepup"


def test_a_preview_of_exactly_ten_minutes_can_be_confirmed(desk):
    at_preview(desk)
    desk.clock.advance(minutes=10)

    assert phase(desk.say("yes")) == "seats/stepup"


def test_a_code_later_than_ten_minutes_after_the_preview_is_not_even_checked(desk):
    at_step_up(desk)
    desk.clock.advance(minutes=11)

    turn = desk.say(code=GOOD)

    assert codes(turn) == ["timed_out", "preview"]
    assert desk.factor.tries == []


def test_a_change_elsewhere_between_preview_and_yes_voids_the_preview_and_is_named(desk):
    at_preview(desk)
    somebody_sets(desk, 40)

    turn = desk.say("yes")

    assert phase(turn) == "seats/confirm"
    assert turn["task"]["preview"]["seats_before"] == 40
    assert turn["task"]["preview"]["seats_after"] == 45
    assert "preview_changed" in codes(turn)
    assert "25" in text_of(turn)


def test_a_change_elsewhere_between_yes_and_code_changes_nothing_and_shows_a_new_preview(desk):
    at_step_up(desk)
    somebody_sets(desk, 40)

    turn = desk.say(code=GOOD)

    assert codes(turn)[0] == "outdated"
    assert phase(turn) == "seats/confirm"
    assert desk.seats_of("Contoso") == [40]
    desk.say("yes")
    assert desk.say(code=OTHER_GOOD)["writes"] == 1
    assert desk.seats_of("Contoso") == [45]


def test_a_change_of_another_customer_voids_too_since_the_total_differs(desk):
    at_step_up(desk)
    somebody_sets(desk, 61, "Tailspin")

    assert codes(desk.say(code=GOOD))[0] == "outdated"


def test_the_customer_disappearing_at_any_moment_is_said_and_the_task_goes_on(desk):
    for steps in ([], ["yes"]):
        desk.conversation = desk.service.open(desk.anna)
        desk.through("5 more seats for Contoso", *steps)
        gone(desk)

        turn = desk.say("yes") if not steps else desk.say(code=GOOD)

        assert turn["task"]["phase"] == "collect"
        assert turn["task"]["asks"] == "customer"
        assert turn["writes"] == 0


def gone(desk):
    from assistant.licensing.worlds import read_world
    from support.licensing import WORLD

    desk.backend.loaded = desk.backend.provisioning.load(read_world(WORLD).partners)
    desk.anna = desk.backend.user()


@pytest.mark.parametrize(
    "said", ["what is NFR?", "10 seats", "help", "Lucerne", "hmpf", "yes", "cancel", "back"]
)
@pytest.mark.parametrize(
    "steps", [["trial for Contoso"], ["trial of email security for Contoso"], ["5 more seats for Contoso"]]
)
def test_a_conversation_about_a_customer_that_is_gone_can_always_go_on(desk, steps, said):
    desk.through(*steps)
    gone(desk)

    turn = desk.say(said)

    assert turn["task"]["phase"] in {"collect", "cancelled"}
    assert turn["writes"] == 0


@pytest.mark.parametrize(
    ("code", "notice"),
    [(WRONG, "code_wrong"), (LOCKED, "code_locked"), ("12345", "code_wrong"), ("", "code_wrong")],
)
def test_a_code_that_is_not_accepted_changes_nothing_and_is_asked_again(desk, code, notice):
    at_step_up(desk)

    turn = desk.say(code=code)

    assert codes(turn) == [notice, "step_up"]
    assert turn["task"]["asks"] == "code"
    assert turn["writes"] == 0


def test_a_code_confirms_one_change_only(desk):
    at_step_up(desk)
    desk.say(code=GOOD)
    desk.through("Contoso needs 5 more seats", "yes")

    turn = desk.say(code=GOOD)

    assert codes(turn) == ["code_used", "step_up"]
    assert turn["writes"] == 1


def test_the_code_is_bound_to_the_capsule_that_was_shown(desk):
    at_step_up(desk)
    desk.say(code=GOOD)

    previewed = next(event for event in desk.log() if event["kind"] == "Previewed")
    assert desk.factor.tries == [("U-anna", GOOD, previewed["capsule_hash"])]


def test_a_code_before_the_yes_is_neither_used_nor_stored(desk):
    at_preview(desk)

    turn = desk.say(GOOD)

    assert codes(turn) == ["stray_code", "preview"]
    assert desk.factor.tries == []
    assert GOOD not in repr(desk.view()) + repr(desk.log())


@pytest.mark.parametrize(
    "said",
    [
        GOOD,
        f" {GOOD}. ",
        f"yes {GOOD}",
        f"{GOOD} is my code",
        f"the code's {GOOD}",
        f"my code is {GOOD[:3]} {GOOD[3:]}",
        f"yes, {GOOD[:3]}-{GOOD[3:]}",
        f"{GOOD[:3]}.{GOOD[3:]}",
        " ".join(GOOD),
        f"ja {GOOD}!",
        f"yes\n{GOOD}",
    ],
)
@pytest.mark.parametrize(
    "steps", [[], ["trial"], ["5 more seats for Contoso"], ["5 more seats for Contoso", "yes"]]
)
def test_typed_codes_reach_neither_transcript_nor_log_in_any_phase(desk, steps, said):
    for step in steps:
        desk.say(step)

    turn = desk.say(said)

    kept = repr(desk.view()) + repr(desk.log()) + repr(turn) + repr(desk.knowledge.asked)
    assert not any(
        form in kept
        for form in (
            GOOD,
            f"{GOOD[:3]} {GOOD[3:]}",
            f"{GOOD[:3]}-{GOOD[3:]}",
            f"{GOOD[:3]}.{GOOD[3:]}",
            " ".join(GOOD),
        )
    )


@pytest.mark.parametrize(
    "said", [GOOD, f"{GOOD[:3]} {GOOD[3:]}", f"{GOOD[:3]}-{GOOD[3:]}", f"my code is {GOOD}", f"{GOOD}."]
)
def test_a_code_typed_at_the_code_prompt_confirms_in_every_usual_form(desk, said):
    at_step_up(desk)

    assert codes(desk.say(said)) == ["receipt"]


def test_six_digits_are_a_code_while_something_else_than_the_seats_is_asked(desk):
    desk.through("trial of email security for Lucerne", "start a trial")

    turn = desk.say(GOOD)

    assert codes(turn) == ["stray_code", "prompt"]
    assert GOOD not in repr(desk.view()) + repr(desk.log())


def test_unavailable_at_the_preview_says_so_and_offers_to_try_again(desk):
    desk.backend.simulation.set_fault(Fault.UNAVAILABLE)

    turn = desk.say("Contoso needs 5 more seats")
    desk.backend.simulation.set_fault(Fault.NONE)

    assert "unavailable" in codes(turn)
    assert phase(desk.say("Contoso needs 5 more seats")) == "seats/confirm"


@pytest.mark.parametrize("said", ["yes", "10 more", "continue", "what is NFR?", "back", "Contoso", "restart"])
@pytest.mark.parametrize(
    "steps",
    [
        ["start a trial"],
        ["trial for Lucerne"],
        ["5 more seats for Contoso"],
        ["5 more seats for Contoso", "yes"],
    ],
)
def test_unavailable_in_any_phase_keeps_the_task_and_ends_with_one_prompt(desk, steps, said):
    desk.through(*steps)
    desk.backend.simulation.set_fault(Fault.UNAVAILABLE)

    turn = desk.say(said)

    assert turn["task"]["phase"] in {"collect", "confirm", "stepup"}
    prompts = [
        n for n, b in enumerate(turn["blocks"]) if b["type"] in {"prompt", "choices", "preview", "step_up"}
    ]
    assert prompts == [len(turn["blocks"]) - 1]
    assert codes(turn).count("unavailable") <= 1
    assert turn["writes"] == 0
    desk.backend.simulation.set_fault(Fault.NONE)
    assert "unavailable" not in codes(desk.say("continue"))


def test_unavailable_at_the_commit_changes_nothing_and_a_new_yes_and_code_are_needed(desk):
    at_step_up(desk)
    desk.backend.simulation.set_fault(Fault.UNAVAILABLE)

    turn = desk.say(code=GOOD)
    desk.backend.simulation.set_fault(Fault.NONE)

    assert "unavailable" in codes(turn)
    assert turn["writes"] == 0
    desk.through("continue", "yes")
    assert desk.say(code=OTHER_GOOD)["writes"] == 1
    assert desk.seats_of("Contoso") == [30]


def test_a_lost_answer_is_unknown_until_it_can_be_asked_and_is_never_sent_twice(desk):
    at_step_up(desk)
    desk.backend.simulation.set_fault(Fault.TIMEOUT_AFTER_WRITE)

    turn = desk.say(code=GOOD)
    again = [desk.say(said) for said in ("yes", "did it work?", "cancel", "restart", "back")]
    again.append(desk.say(code=OTHER_GOOD))

    assert phase(turn) == "seats/unknown"
    assert turn["writes"] == 1
    assert {phase(t) for t in again} == {"seats/unknown"}
    assert desk.licensing.executed == 0
    assert len(desk.audited()) == 1
    desk.backend.simulation.set_fault(Fault.NONE)
    assert codes(desk.say("did it work?")) == ["receipt"]
    assert desk.seats_of("Contoso") == [30]


def test_questions_are_answered_while_the_outcome_is_unknown(desk):
    at_step_up(desk)
    desk.backend.simulation.set_fault(Fault.TIMEOUT_AFTER_WRITE)
    desk.say(code=GOOD)

    turn = desk.say("What is NFR?")

    assert codes(turn) == ["answer", "unknown", "prompt"]


def test_an_answer_lost_without_a_write_is_settled_as_not_made_and_can_be_made_after_all(desk):
    at_step_up(desk)

    def lost():
        raise OutcomeUnknown("no answer")

    desk.licensing.before["execute"] = lost
    assert phase(desk.say(code=GOOD)) == "seats/unknown"
    desk.licensing.before = {}

    absent = desk.say("did it work?")
    desk.say("yes")
    turn = desk.say(code=OTHER_GOOD)

    assert codes(absent) == ["absent", "preview"]
    assert absent["writes"] == 0
    assert codes(turn) == ["receipt"]
    assert desk.seats_of("Contoso") == [30]


def test_a_refusal_at_the_commit_voids_the_confirmation_and_is_shown(desk):
    at_step_up(desk)
    desk.licensing._licensing = Refusing(desk.licensing._licensing)

    turn = desk.say(code=GOOD)

    assert "not_permitted" in codes(turn)
    assert turn["writes"] == 0


class Refusing:
    """A backend that refuses every change at the last moment."""

    def __init__(self, licensing):
        self._licensing = licensing

    def __getattr__(self, name):
        return getattr(self._licensing, name)

    def execute(self, *_):
        return Refusal(RefusalCode.NOT_PERMITTED)


@pytest.mark.parametrize("role", [Role.PARTNER_READER, Role.SALES, Role.END_CUSTOMER, Role.OPERATOR])
def test_a_user_whose_role_changes_before_the_code_changes_nothing(desk, role):
    at_step_up(desk)
    reader = desk.backend.user(role, partner="Northwind" if role is Role.PARTNER_READER else None)

    turn = desk.say(code=GOOD, principal=reader)

    assert turn["writes"] == 0
    assert desk.audited() == []
    assert desk.say("did it work?", principal=reader)["writes"] == 0


@pytest.mark.parametrize(
    ("role", "partner", "said"),
    [
        (Role.PARTNER_READER, "Northwind", "partner administrator"),
        (Role.SALES, None, "administrators"),
        (Role.END_CUSTOMER, None, "partner"),
        (Role.EDITOR, None, "administrator"),
    ],
)
def test_whoever_may_not_change_licences_is_told_who_can(desk, role, partner, said):
    who = desk.backend.user(role, partner=partner, user_id=f"U-{role}")
    conversation = desk.service.open(who)

    turn = desk.say("5 more seats for Contoso", principal=who, conversation=conversation)

    assert turn["abstain"] == "not_permitted"
    assert turn["task"] is None
    assert said in text_of(turn)
    assert "Contoso" not in text_of(turn)


def test_a_signed_out_visitor_is_asked_to_sign_in_and_may_ask_questions(desk):
    conversation = desk.service.open(None)

    turn = desk.say("trial for Lucerne. What is NFR?", principal=None, conversation=conversation)

    assert codes(turn) == ["answer", "sign_in"]
    assert turn["abstain"] == "not_permitted"


def test_a_foreign_customer_is_no_customer(desk):
    turn = desk.say("5 more seats for Woodgrove")

    never = desk.say("5 more seats for Neverwas", conversation=desk.service.open(desk.anna))
    assert turn["task"]["asks"] == "customer"
    assert "Woodgrove" not in str(turn["task"]) + str(turn["blocks"][-1]["input"])
    assert codes(turn) == codes(never)
