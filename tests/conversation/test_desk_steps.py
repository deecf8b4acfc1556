"""A case that a step of the platform completes: previewed, confirmed with the operator's own code, once, whatever crashes between."""

import pytest

from assistant.domain.errors import Conflict, Forbidden, InvalidInput
from assistant.domain.principals import Principal, Role
from assistant.ports.hand_offs import StepTaken
from support.conversation import GOOD, OTHER_GOOD, WRONG, Crash, Desk, phase, text_of

WORLD = """
partners:
  Northwind:
    customers:
      Fabrikam:
        subscriptions: [{plan: Email Security Standard, seats: 8}]
        standard_licences: [{product: WF Services, hosting: cloud, seats: 45}]
"""
OLGA = Principal("U-olga", "Olga Operator", Role.OPERATOR)
TEXT = "Your licences have moved."


@pytest.fixture
def desk(each_database):
    """A migration that waits for the vendor, and a case in which the partner asks for it, claimed by the operator."""
    made = Desk(each_database, WORLD)
    made.through("migrate the licence of Fabrikam to WF Services Annual", "yes", GOOD)
    made.through("next step of the migration of Fabrikam", "human")
    made.hand_offs.claim(OLGA, reference_of(made))
    yield made
    made.close()


def reference_of(desk):
    return desk.hand_offs.own(desk.anna)[0]["reference"]


def shown(desk, evidence="Ticket 5"):
    (step,) = desk.steps.possible(OLGA, reference_of(desk))
    return step, desk.steps.preview(OLGA, reference_of(desk), step["migration"], evidence)


def taken(step, preview, code=OTHER_GOOD, evidence="Ticket 5"):
    return StepTaken(step["migration"], evidence, preview["hash"], code, TEXT)


def newest(desk):
    return desk.view()["transcript"][-1]["turn"]


def test_the_step_is_shown_then_recorded_and_completes_the_case_under_its_receipt(desk):
    step, preview = shown(desk)
    assert any(line["value"] == "confirmed by the vendor" for line in preview["lines"])
    assert desk.seats_of("Fabrikam") == [8]

    case = desk.steps.complete(OLGA, reference_of(desk), None, taken(step, preview))

    assert case["state"] == "completed"
    assert case["acts"][-1]["reference"] in desk.audited()
    assert desk.seats_of("Fabrikam") == [8, 45]
    assert TEXT in text_of(newest(desk))
    assert newest(desk)["writes"] == 1
    assert phase(desk.say("what is NFR?")) == "none"


def test_without_an_accepted_code_nothing_is_recorded(desk):
    step, preview = shown(desk)

    with pytest.raises(InvalidInput) as refused:
        desk.steps.complete(OLGA, reference_of(desk), None, taken(step, preview, WRONG))

    assert refused.value.field == "code"
    assert desk.seats_of("Fabrikam") == [8]
    assert desk.hand_offs.show(OLGA, reference_of(desk))["state"] == "claimed"


def test_what_was_not_shown_is_not_recorded(desk):
    step, preview = shown(desk)

    with pytest.raises(Conflict, match="Something changed"):
        desk.steps.complete(OLGA, reference_of(desk), None, taken(step, preview, evidence="Other"))
    with pytest.raises(InvalidInput) as refused:
        desk.steps.preview(OLGA, reference_of(desk), step["migration"], " ")

    assert refused.value.field == "evidence"
    assert desk.seats_of("Fabrikam") == [8]


def test_a_crash_after_the_step_is_settled_by_confirming_again_without_another_code(desk):
    step, preview = shown(desk)
    desk.storage.fail_at = {desk.storage.writes + 1}
    with pytest.raises(Crash):
        desk.steps.complete(OLGA, reference_of(desk), None, taken(step, preview))
    desk.rebuild()

    case = desk.steps.complete(OLGA, reference_of(desk), None, taken(step, preview))

    assert case["state"] == "completed"
    assert desk.seats_of("Fabrikam") == [8, 45]
    assert len(desk.factor.tries) == 2


def test_only_who_has_the_case_takes_its_steps(desk):
    step, preview = shown(desk)
    otto = Principal("U-otto", "Otto Operator", Role.OPERATOR)

    with pytest.raises(Conflict, match="Claim"):
        desk.steps.complete(otto, reference_of(desk), None, taken(step, preview))
    with pytest.raises(Forbidden):
        desk.steps.possible(desk.anna, reference_of(desk))
