"""One declaration, five surfaces: chat, form without a script, terminal, description of the API and runbook say what the flow declares."""

import html
import re
from dataclasses import replace

import pytest

from assistant.cli.chat import block_lines
from assistant.conversation.flow import Flow, Risk, Slot, SlotKind
from assistant.conversation.slots import CUSTOMER, customer_of, plan_slot, subscription_of
from assistant.conversation.wording import read_wording
from assistant.domain.actions import ChangeRenewal
from assistant.domain.identifiers import EntryId
from assistant.domain.principals import Permission
from assistant.workflows import all_flows
from support.conversation import Desk
from support.web import ApiClient, FakeApplication, Visitor, settings
from web.wording import Wording

TOY = Flow(
    id="toy",
    version=1,
    phrases=("let it run out",),
    slots=(CUSTOMER, plan_slot("renewal")),
    permission=Permission.LICENCES_CHANGE,
    entries=(EntryId("how-does-auto-renewal-work"),),
    action=lambda slots: ChangeRenewal(customer_of(slots), subscription_of(slots), 0),
    risk=Risk.REVERSIBLE,
    words={
        "title": "Let a plan run out",
        "name": "running out",
        "confirm": "Confirm that {plan} of {customer} runs out",
        "done": "{plan} of {customer} runs out.",
        "next": "Set its renewal again at any time before.",
        "ask.customer": "Whose plan should run out?",
        "ask.plan": "Which plan of {customer}?",
    },
)
ASKED = "What should the note in the books say?"
WITH_A_NOTE = replace(
    TOY,
    slots=(*TOY.slots, Slot("note", SlotKind.TEXT, longest=80)),
    words={
        **TOY.words,
        "ask.note": ASKED,
        "label.note": "Note",
        "invalid.note": "A note is needed here.",
        "invalid.example_note": "For example: agreed by telephone.",
    },
)


class Surfaces:
    """A flow on every surface, once all of its slots but the last are filled."""

    def __init__(self, folder, flow):
        self.desk = Desk(folder / "desk.sqlite3")
        self.desk.rebuild([flow])
        self.application = FakeApplication(settings(folder))
        self.application.conversations = self.desk.service
        self.application.access.users["anna"] = self.desk.anna

    def chat(self):
        turn = self.desk.through("let it run out", "Contoso")
        return turn["blocks"][-1]

    def form(self):
        visitor = Visitor(self.application)
        visitor.sign_in("anna")
        visitor.post("/tasks", flow="toy", message=self.application.ids.new("M"))
        visitor.say("Contoso")
        return html.unescape(visitor.get("/").text)

    def terminal(self):
        return "\n".join(block_lines(self.chat(), read_wording()))

    def api(self):
        described = ApiClient(self.application).get("/openapi.json").json
        return described["components"]["schemas"]["Slots_toy"]["properties"]

    def runbook(self):
        page = Visitor(self.application).get("/workflows/toy/runbook").text
        return self.desk.service.runbook("toy", "md"), html.unescape(page)


@pytest.fixture
def on(tmp_path):
    made = []

    def build(flow):
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Surfaces(folder, flow))
        return made[-1]

    yield build
    for surfaces in made:
        surfaces.desk.close()


def test_a_slot_added_to_a_flow_is_asked_on_all_five(on):
    before, after = on(TOY), on(WITH_A_NOTE)

    assert before.chat()["type"] == "preview"
    assert (after.chat()["slot"], after.chat()["text"]) == ("note", ASKED)
    assert ASKED not in before.form()
    assert ASKED in after.form()
    assert 'name="value.note"' in after.form()
    assert ASKED not in before.terminal()
    assert ASKED in after.terminal()
    assert set(after.api()) - set(before.api()) == {"note"}
    assert after.api()["note"] == {
        "type": "string", "title": "Note", "description": ASKED, "x-kind": "text", "x-optional": False, "maxLength": 80,
    }  # fmt: skip
    assert all(ASKED not in text for text in before.runbook())
    assert all(ASKED in text and "At most 80 characters" in text for text in after.runbook())


def test_a_flow_without_words_on_the_pages_has_a_button_by_its_title(on):
    visitor = Visitor(on(TOY).application)
    visitor.sign_in("anna")

    assert re.search(r'name="flow" value="toy"[^>]*>Let a plan run out', visitor.get("/").text)


def test_every_slot_is_called_the_same_on_the_pages_and_in_the_conversation():
    names, wording = Wording().get("names"), read_wording()
    labels = {slot.name for flow in all_flows() for slot in flow.slots}

    assert {name: names[name] for name in labels} == {name: wording.label(name) for name in labels}


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    folder = tmp_path_factory.mktemp("surfaces")
    desk = Desk(folder / "desk.sqlite3")
    application = FakeApplication(settings(folder))
    application.conversations = desk.service
    yield application
    desk.close()


@pytest.mark.parametrize("flow", all_flows(), ids=lambda flow: flow.id)
def test_every_workflow_has_a_runbook_and_its_slots_in_the_description(shipped, flow):
    book, wording = shipped.conversations.runbook(flow.id, "md"), read_wording()
    described = next(f for f in shipped.conversations.descriptions() if f["id"] == flow.id)
    page = Visitor(shipped).get(f"/workflows/{flow.id}/runbook")

    assert book.startswith(f"# {wording.title(flow.id)}\n")
    assert [slot["name"] for slot in described["slots"]] == [slot.name for slot in flow.slots]
    assert all(slot["ask"] in book for slot in described["slots"])
    assert [bool(slot["source"]) for slot in described["slots"]] == [
        bool(slot.look_up) for slot in flow.slots
    ]
    assert page.status_code == 200
    assert all(html.escape(slot["ask"]) in page.text for slot in described["slots"])


def test_the_workflows_are_listed_over_the_api(shipped):
    listed = ApiClient(shipped).get("/flows").json["flows"]

    assert {flow["id"] for flow in listed} == {flow.id for flow in all_flows()}


def test_a_runbook_of_nothing_is_not_found(shipped):
    assert Visitor(shipped).get("/workflows/nothing/runbook").status_code == 404
