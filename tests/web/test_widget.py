"""The widget's routes: who may frame them, whose session they go by, and what they do not do."""

import gzip
import json

import pytest

from support.web import FakeApplication, Visitor, settings
from web.app import create_app

PORTAL, OTHER = "https://portal.example", "http://127.0.0.1:8001"
IN_FRAME = ("/widget/", "/widget/nothing", "/widget/suggestions?q=plan")


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    return create_app(FakeApplication(settings(tmp_path_factory.mktemp("w"), widget_origins=(PORTAL, OTHER))))


@pytest.fixture
def visitor(app):
    visitor = Visitor(app.extensions["assistant"], app)
    visitor.client = app.test_client()
    return visitor


def ancestors(answer):
    return answer.headers["Content-Security-Policy"].rpartition("frame-ancestors ")[2]


def ask(visitor, text="a plan", **more):
    message = visitor.application.ids.new("M")
    return visitor.post("/widget/ask", on="/widget/", text=text, message=message, **more)


@pytest.mark.parametrize("path", IN_FRAME)
def test_the_widget_may_be_framed_by_the_listed_sites_alone_also_where_it_fails(visitor, path):
    answer = visitor.get(path)

    assert ancestors(answer) == f"{PORTAL} {OTHER}"
    assert "X-Frame-Options" not in answer.headers


def test_every_other_page_may_be_framed_by_nobody(visitor):
    rules = [rule.rule for rule in visitor.app.url_map.iter_rules() if "<" not in rule.rule]
    others = [rule for rule in rules if not rule.startswith("/widget/")]
    answers = [visitor.get(path) for path in (*others, "/nothing", "/widget", "/widgets/", "/Widget/")]

    assert {ancestors(answer) for answer in answers} == {"'none'"}
    assert {answer.headers["X-Frame-Options"] for answer in answers} == {"DENY"}


def test_without_a_list_nobody_may_frame_the_widget(tmp_path):
    visitor = Visitor(FakeApplication(settings(tmp_path)))

    assert ancestors(visitor.get("/widget/")) == "'none'"
    assert visitor.get("/widget/").headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("origin", [PORTAL, OTHER])
def test_a_listed_site_gets_the_loader(visitor, origin):
    answer = visitor.get("/widget.js", headers={"Origin": origin})

    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert answer.headers["Vary"] == "Origin"
    assert answer.headers["Content-Type"].startswith("text/javascript")


@pytest.mark.parametrize(
    "origin",
    [
        "https://portal.example.evil.example", "https://evil-portal.example", "https://sub.portal.example", "http://portal.example",
        "https://portal.example:8443", "http://127.0.0.1:8002", "http://127.0.0.1", "null", "https://PORTAL.example",
        "https://portal.example,http://127.0.0.1:8001", "",
    ],
)  # fmt: skip
def test_no_other_site_gets_it(visitor, origin):
    assert "Access-Control-Allow-Origin" not in visitor.get("/widget.js", headers={"Origin": origin}).headers


def test_no_other_answer_is_shared_with_a_site(visitor):
    for path in ("/widget/", "/", "/static/widget.js", "/api/v1/answers?q=plan"):
        assert "Access-Control-Allow-Origin" not in visitor.get(path, headers={"Origin": PORTAL}).headers


def test_the_loader_fits_two_kilobytes_and_speaks_every_language(visitor):
    script = visitor.get("/widget.js").data

    words = json.loads(script.split(b"\n")[0].removeprefix(b"const words = ").rstrip(b";"))
    assert len(gzip.compress(script, 9)) <= 2048
    assert set(words) == {"en", "de"}
    assert words["en"].keys() == words["de"].keys()


def test_messages_are_never_sent_to_just_any_site(visitor):
    sent = visitor.get("/widget.js").text + visitor.get("/static/frame.js").text

    assert sent.count("postMessage(") == 3
    assert '"*"' not in sent


def test_a_question_is_answered_in_the_frame_under_a_cookie_kept_apart(visitor):
    answer = ask(visitor)

    assert answer.headers["Location"] == "/widget/#turn-1"
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-widget=")
    assert cookie.split("; ")[1:] == ["Secure", "HttpOnly", "Path=/", "SameSite=None", "Partitioned"]


def test_the_frame_goes_on_with_its_conversation_and_the_desk_knows_nothing_of_it(visitor):
    ask(visitor)

    in_frame = visitor.client.get("/widget/", base_url="https://localhost").text
    assert visitor.application.conversations.sent
    assert 'id="turn-1"' not in visitor.get("/").text
    assert in_frame.count("<form") > 0


def test_who_is_signed_in_at_the_desk_is_a_visitor_in_the_frame(visitor):
    visitor.sign_in("anna")

    answer = ask(visitor)

    conversation = answer.headers["Set-Cookie"].split("=")[1].split(";")[0]
    assert visitor.application.conversations.owners[conversation] is None
    assert "anna" not in visitor.get("/widget/").text.casefold()
    assert "/sign-out" not in visitor.get("/widget/").text


@pytest.mark.parametrize("partial", [False, True])
def test_a_code_is_refused_in_the_frame_with_a_way_out(visitor, partial):
    answer = visitor.post("/widget/ask", on="/widget/", code="123456", message="M-9", partial=partial)

    assert answer.status_code == 403
    assert "tab of its own" in answer.text


@pytest.mark.parametrize("path", ["/ask", "/bulk/B-1/confirm", "/desk/K-1", "/account/factor"])
def test_the_widgets_cookie_alone_confirms_nothing(app, path):
    client = app.test_client(use_cookies=False)
    token = Visitor(app.extensions["assistant"], app).token()
    cookie = {"Cookie": "__Host-widget=C-0001"}

    answer = client.post(path, data={"csrf_token": token, "code": "123456", "message": "M-1"}, headers=cookie)

    assert answer.status_code == 403
    assert "Open the desk in a tab of its own" in answer.text


def test_somebody_signed_in_confirms_at_the_desk_also_with_the_widgets_cookie(visitor):
    visitor.sign_in("anna")
    ask(visitor)

    assert visitor.post("/ask", code="123456", message="M-77").status_code == 303


def test_the_frame_speaks_the_language_of_the_script_and_keeps_it(visitor):
    page = visitor.get("/widget/?lang=de&topic=TILLS").text

    assert '<html lang="de"' in page
    assert 'action="/widget/ask?lang=de&amp;topic=TILLS"' in page
    assert "May tills be moved?" in page
    assert "/widget/suggestions" in page
    assert "/widget/suggestions?" not in page


@pytest.mark.parametrize(
    "query", ["lang=xx", "lang=", "topic=" + "x" * 5000, "topic=%3Cscript%3E", "lang=de&lang=en"]
)
def test_odd_addresses_give_an_ordinary_frame(visitor, query):
    answer = visitor.get(f"/widget/?{query}")

    assert answer.status_code == 200
    assert "<script>" not in answer.text


def test_tasks_lead_to_the_desk_in_a_tab_of_its_own(visitor):
    page = visitor.get("/widget/").text

    assert '<base target="_blank">' in page
    assert 'href="/sign-in?next=/?start%3Dtrial"' in page
    assert 'action="/tasks"' not in page
    assert page.count("<form") == page.count('target="_self"')


def test_a_new_conversation_drops_the_frames_own_cookie_alone(visitor):
    visitor.sign_in("anna")
    answer = visitor.post("/widget/new?lang=de", on="/widget/")

    assert answer.headers["Location"] == "/widget/?lang=de"
    assert [c.split("=")[0] for c in answer.headers.getlist("Set-Cookie")] == ["__Host-widget"]
    assert visitor.get("/customers").status_code == 200
