"""The licensing desk on pages and over the API: who may see it, what it shows, and what it says when an act is not possible."""

import pytest

from support.hand_offs import CASE
from support.web import ApiClient, Visitor

STRANGERS = ("anna", "ben", "mia", "sal", "root")
PAGES = ("/desk", f"/desk/{CASE}", "/desk/X-0")


@pytest.fixture
def olga(application):
    visitor = Visitor(application)
    visitor.sign_in("olga")
    return visitor


@pytest.fixture
def claimed(olga):
    act(olga, "claim")
    return olga


def act(visitor, name, version=None, **fields):
    version = visitor.application.hand_offs.version if version is None else version
    return visitor.post(f"/desk/{CASE}", on=f"/desk/{CASE}", act=name, version=str(version), **fields)


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_but_the_desk_sees_whether_there_are_cases(application, who):
    visitor = Visitor(application)
    visitor.sign_in(who)
    answers = [visitor.get(path) for path in PAGES]

    assert {answer.status_code for answer in answers} == {403}
    assert len({a.text.replace(path, "") for a, path in zip(answers, PAGES, strict=True)}) == 1
    assert "/desk" not in visitor.get("/").text


@pytest.mark.parametrize("who", STRANGERS)
def test_the_api_tells_nobody_else_of_cases(application, who):
    client = ApiClient(application).sign_in(who)
    answers = [client.get("/desk/cases"), client.get(f"/desk/cases/{CASE}"), client.get("/desk/cases/X-0")]
    answers += [client.post(f"/desk/cases/{name}/claim", {}) for name in (CASE, "X-0")]

    assert {(answer.status_code, answer.json["code"]) for answer in answers} == {(403, "forbidden")}
    assert application.hand_offs.done == []


@pytest.mark.parametrize("who", ["ben", "mia", "sal", "olga"])
def test_a_case_is_its_owners_and_nobody_elses(application, who):
    visitor = Visitor(application)
    visitor.sign_in(who)
    foreign, missing = visitor.get(f"/cases/{CASE}"), visitor.get("/cases/X-0")

    assert foreign.status_code == missing.status_code == 404
    assert foreign.text.replace(CASE, "X-0") == missing.text


def test_the_list_says_who_waits_for_how_long_and_for_whom(olga):
    page = olga.get("/desk").text

    assert "Change seats" in page
    assert "Bellows, Anna" in page
    assert "waiting 3 h 10 min" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?state=mine", "Claim one from the open ones"),
        ("?state=closed", "No case is closed yet"),
        ("?q=zebra", "No case matches"),
        ("?flow=trial", "No case matches"),
    ],
)
def test_an_empty_list_says_what_would_be_in_it(olga, query, said):
    assert said in olga.get(f"/desk{query}").text


def test_a_list_that_there_is_not_is_told(olga):
    assert olga.get("/desk?state=lost").status_code == 422


def test_a_case_shows_everything_that_was_handed_over_as_text(olga):
    page = olga.get(f"/desk/{CASE}").text

    for said in (
        "25 to 40",
        "The user asked for a person.",
        "Can the service plan be canceled?",
        "40 seats &lt;b&gt;",
    ):
        assert said in page
    assert 'name="act" value="claim"' in page
    assert 'value="message"' not in page


def test_claiming_leads_back_to_the_case_with_all_that_can_be_done(claimed):
    page = claimed.get(f"/desk/{CASE}").text

    for name in ("message", "correct", "return", "complete", "close", "release"):
        assert f'name="act" value="{name}"' in page


def test_the_second_operator_is_told_who_has_it(application, claimed):
    other = Visitor(application)
    other.sign_in("otto")
    refused = act(other, "claim")

    assert refused.status_code == 409
    assert "Olga has this case" in refused.text


def test_only_what_was_changed_on_the_form_is_corrected(application, claimed):
    fields = {"value__customer": "CU-1", "was__customer": "CU-1", "value__seats": "30", "was__seats": "40"}
    assert act(claimed, "correct", **fields).status_code == 303

    assert application.hand_offs.done[-1] == ("correct", "Olga", "seats=30")
    assert "Seats: 40 &gt; 30" in claimed.get(f"/desk/{CASE}").text


def test_a_wrong_value_is_named_at_its_field_and_kept(claimed):
    refused = act(claimed, "correct", value__seats="many", was__seats="40")

    assert refused.status_code == 422
    assert 'value="many"' in refused.text
    assert 'href="#value-seats"' in refused.text
    assert 'aria-invalid="true"' in refused.text


@pytest.mark.parametrize("name", ["message", "complete", "close"])
def test_words_are_needed_where_the_partner_reads_them(application, claimed, name):
    refused = act(claimed, name, text="  ")

    assert refused.status_code == 422
    assert f'href="#text-{name}"' in refused.text
    assert [done[0] for done in application.hand_offs.done] == ["claim"]


def test_an_act_on_an_older_version_changes_nothing_and_shows_the_case_as_it_is(application, claimed):
    refused = act(claimed, "message", version=1, text="hello")

    assert refused.status_code == 409
    assert "has changed since" in refused.text
    assert [done[0] for done in application.hand_offs.done] == ["claim"]


@pytest.mark.parametrize(("name", "version"), [("shout", "1"), ("message", "x"), ("message", "")])
def test_a_form_that_was_tampered_with_is_refused(claimed, name, version):
    assert act(claimed, name, version=version, text="hello").status_code == 422


def test_an_operator_works_on_a_case_over_the_api(application):
    client = ApiClient(application).sign_in("olga")
    case = client.post(f"/desk/cases/{CASE}/claim", {}).json
    for path, body in (
        ("messages", {"text": "which contract?"}),
        ("corrections", {"values": {"seats": 30}}),
        ("return", {}),
        ("complete", {"text": "done", "outside": "SR-1"}),
        ("close", {"text": "nobody signed"}),
        ("release", {}),
    ):
        answer = client.post(f"/desk/cases/{CASE}/{path}", {"version": case["version"], **body})
        assert answer.status_code == 200, answer.json
        case = answer.json

    assert [done[2] for done in application.hand_offs.done] == [
        "", "which contract?", "seats=30", "", "done SR-1", "nobody signed", "",
    ]  # fmt: skip
    assert client.get("/desk/cases?q=seats&flow=seats").json["cases"][0]["reference"] == CASE


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("messages", {"text": "hello"}, "version"),
        ("messages", {"version": 0, "text": "hello"}, "version"),
        ("messages", {"version": 2}, "text"),
        ("messages", {"version": 2, "text": "x" * 4001}, "text"),
        ("corrections", {"version": 2, "values": {"seats": True}}, "values.seats"),
        ("corrections", {"version": 2, "values": "30"}, "values"),
        ("complete", {"version": 2, "text": "done", "outside": "x" * 101}, "outside"),
        ("claim", {"version": 2}, "version"),
        ("close", {"version": 2, "text": "no", "state": "closed"}, "state"),
    ],
)
def test_a_body_that_is_not_as_described_is_refused_by_field(application, path, body, field):
    client = ApiClient(application).sign_in("olga")
    answer = client.post(f"/desk/cases/{CASE}/{path}", body)

    assert (answer.status_code, answer.json["field"]) == (422, field)


def test_a_step_is_checked_and_then_recorded_with_the_operators_code(application, claimed):
    checked = act(claimed, "preview_step", migration="M-1", evidence="Moved, ticket 5")

    assert checked.status_code == 200
    assert "vendor confirmed" in checked.text
    assert f'name="hash" value="{"ab" * 32}"' in checked.text
    confirmed = {"migration": "M-1", "evidence": "Moved, ticket 5", "hash": "ab" * 32, "text": "It is moved."}
    assert "That code is not right" in act(claimed, "step", code="000000", **confirmed).text
    assert act(claimed, "step", code="123456", **confirmed).status_code == 303
    assert application.hand_offs.done[-1] == ("complete", "Olga", "It is moved. R-1")


def test_a_step_without_evidence_is_told_at_its_field(claimed):
    refused = act(claimed, "preview_step", migration="M-1", evidence=" ")

    assert refused.status_code == 422
    assert 'href="#evidence-preview_step"' in refused.text


def test_a_step_is_recorded_over_the_api(application):
    client = ApiClient(application).sign_in("olga")
    version = client.post(f"/desk/cases/{CASE}/claim", {}).json["version"]
    (step,) = client.get(f"/desk/cases/{CASE}/steps").json["steps"]
    body = {"migration": step["migration"], "evidence": "Moved"}
    shown = client.post(f"/desk/cases/{CASE}/preview-step", body).json
    confirmed = {**body, "version": version, "hash": shown["hash"], "code": "123456", "text": "Moved."}

    assert client.post(f"/desk/cases/{CASE}/step", {**confirmed, "code": "000000"}).json["field"] == "code"
    assert client.post(f"/desk/cases/{CASE}/step", confirmed).status_code == 200
    assert [taken.hash for taken in application.desk_steps.taken] == [shown["hash"]]


def test_the_owner_reads_what_the_desk_wrote_and_is_told_that_it_waits(application, anna, claimed):
    application.hand_offs.unread = 1
    act(claimed, "message", text="Which contract?")

    assert "1 answer waiting" in anna.get("/").text
    assert "1 answer waiting" in anna.get("/tasks").text
    assert "answer waiting" in anna.get("/cases").text
    assert "Which contract?" in anna.get(f"/cases/{CASE}").text


def test_what_is_written_on_the_page_of_a_case_goes_to_that_case(application, anna):
    anna.say("start trial")
    conversation = application.conversations.latest(application.access.users["anna"])
    anna.post("/ask", text="the one of 2024", message="M-9", case=CASE, conversation=conversation)

    assert (
        application.conversations.transcripts[conversation][-1]["said"]
        == f"tell the desk {CASE}: the one of 2024"
    )


def test_a_turn_of_the_desk_stands_in_the_conversation_without_words_of_the_user(application, anna):
    anna.say("start trial")
    conversation = application.conversations.latest(application.access.users["anna"])
    block = {
        "type": "handoff", "reference": CASE, "act": "message", "by": "Olga", "at": "2026-03-15T12:00:00+00:00",
        "text": "Olga of the licensing desk writes: Which <contract>?",
    }  # fmt: skip
    turn = {"conversation": conversation, "message_id": "H-1.3", "blocks": [block], "task": None, "tasks": [],
            "abstain": None, "writes": 0}  # fmt: skip
    application.conversations.transcripts[conversation].append(
        {"message_id": "H-1.3", "at": "2026-03-15T12:00:00+00:00", "said": "", "turn": turn}
    )
    page = anna.get("/").text

    assert "Which &lt;contract&gt;?" in page
    assert "Olga of the licensing desk wrote" in page
    assert "15 March 2026, 12:00 UTC" in page


def test_nothing_at_the_desk_is_said_with_how_it_gets_there(application, visitor):
    visitor.sign_in("ben")

    assert "Say &#34;human&#34;" in visitor.get("/cases").text
