"""Each role is told at the start what it may do and who can do the rest; nothing is looked up for it, and nobody's name is given away."""

import re
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from assistant.conversation.effects import ReadEntry
from assistant.domain.errors import NotFound
from assistant.domain.principals import Permission, Role
from assistant.domain.what_ifs import Asked
from assistant.workflows import all_flows
from support.conversation import Desk, Dialogue, Performer, an_entry, codes, text_of
from support.licensing import a_principal

FLOWS = {flow.id: flow for flow in all_flows()}
WHO_CAN = {
    None: ("sign_in", "partner administrator"),
    Role.PARTNER_READER: ("not_permitted_reader", "partner administrator of your company"),
    Role.SALES: ("not_permitted_sales", "partner's own administrators"),
    Role.END_CUSTOMER: ("not_permitted_end_customer", "Ask the partner's administrator"),
    Role.OPERATOR: ("not_permitted_operator", "partner's own administrators"),
    Role.EDITOR: ("not_permitted_other", "partner's administrator"),
    Role.APPROVER: ("not_permitted_other", "partner's administrator"),
    Role.ADMINISTRATOR: ("not_permitted_other", "partner's administrator"),
}


def cited(effect):
    return an_entry(effect.entry_id, f"Heading of {effect.entry_id}")


def told(role, **said):
    performer = Performer(ReadEntry=cited)
    dialogue = Dialogue(performer, principal=role and a_principal(role))
    return performer, dialogue, dialogue.say(**said)


@pytest.mark.parametrize("flow", sorted(FLOWS))
@pytest.mark.parametrize("role", list(WHO_CAN), ids=str)
def test_whoever_cannot_do_it_is_told_at_once_who_can(role, flow):
    performer, dialogue, (notice,) = told(role, choice=f"start:{flow}")
    code, who = WHO_CAN[role]

    assert (notice["code"], who in notice["text"]) == (code, True)
    assert dialogue.context.wording.title(flow) in notice["text"]
    assert [cite["entry"] for cite in notice["cites"]] == [FLOWS[flow].who]
    assert notice["cites"][0]["heading"] in notice["text"]
    assert performer.performed == [ReadEntry(FLOWS[flow].who, picked=False)]
    assert dialogue.state.tasks == {}


@pytest.mark.parametrize("flow", sorted(f for f, flow in FLOWS.items() if flow.slots[0].look_up))
def test_a_partners_administrator_is_asked_for_the_first_slot(flow):
    performer = Performer()
    performer.plans = dict.fromkeys(FLOWS, performer.plans["trial"])
    dialogue = Dialogue(performer)

    assert dialogue.say(choice=f"start:{flow}")[-1]["type"] == "prompt"
    assert dialogue.state.task.flow == flow


@pytest.mark.parametrize("role", list(WHO_CAN), ids=str)
def test_what_is_said_beside_changes_nothing_of_that(role):
    performer, _, blocks = told(role, text="5 more seats for Adatum, and cancel the plan of Bellows")

    assert [block["code"] for block in blocks] == [WHO_CAN[role][0]]
    assert performer.kinds() == ["ReadEntry"]
    assert "Adatum" not in blocks[0]["text"]


@pytest.mark.parametrize("role", list(WHO_CAN), ids=str)
def test_help_offers_only_what_the_role_can_do(role):
    _, dialogue, (notice,) = told(role, text="help")

    assert notice["code"] == "help_asking"
    assert all(dialogue.context.wording.say(f"flow.{f}.name") not in notice["text"] for f in ("nfr", "seats"))


def test_a_source_that_was_withdrawn_is_left_out():
    performer = Performer(ReadEntry=NotFound("gone"))
    dialogue = Dialogue(performer, principal=a_principal(Role.SALES))
    (notice,) = dialogue.say("start a trial")

    assert notice["code"] == "not_permitted_sales"
    assert "cites" not in notice


def test_every_workflow_is_for_whoever_changes_licences():
    assert {flow.permission for flow in FLOWS.values()} == {Permission.LICENCES_CHANGE}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    made = Desk(tmp_path_factory.mktemp("permissions") / "desk.sqlite3")
    yield made
    made.close()


@contextmanager
def statements(desk):
    """Collect the statements that reach the database."""
    seen = []
    engine = desk.backend.database.engine
    listener = lambda *arguments: seen.append(arguments[2])  # noqa: E731 - removed again by its name
    event.listen(engine, "before_cursor_execute", listener)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", listener)


def work_of(desk, *messages):
    """Return what a new conversation of Anna's says to these messages, and the statements it took."""
    conversation = desk.service.open(desk.anna)
    with statements(desk) as seen:
        turns = [desk.say(conversation=conversation, **message) for message in messages]
    return turns, seen


FOREIGN, UNKNOWN = "Woodgrove", "Nevergone"


@pytest.mark.parametrize(
    "messages",
    [
        lambda name, _: [{"text": f"5 more seats for {name}"}],
        lambda name, _: [{"text": "change seats"}, {"text": name}],
        lambda name, _: [{"text": "start a trial"}, {"values": {"customer": name}}],
        lambda _, customer_id: [{"text": "start a trial"}, {"values": {"customer": customer_id}}],
        lambda _, customer_id: [{"text": "start a trial"}, {"choice": customer_id}],
        lambda name, _: [{"text": f"what if I move {name} to XDR?"}],
        lambda name, _: [{"text": "cancel the plan of Contoso"}, {"text": f"no, of {name}"}],
    ],
)
def test_a_foreign_customer_and_one_that_never_was_are_alike_in_words_and_in_work(desk, messages):
    foreign_id = str(desk.backend.customer(FOREIGN))
    foreign, there = work_of(desk, *messages(FOREIGN, foreign_id))
    unknown, nowhere = work_of(desk, *messages(UNKNOWN, "CU-0000"))

    def words(turns, *names):
        said = "\n".join(f"{codes(turn)}\n{text_of(turn)}" for turn in turns)
        for name in names:
            said = said.replace(name, "...")
        # the hash of a preview covers its task, which every conversation has of its own
        return re.sub(r"preview [0-9a-f]{4}", "preview", said)

    assert words(foreign, FOREIGN, foreign_id) == words(unknown, UNKNOWN, "CU-0000")
    assert there == nowhere
    assert there


def test_a_what_if_over_a_foreign_id_takes_the_same_work(desk):
    seen = []
    for customer_id in (desk.backend.customer(FOREIGN), "CU-0000"):
        with statements(desk) as taken, pytest.raises(NotFound) as refused:
            desk.service.what_if(desk.anna, Asked("cancel", customer_id=customer_id))
        seen.append((taken, refused.value.message))

    assert seen[0] == seen[1]
