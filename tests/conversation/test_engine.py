"""The engine without any adapter: effects in order, failures at each of them, and replies in the contract's shapes."""

import pytest

from assistant.conversation.effects import Checkpoint, Execute, LookUp, Settle, run
from assistant.conversation.engine import turn
from assistant.conversation.replies import lines, task_json
from assistant.conversation.state import Phase, State
from assistant.conversation.wording import read_wording
from assistant.domain.accounts import CodeOutcome, CodeVerdict
from assistant.domain.errors import (
    BackendUnavailable,
    Forbidden,
    InvalidInput,
    NotFound,
    OutcomeUnknown,
    QuoteOutdated,
)
from assistant.domain.refusals import Refusal, RefusalCode
from assistant.ports.conversations import Message
from support.conversation import ANNUAL, GOOD, MONTHLY, Dialogue, Performer, a_context

DOWN = BackendUnavailable("down")


def kinds(blocks):
    return [block.get("code", block["type"]) for block in blocks]


def at_step_up(**outcomes):
    dialogue = Dialogue()
    dialogue.say("Adatum needs 5 more seats")
    assert kinds(dialogue.say("yes")) == ["step_up"]
    dialogue.perform = Performer(**outcomes)
    return dialogue


def test_the_commit_is_noted_before_the_check_and_before_it_is_sent():
    dialogue = at_step_up()

    dialogue.say(code=GOOD)

    assert dialogue.perform.kinds() == ["Checkpoint", "CheckCode", "Checkpoint", "Execute"]
    first, _, second, sent = dialogue.perform.performed
    assert isinstance(first, Checkpoint)
    assert [type(e).__name__ for e in first.events] == ["CodeOffered"]
    assert [type(e).__name__ for e in second.events] == ["CodeOffered", "CommitStarted"]
    assert isinstance(sent, Execute)
    assert sent.proof.capsule_hash == sent.capsule.hash


def test_a_question_asks_no_backend():
    dialogue = Dialogue()

    dialogue.say("What is NFR?")

    assert dialogue.perform.kinds() == ["Ask"]


@pytest.mark.parametrize("said", ["yes", "cancel", "What is NFR?", "5 more", "Adatum", "123456"])
def test_a_signed_out_visitor_causes_no_effect_on_the_backend(said):
    dialogue = Dialogue(principal=None)
    dialogue.say("start a trial for Adatum")

    dialogue.say(said)

    assert not {"LookUp", "Preview", "Execute", "CheckCode", "Settle"} & set(dialogue.perform.kinds())


@pytest.mark.parametrize("outcome", [o for o in CodeOutcome if o is not CodeOutcome.ACCEPTED])
def test_every_verdict_on_a_code_is_worded_and_sends_nothing(outcome):
    dialogue = at_step_up(CheckCode=CodeVerdict(outcome))

    blocks = dialogue.say(code=GOOD)

    assert kinds(blocks) == [f"code_{outcome}", "step_up"]
    assert "Execute" not in dialogue.perform.kinds()


@pytest.mark.parametrize(
    ("error", "first", "phase"),
    [
        (QuoteOutdated("x"), "outdated", Phase.CONFIRM),
        (NotFound("x"), "outdated", Phase.CONFIRM),
        (Forbidden("x"), "outdated", Phase.CONFIRM),
        (DOWN, "unavailable", Phase.CONFIRM),
        (OutcomeUnknown("x"), "unknown", Phase.UNKNOWN),
    ],
)
def test_every_failure_of_the_commit_is_told_as_what_it_is(error, first, phase):
    dialogue = at_step_up(Execute=error)

    blocks = dialogue.say(code=GOOD)

    assert kinds(blocks)[0] == first
    assert dialogue.state.task.phase is phase
    assert "receipt" not in kinds(blocks)
    assert dialogue.state.committed == 0


def test_a_refused_commit_is_shown_and_voids_the_confirmation():
    dialogue = at_step_up(
        Execute=Refusal(RefusalCode.SEATS_UNCHANGED, {"customer": "Adatum", "seats": 45}, "seats")
    )

    assert kinds(dialogue.say(code=GOOD)) == ["seats_unchanged", "preview"]


@pytest.mark.parametrize("settled", [DOWN, None])
def test_what_was_sent_is_settled_before_anything_else_and_never_sent_again(settled):
    dialogue = at_step_up(Execute=OutcomeUnknown("x"))
    dialogue.say(code=GOOD)
    dialogue.perform = Performer(Settle=settled)

    for content in ({"text": "yes"}, {"code": GOOD}, {"text": "cancel"}):
        dialogue.say(**content)

    assert "Execute" not in dialogue.perform.kinds()
    assert isinstance(dialogue.perform.performed[0], Settle)


def test_a_preview_that_fails_is_offered_again():
    dialogue = Dialogue(Performer(Preview=DOWN))

    blocks = dialogue.say("Adatum needs 5 more seats")

    assert kinds(blocks) == ["unavailable", "prompt"]
    assert blocks[-1]["slot"] == "retry"
    dialogue.perform = Performer()
    assert kinds(dialogue.say("continue")) == ["preview"]


def test_a_refusal_that_no_value_can_help_ends_the_task():
    dialogue = Dialogue(Performer(Preview=Refusal(RefusalCode.POLICY_NOT_STATED)))

    blocks = dialogue.say("Adatum needs 5 more seats")

    assert kinds(blocks) == ["policy_not_stated", "offer_desk"]
    assert dialogue.state.tasks["T-1"].phase is Phase.REFUSED
    assert dialogue.state.task is None


def test_a_refused_slot_is_asked_again():
    dialogue = Dialogue(
        Performer(Preview=Refusal(RefusalCode.TRIAL_EXISTS, {"customer": "A", "plan": "B"}, "plan"))
    )

    blocks = dialogue.say("trial of email security for Adatum, 6 seats")

    assert kinds(blocks) == ["trial_exists", "prompt"]
    assert blocks[-1]["slot"] == "plan"


def test_a_backend_that_contradicts_itself_does_not_keep_the_engine_busy():
    performer = Performer(Preview=NotFound("x"))
    performer.plans = {"seats": (MONTHLY,)}
    dialogue = Dialogue(performer)

    blocks = dialogue.say("Adatum needs 5 more seats")

    assert blocks[-1]["type"] == "prompt"
    assert len(performer.performed) < 40


def test_of_several_plans_one_is_asked_and_a_relative_number_is_counted_from_it():
    performer = Performer()
    performer.plans = {"seats": (MONTHLY, ANNUAL)}
    dialogue = Dialogue(performer)
    dialogue.say("Adatum needs 5 more seats")

    blocks = dialogue.say("annual please")
    if blocks[-1]["type"] == "prompt":
        blocks = dialogue.say("WF Services Annual")

    assert dialogue.state.task.slots["seats"].value == 17
    assert blocks[-1]["type"] == "preview"


def test_a_correction_is_counted_anew_from_the_plan_and_not_from_the_last_number():
    dialogue = Dialogue()
    dialogue.say("Adatum needs 5 more seats")
    dialogue.say("sorry, ten more")

    assert dialogue.state.task.slots["seats"].value == 50


@pytest.mark.parametrize("content", [{"choice": "nothing"}, {"values": {"customer": "x"}}])
def test_what_was_not_offered_is_refused_and_nothing_happened(content):
    with pytest.raises(InvalidInput):
        Dialogue().say(**content)


def test_errors_of_an_effect_are_raised_inside_the_turn():
    seen = []

    def perform(effect):
        seen.append(effect)
        raise DOWN

    draft = run(turn(State(), Message("m", text="trial for Adatum"), a_context()), perform)

    assert kinds(draft.blocks()) == ["unavailable"]
    assert [type(effect) for effect in seen] == [LookUp]


def test_a_preview_shows_before_and_after_in_one_line_its_hash_and_its_policy():
    (block,) = Dialogue().say("Adatum needs 5 more seats")

    assert block["type"] == "preview"
    assert {"slot": "seats", "label": "Seats", "value": "40 to 45"} in block["lines"]
    assert block["cites"][0]["entry"] == "runtime"
    assert block["short_hash"] in block["text"]
    assert len(block["short_hash"]) == 4


def test_values_that_stay_are_said_to_be_unchanged():
    wording = read_wording()

    rows = lines(
        {
            "band_before": "1-250",
            "band_after": "1-250",
            "total_before": 1000,
            "total_after": 1010,
            "x_after": 1,
        },
        wording,
    )

    assert [(row["slot"], row["value"]) for row in rows] == [
        ("band", "1-250 (unchanged)"),
        ("total", "1,000 to 1,010"),
        ("x_after", "1"),
    ]


def test_a_task_has_the_contracts_shape_in_every_phase():
    dialogue = Dialogue()
    shapes = []
    for said in ("start a trial", "Adatum", "email security", "6", "yes", "cancel"):
        dialogue.say(said)
        shapes.append(task_json(next(iter(dialogue.state.tasks.values())), "C-1", dialogue.context.wording))

    assert [shape["phase"] for shape in shapes] == [
        "collect",
        "collect",
        "collect",
        "confirm",
        "stepup",
        "cancelled",
    ]
    assert all(
        {"id", "flow", "flow_version", "phase", "slots", "asks", "preview", "short_hash", "reference"}
        <= set(shape)
        for shape in shapes
    )
    assert shapes[3]["preview"]["seats"] == 6
    assert shapes[3]["slots"] == {"customer": "Adatum", "plan": "Email Security Standard", "seats": 6}
    assert [bool(shape["short_hash"]) for shape in shapes] == [False, False, False, True, True, False]


def test_a_long_list_of_options_is_cut_and_says_how_many_more():
    from assistant.domain.lookups import CustomerSummary

    many = tuple(
        CustomerSummary(f"C-{n}", f"Customer {n}", None, enabled=True, plans=0, seats=0, trial_seats=0)
        for n in range(25)
    )
    dialogue = Dialogue(Performer(LookUp=many))

    blocks = dialogue.say("start a trial")

    assert len(blocks[-1]["input"]["options"]) == 20
    assert blocks[-1]["input"]["more"] == 5


@pytest.mark.parametrize("effect", ["LookUp", "Preview"])
@pytest.mark.parametrize(
    "said", ["yes", "7 more", "not Adatum, Bellows", "back", "restart", "continue", "What is NFR?"]
)
def test_no_failure_of_any_effect_escapes_or_writes(effect, said):
    dialogue = Dialogue()
    dialogue.say("Adatum needs 5 more seats")
    dialogue.perform = Performer(**{effect: DOWN})

    blocks = dialogue.say(said)

    assert sum(1 for b in blocks if b["type"] in {"prompt", "choices", "preview", "step_up"}) == 1
    assert dialogue.state.writes == 0
    assert "Execute" not in dialogue.perform.kinds()
