"""The editors' entries on the web: finding, writing, looking, trying, saving, and not going over what others saved."""

from types import SimpleNamespace

import pytest

from assistant.domain.editing import COMMAND_LINE, Person
from assistant.domain.identifiers import UserId
from assistant.knowledge.editing.entry_desk import EntryDesk
from assistant.persistence.simulation import SqlSimulation
from assistant.system import SwitchableClock
from support.knowledge import FAQ, KnowledgeWorld
from support.web import FakeApplication, Visitor, settings
from web.app import create_app

TRIALS = "/knowledge/entries/are-trial-versions-available"
ROTH = Person(UserId("U-roth"), "A. Roth")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("knowledge")
    world = KnowledgeWorld(folder)
    world.publish(FAQ)
    application = FakeApplication(settings(folder))
    # the business clock looks into the database, which it cannot do while something is being written
    clock = SwitchableClock(world.clock, SqlSimulation(world.database, allowed=True))
    desk = EntryDesk(world.storage, clock, world.service.edition, ("trial",))
    application.editors = SimpleNamespace(entries=desk)
    yield SimpleNamespace(app=create_app(application), application=application, desk=desk, world=world)
    world.close()


@pytest.fixture(scope="module")
def edith(base):
    visitor = Visitor(base.application, base.app)
    visitor.sign_in("edith")
    return visitor


def fields(desk, entry_id, **changed):
    form, head = desk.form(COMMAND_LINE, entry_id)
    typed = {**vars(form), "audience": [str(audience) for audience in form.audience]}
    return {**typed, "version": head.entry.version, **changed}


def send(visitor, path, act, **typed):
    return visitor.client.post(path, data={"csrf_token": visitor.token(), "act": act, **typed})


def test_entries_are_found_by_words_and_written_to_a_file(edith):
    page = edith.get("/knowledge/entries?q=thermal").text
    file = edith.get("/knowledge/entries.csv?q=thermal").text

    assert "Which printers are compatible?" in page
    assert "Are trial versions available?" not in page
    assert file.splitlines()[1].startswith("which-printers-are-compatible,")


def test_a_list_that_is_empty_says_how_to_see_more(edith):
    assert "No entry fits" in edith.get("/knowledge/entries?q=nowhere").text


@pytest.mark.parametrize("path", ["/knowledge/entries", TRIALS, f"{TRIALS}/edit", "/knowledge/entries/new"])
def test_whoever_keeps_no_entries_is_refused(base, path):
    other = Visitor(base.application, base.app)
    other.sign_in("olga")

    assert other.get(path).status_code == 403


def test_a_question_that_got_no_answer_stands_in_the_new_entry(edith):
    page = edith.get("/knowledge/entries/new?question=Who+pays%3F&gap=Q-0142").text

    assert 'value="Who pays?"' in page
    assert "unanswered question Q-0142" in page


def test_a_preview_shows_the_real_card_and_keeps_nothing(base, edith):
    typed = fields(base.desk, "which-printers-are-compatible", text="Printers with a **green** badge.")

    page = send(edith, "/knowledge/entries/which-printers-are-compatible/edit", "preview", **typed).text

    assert "<strong>green</strong>" in page
    assert base.desk.form(COMMAND_LINE, "which-printers-are-compatible")[1].entry.version == 1


def test_markup_that_is_not_taken_comes_back_escaped_beside_its_field(base, edith):
    typed = fields(base.desk, "which-printers-are-compatible", text="<script>alert(1)</script> blue")

    answer = send(edith, "/knowledge/entries/which-printers-are-compatible/edit", "propose", **typed)

    assert answer.status_code == 422
    assert "&lt;script&gt;alert(1)" in answer.text
    assert "<script>alert" not in answer.text
    assert 'id="fault-text"' in answer.text


def test_a_question_is_tried_against_what_is_typed(base, edith):
    typed = fields(base.desk, "which-printers-are-compatible", alternates="what about zebra labels")

    page = send(
        edith,
        "/knowledge/entries/which-printers-are-compatible/edit",
        "try",
        **typed,
        **{"try": "what about zebra labels"},
    ).text

    assert "This entry would answer." in page
    assert "The match is exact." in page


def test_a_draft_is_saved_proposed_and_compared(base, edith):
    entry = "/knowledge/entries/can-a-contract-be-cancelled"
    typed = fields(base.desk, "can-a-contract-be-cancelled", text="- Yes, at the end of a quarter.")

    saved = send(edith, f"{entry}/edit", "draft", **typed)
    drafted = edith.get(entry).text
    send(edith, entry, "propose", version=2)
    proposed = edith.get(entry).text

    assert saved.status_code == 303
    assert "<del>month</del><ins>quarter</ins>" in drafted
    assert "Propose for publication" in drafted
    assert "Propose for publication" not in proposed
    assert "edith proposed version 2" in proposed.lower()


def test_who_was_slower_keeps_the_text_and_sees_who_was_quicker(base, edith):
    typed = fields(base.desk, "who-gives-first-line-help", text="- The reseller, by telephone.")
    base.desk.add_alternate(ROTH, "who-gives-first-line-help", "whom do shops call")

    answer = send(edith, "/knowledge/entries/who-gives-first-line-help/edit", "propose", **typed)
    again = send(
        edith, "/knowledge/entries/who-gives-first-line-help/edit", "propose", **{**typed, "version": 2}
    )

    assert answer.status_code == 409
    assert "A. Roth saved version 2 while you edited." in answer.text
    assert "The reseller, by telephone." in answer.text
    assert 'name="version" value="2"' in answer.text
    assert again.status_code == 303


def test_an_entry_is_retired_for_another_and_brought_back(base, edith):
    wrong = send(edith, TRIALS, "retire", version=1, successor="no-such-entry")
    send(edith, TRIALS, "retire", version=1, successor="which-printers-are-compatible")
    retired = edith.get(TRIALS).text
    send(edith, TRIALS, "restore", version=1)

    assert wrong.status_code == 422
    assert "Answered now by" in retired
    assert "Answered now by" not in edith.get(TRIALS).text


def test_a_new_entry_is_proposed_with_who_wrote_it(base, edith):
    typed = {"question": "Is there a hotline?", "text": "Yes.", "document": "Handbook", "date": "2025-03"}

    saved = send(edith, "/knowledge/entries/new", "propose", version=0, audience="partner", **typed)

    assert saved.headers["Location"] == "/knowledge/entries/is-there-a-hotline"
    assert "written by" in edith.get("/knowledge/entries/is-there-a-hotline").text
