"""The part that answers on the page: above the whole text, with its section or case, and read out."""

import re
from dataclasses import replace

import pytest

from assistant.domain.entries import Passage, PassageKind
from assistant.ports.wire.entries import entry_json
from support.web import ANSWERED

PART = Passage(
    PassageKind.PART, "any plan", 7, 15, heading="2. Ending", label="Plans", html="<p>any plan</p>"
)


@pytest.fixture
def pointing(monkeypatch):
    """pointing(kind, passage) lets the next answers be of that kind and point at that passage."""

    def point(kind, passage=PART):
        answered = replace(ANSWERED, passages=(passage,))
        block = {"type": "answer", **entry_json(answered), "kind": kind}
        monkeypatch.setattr("support.web.scripted", lambda _: ([block], None))

    return point


def test_the_part_that_answers_stands_above_the_whole_text_with_its_section(visitor, pointing):
    pointing("closest")
    visitor.say("can a plan be cancelled")
    page = visitor.get("/").text

    assert re.search(
        r'The part that answers:.*"passage"><p>any plan</p>.*2\. Ending.*whole text:.*any plan may be ended',
        page,
        re.DOTALL,
    )


def test_cases_have_headings(visitor, pointing):
    pointing("branches")
    visitor.say("can a plan be cancelled")

    assert "<h3>Plans</h3>" in visitor.get("/").text


def test_the_part_that_answers_is_what_is_read_out(visitor, pointing):
    pointing("closest")
    pieces = visitor.say("can a plan be cancelled", partial=True)

    spoken = re.search(r'data-to="status" data-how="update">([^<]*)<', pieces.text)[1]
    assert "From the text: any plan Source:" in spoken


def test_a_part_without_a_heading_is_told_by_its_number(visitor, pointing):
    pointing("closest", replace(PART, heading=None, part=3))
    visitor.say("can a plan be cancelled")

    assert "From part 3 of the text" in visitor.get("/").text


def test_a_partial_form_that_is_refused_gets_the_same_words(visitor):
    refused = visitor.say("", partial=True)

    assert refused.status_code == 422
    assert 'data-to="composer-fault"' in refused.text
    assert "Enter a question" in refused.text


def test_a_visitor_who_starts_a_task_signs_in_and_comes_back_to_its_button(visitor):
    sent = visitor.post("/tasks", flow="trial", message="M-1")
    assert sent.headers["Location"] == "/sign-in?next=/%3Fstart%3Dtrial"

    visitor.sign_in(next_="/?start=trial")
    page = visitor.get("/?start=trial").text

    assert "You are signed in. Go on with:" in page


def test_a_task_starts_from_its_button(anna):
    anna.post("/tasks", flow="trial", message="M-1")

    assert "Which customer?" in anna.get("/").text


def test_a_task_that_does_not_exist_cannot_be_started(anna):
    assert anna.post("/tasks", flow="nonsense", message="M-1").status_code == 404


def test_a_conversation_of_somebody_else_is_not_shown(application, anna):
    from support.web import Visitor

    anna.say("my secret plan")
    stranger = Visitor(application, anna.app)
    stranger.client.set_cookie("conversation", anna.client.get_cookie("conversation").value)

    assert "my secret plan" not in stranger.get("/").text


def test_the_latest_conversation_opens_on_a_second_device(application, anna):
    from support.web import Visitor

    anna.say("many")
    second = Visitor(application, anna.app)
    second.sign_in()

    assert "Which plan?" in second.get("/").text


def test_a_new_conversation_starts_empty(anna):
    anna.say("can a plan be cancelled")
    anna.post("/conversation/new")

    assert not articles(anna.get("/"))


def test_a_session_that_ended_in_mid_conversation_leads_to_sign_in(application, anna):
    anna.say("many")
    application.access.live.clear()
    where = anna.client.get_cookie("conversation").value
    sent = anna.post("/ask", choice="p1", message="M-7", conversation=where)

    assert sent.status_code == 303
    assert sent.headers["Location"].startswith("/sign-in?next=")


def test_suggestions_are_published_questions(visitor):
    assert visitor.get("/suggestions?q=plan").json == {
        "suggestions": [{"question": ENTRY.question, "topic": "Billing"}]
    }
    assert visitor.get("/suggestions").json == {"suggestions": []}


def test_only_the_last_twenty_turns_are_shown_until_more_are_asked_for(visitor):
    for number in range(23):
        visitor.say(f"plan {number}")

    assert len(articles(visitor.get("/"))) == 20
    assert "Show 3 earlier turns" in visitor.get("/").text
    assert len(articles(visitor.get("/?all=1"))) == 23


def test_a_full_view_is_sent_anew_since_its_turns_move_up(visitor):
    visitor.say("plan")
    transcript = next(iter(visitor.application.conversations.transcripts.values()))
    transcript.extend(transcript[0] | {"message_id": f"old-{n}"} for n in range(199))
    pieces = visitor.say("plan again", partial=True)

    assert 'data-to="log" data-how="update"' in pieces.text
    assert len(articles(pieces)) == 20
