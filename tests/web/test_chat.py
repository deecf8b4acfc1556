"""The conversation as a page, on fakes: what is sent, what is shown, and what is refused."""

import re

import pytest

from support.web import ENTRY


def articles(page):
    return re.findall(r'<article class="turn" id="turn-(\d+)"', page.text)


def test_the_first_page_says_what_it_is_and_sets_no_cookie(visitor):
    page = visitor.get("/")

    assert "word for word" in page.text
    assert "Set-Cookie" not in page.headers


def test_a_question_is_answered_after_a_redirect_to_its_turn(visitor):
    sent = visitor.say("can a plan be cancelled")

    assert sent.status_code == 303
    assert sent.headers["Location"] == "/#turn-1"
    assert "any plan may be ended" in visitor.get("/").text


def test_an_answer_shows_document_month_and_heading(visitor):
    visitor.say("can a plan be cancelled")
    page = visitor.get("/").text

    assert 'MSP FAQ, <time datetime="2020-05">May 2020</time>, "<span lang="en">Can the service plan' in page
    assert "more than two years old" in page


def test_a_question_without_an_answer_says_so_and_offers_topics_that_are_not_answers(visitor):
    visitor.say("what does it cost")
    page = visitor.get("/").text

    assert "Saved for the policy team as Q-0001." in page
    assert "Nearest topics, not answers:" in page
    assert f'href="/entries/{ENTRY.id}"' in page
    assert "<blockquote" not in page


def test_sending_the_same_form_twice_sends_one_message(visitor):
    visitor.say("can a plan be cancelled", message="M-1")
    again = visitor.say("can a plan be cancelled", message="M-1")

    assert again.headers["Location"] == "/#turn-1"
    assert len(visitor.application.conversations.sent) == 1


def test_every_page_carries_new_message_ids(visitor):
    ids = [set(re.findall(r'name="message" value="([^"]+)"', visitor.get("/").text)) for _ in range(2)]

    assert not ids[0] & ids[1]


def test_an_empty_question_is_told_with_an_example(visitor):
    refused = visitor.say("   ")

    assert refused.status_code == 422
    assert "Enter a question, for example" in refused.text


def test_a_question_of_500_characters_is_sent(visitor):
    assert visitor.say("x" * 500).status_code == 303


def test_a_question_of_501_characters_is_kept_in_the_field_and_told(visitor):
    refused = visitor.say("x" * 501)

    assert refused.status_code == 422
    assert "this has 501 characters" in refused.text
    assert f'value="{"x" * 501}"' in refused.text
    assert not visitor.application.conversations.sent


def test_text_from_outside_comes_back_inert(visitor):
    visitor.say("<img src=x onerror=alert(1)>")
    visitor.say("hostile")
    page = visitor.get("/").text

    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_only_the_newest_turn_has_a_card(visitor):
    visitor.say("start trial")
    visitor.say("seats")
    first, second = visitor.get("/").text.split('<article class="turn"')[1:3]

    assert "<form" not in first
    assert 'name="value.seats"' in second


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("start trial", 'name="choice" value="p0"'),
        ("many", '<select name="choice"'),
        ("more", 'list="options-'),
        ("seats", "From 1 to 10."),
        ("check", "Confirm trial for Bellows"),
        ("yes", 'autocomplete="one-time-code"'),
        ("which", 'name="choice" value="p2"'),
        ("eleven", "A trial has at most 10 seats."),
        ("handoff", "K-1"),
        ("closest", "Check that it fits your case."),
    ],
)
def test_each_kind_of_block_has_its_form(visitor, said, shown):
    visitor.say(said)

    assert shown in visitor.get("/").text


def test_a_pressed_option_is_shown_by_its_label(visitor):
    visitor.say("start trial")
    visitor.post("/ask", choice="p1", message="M-2")

    assert "Plan 1" in visitor.get("/").text.split('<article class="turn"')[2]


def test_a_code_goes_out_as_a_code_and_not_as_text(anna):
    anna.say("yes")
    anna.post("/ask", code="123456", message="M-9")
    sent = anna.application.conversations.sent[-1]

    assert (sent.code, sent.text) == ("123456", None)
    assert "123456" not in anna.get("/").text


def test_values_go_out_by_the_name_of_their_slot(visitor):
    visitor.post("/ask", value__seats="6", message="M-9")

    assert visitor.application.conversations.sent[-1].values == {"seats": "6"}


@pytest.mark.parametrize("fields", [{}, {"choice": "p1", "code": "1"}, {"text": "a", "choice": "p1"}])
def test_a_form_with_no_reply_or_with_two_is_refused(visitor, fields):
    refused = visitor.post("/ask", message="M-1", **fields)

    assert refused.status_code == 422
    assert not visitor.application.conversations.sent


@pytest.mark.parametrize("message", ["", "x" * 65, "a\nb", "é"])
def test_a_message_id_that_is_none_is_refused(visitor, message):
    assert visitor.post("/ask", text="plan", message=message).status_code == 422


def test_a_partial_form_is_answered_with_the_turn_and_one_sentence_to_read_out(visitor):
    visitor.say("start trial")
    pieces = visitor.say("can a plan be cancelled", partial=True)

    assert articles(pieces) == ["1", "2"]
    spoken = re.search(r'data-to="status" data-how="update">([^<]*)<', pieces.text)[1]
    assert spoken.startswith("Can the service plan be canceled? Yes, any plan")
    assert spoken.endswith("Source: MSP FAQ, May 2020.")


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
