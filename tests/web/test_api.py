"""The API on fakes: the contract's shapes, and clean refusals of everything else."""

import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as run_with
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from assistant.domain.actions import StartTrial
from assistant.domain.quotes import Capsule
from assistant.ports.wire.licensing import capsule_json
from support.web import (
    CITATION,
    ENTRY,
    GOOD,
    LOCKED,
    PASSWORD,
    USED,
    WRONG,
    ApiClient,
    FakeApplication,
    settings,
)

TRIAL = {"type": "trial", "customer_id": "CU-1", "plan_id": "wfs", "seats": 6}


@pytest.fixture
def anna_api(api):
    return api.sign_in("anna")


def capsule(application):
    quote = application.licensing.preview(
        application.access.users["anna"], StartTrial(**{k: v for k, v in TRIAL.items() if k != "type"})
    )
    return Capsule("trial", 1, "T-1", "U-anna", quote)


def is_problem(answer, status, field=None):
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert {"type", "title", "code", "detail"} <= set(answer.json)
    assert answer.json.get("field") == field
    return True


def test_an_answer_has_the_stored_text_and_its_source(api):
    answer = api.get("/answers?q=plan").json

    assert answer["kind"] == "exact"
    assert answer["entries"][0]["text"] == ENTRY.text
    assert answer["entries"][0]["source"] == {
        "document": "MSP FAQ",
        "heading": "Can the service plan be canceled?",
        "date": "2020-05",
    }


def test_a_question_without_an_answer_names_what_is_missing_and_its_gap(api):
    answer = api.get("/answers?q=price").json

    assert (answer["kind"], answer["abstain"], answer["gap"]) == ("none", "not_in_policy", "Q-0001")
    assert answer["missing"] == ["price"]


def test_the_audience_is_the_token_holders_unless_named(api, application):
    api.sign_in("sal")
    api.get("/answers?q=plan")
    api.get("/answers?q=plan&audience=partner&as_of=2025-01-31")

    audiences = [(str(audience), day and day.isoformat()) for _, audience, day in application.knowledge.asked]
    assert audiences == [("sales", None), ("partner", "2025-01-31")]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("?q=plan&audience=root", "audience"),
        ("?q=plan&as_of=soon", "as_of"),
        ("?q=plan&partner_id=PA-1", "partner_id"),
    ],
)
def test_a_query_that_is_wrong_names_its_parameter(api, query, field):
    assert is_problem(api.get(f"/answers{query}"), 422, field)


def test_an_entry_and_its_versions_are_public(api):
    assert api.get(f"/entries/{ENTRY.id}").json["version"] == 1
    assert api.get(f"/entries/{ENTRY.id}/versions").json["versions"][0]["state"] == "approved"
    assert is_problem(api.get("/entries/none"), 404)


def test_a_session_opens_in_two_steps_and_ends(api):
    first = api.post("/session", {"username": "anna", "password": PASSWORD})
    assert first.json["status"] == "second_factor_required"

    second = api.post("/session/second-factor", {"token": first.json["token"], "code": GOOD})
    api.token = second.json["access_token"]
    assert second.json["user"]["role"] == "partner_admin"
    assert api.get("/session").json["user"] == second.json["user"]

    assert api.call("DELETE", "/session").status_code == 204
    assert is_problem(api.get("/session"), 401)


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(api):
    bodies = [{"username": name, "password": "x"} for name in ("anna", "nobody")]

    answers = [api.post("/session", body) for body in bodies]

    assert [a.status_code for a in answers] == [401, 401]
    assert answers[0].data == answers[1].data


@pytest.mark.parametrize("code", [USED, WRONG, LOCKED])
def test_a_change_that_was_made_gives_its_receipt_again_whatever_became_of_the_code(
    anna_api, application, code
):
    body = {"capsule": capsule_json(capsule(application)), "code": GOOD}
    receipt = anna_api.post("/licensing/execute", body).json

    assert anna_api.post("/licensing/execute", body | {"code": code}).json == receipt


@pytest.mark.parametrize(("code", "status"), [(WRONG, 401), (USED, 401), (LOCKED, 429)])
def test_a_code_that_is_not_accepted_opens_nothing(api, code, status):
    token = api.post("/session", {"username": "anna", "password": PASSWORD}).json["token"]
    refused = api.post("/session/second-factor", {"token": token, "code": code})

    assert is_problem(refused, status)
    assert status == 401 or refused.headers["Retry-After"] == "300"


def test_the_same_message_id_gives_the_same_turn(api):
    where = api.post("/conversations", {})
    assert where.status_code == 201

    path = f"/conversations/{where.json['id']}/messages"
    turns = [api.post(path, {"id": "1", "text": "plan"}).json for _ in range(2)]

    assert turns[0] == turns[1]
    assert len(api.get(f"/conversations/{where.json['id']}").json["transcript"]) == 1


@pytest.mark.parametrize(
    "content",
    [{"text": "plan"}, {"choice": "p1"}, {"values": {"seats": 6, "customer": "Bellows"}}, {"code": "123456"}],
)
def test_a_message_has_one_of_four_contents(api, application, content):
    where = api.post("/conversations", {}).json["id"]

    assert api.post(f"/conversations/{where}/messages", {"id": "1", **content}).status_code == 200
    assert application.conversations.sent[-1].id == "1"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "plan"}, "id"),
        ({"id": "", "text": "plan"}, "id"),
        ({"id": "x" * 65, "text": "plan"}, "id"),
        ({"id": 1, "text": "plan"}, "id"),
        ({"id": "1"}, "text"),
        ({"id": "1", "text": "a", "code": "1"}, "text"),
        ({"id": "1", "text": 5}, "text"),
        ({"id": "1", "text": "x" * 4001}, "text"),
        ({"id": "1", "values": []}, "values"),
        ({"id": "1", "values": {"seats": {}}}, "values.seats"),
        ({"id": "1", "values": {"seats": True}}, "values.seats"),
        ({"id": "1", "text": "a\0b"}, "text"),
        ({"id": "1", "text": "\ud800"}, "text"),
        ({"id": "1", "text": "a", "role": "administrator"}, "role"),
        ({"id": "1", "text": "a", "partner_id": "PA-1"}, "partner_id"),
        ({"id": "1", "values": {"seats": 10**400}}, "values.seats"),
        ([], "body"),
        ("text", "body"),
        (None, "body"),
    ],
)
def test_a_body_that_is_wrong_names_its_field_and_sends_nothing(api, application, body, field):
    where = api.post("/conversations", {}).json["id"]
    refused = api.call(
        "POST", f"/conversations/{where}/messages", data=json.dumps(body), content_type="application/json"
    )

    assert is_problem(refused, 422, field)
    assert not application.conversations.sent


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"id": "1", "id": "2", "text": "a"}',
        b'{"id": "1", "values": {"seats": NaN}}',
        b"[" * 100_000,
        b'{"id": "1", "text": "a", "x": ' + b"[" * 40 + b"]" * 40 + b"}",
        b'{"id": 1' + b"0" * 5000 + b"}",
    ],
)
def test_what_is_no_json_of_ours_is_a_clean_refusal(api, raw):
    where = api.post("/conversations", {}).json["id"]
    refused = api.call("POST", f"/conversations/{where}/messages", data=raw, content_type="application/json")

    assert refused.status_code == 422
    assert refused.json["code"] == "invalid_input"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_only_json_is_read(api, kind):
    assert is_problem(api.call("POST", "/session", data=b"{}", content_type=kind), 415)


def test_a_body_larger_than_a_mebibyte_is_refused(api):
    body = json.dumps({"username": "x" * 1_100_000, "password": "x"})

    assert is_problem(api.call("POST", "/session", data=body, content_type="application/json"), 413)


def test_a_lookup_is_answered_in_wire_form(anna_api):
    answer = anna_api.post("/licensing/look-up", {"type": "customer_by_id", "customer_id": "CU-1"})

    assert answer.json["result"]["name"] == "Adatum"
    assert is_problem(anna_api.post("/licensing/look-up", {"type": "everything"}), 422, "type")


def test_a_preview_is_a_quote_or_a_refusal_with_its_source(anna_api):
    assert anna_api.post("/licensing/preview", TRIAL).json["values"]["seats"] == 6

    refused = anna_api.post("/licensing/preview", TRIAL | {"seats": 11}).json

    assert (refused["type"], refused["code"]) == ("refusal", "trial_too_large")
    assert refused["cites"][0]["heading"] == CITATION.heading


def test_a_confirmed_change_is_made_once_and_its_status_can_be_asked(anna_api, application):
    confirmed = capsule(application)
    body = {"capsule": capsule_json(confirmed), "code": GOOD}

    receipts = [anna_api.post("/licensing/execute", body).json for _ in range(2)]

    assert receipts[0] == receipts[1]
    assert anna_api.get(f"/licensing/status/{confirmed.hash}").json == receipts[0]
    assert is_problem(anna_api.get("/licensing/status/" + "0" * 64), 404)


@pytest.mark.parametrize(("code", "status"), [(WRONG, 401), (USED, 401), (LOCKED, 429)])
def test_a_change_without_an_accepted_code_is_not_made(anna_api, application, code, status):
    body = {"capsule": capsule_json(capsule(application)), "code": code}

    assert is_problem(anna_api.post("/licensing/execute", body), status)
    assert not application.licensing.executed


@pytest.mark.parametrize(
    "change", [{"extra": 1}, {"capsule": {}}, {"capsule": None}, {"code": None}, {"code": 123456}]
)
def test_an_execution_that_is_wrong_changes_nothing(anna_api, application, change):
    body = {"capsule": capsule_json(capsule(application)), "code": GOOD} | change

    assert anna_api.post("/licensing/execute", body).status_code == 422
    assert not application.licensing.executed


def test_customers_and_history_are_ones_own(anna_api, application):
    assert [c["name"] for c in anna_api.get("/customers").json["customers"]] == ["Adatum", "Bellows"]
    assert anna_api.get("/customers/CU-1").json["name"] == "Adatum"
    assert anna_api.get("/history?limit=1").json["history"][0]["reference"] == "L-1"

    other = ApiClient(application).sign_in("mia")
    assert other.get("/customers").json == {"customers": []}
    assert other.get("/history").json == {"history": []}


@pytest.mark.parametrize("limit", ["0", "501", "-1", "x", "1" * 5000, "١"])
def test_a_limit_out_of_range_is_told(anna_api, limit):
    assert is_problem(anna_api.get(f"/history?limit={limit}"), 422, "limit")


def test_the_description_lists_every_route_and_nothing_else(api):
    described = api.get("/openapi.json").json
    listed = {f"{m.upper()} {p}" for p, operations in described["paths"].items() for m in operations}
    rules = api.client.application.url_map.iter_rules()
    real = {
        f"{method} {rule.rule.replace('<', '{').replace('>', '}')}"
        for rule in rules
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/")
    }

    assert described["openapi"].startswith("3.1")
    assert listed | {"GET /api/v1/openapi.json"} == real


def test_the_described_bodies_are_schemas(api):
    for operations in api.get("/openapi.json").json["paths"].values():
        for operation in operations.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                Draft202012Validator.check_schema(content["schema"])


def test_a_fault_of_ours_is_a_problem_with_a_reference_and_no_internals(anna_api, application):
    application.licensing.look_up = None
    fault = anna_api.get("/customers")

    assert fault.status_code == 500
    assert fault.json["code"] == "fault"
    assert fault.json["reference"].startswith("R-")
    assert "NoneType" not in fault.text


def test_an_unknown_path_is_a_problem(api):
    assert is_problem(api.get("/nothing"), 404)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
POSTS = ["/session", "/session/second-factor", "/conversations", "/conversations/X/messages", "/licensing/look-up",
         "/licensing/preview", "/licensing/execute"]  # fmt: skip


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory):
    return ApiClient(FakeApplication(settings(tmp_path_factory.mktemp("fuzz")))).sign_in("anna")


@run_with(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    path=st.sampled_from(POSTS),
    body=JSON
    | st.dictionaries(
        st.sampled_from(
            ["id", "text", "type", "code", "capsule", "username", "password", "token", "seats", "customer_id"]
        ),
        JSON,
    ),
)
def test_no_body_makes_the_api_fail(fuzzed, path, body):
    answer = fuzzed.call("POST", path, data=json.dumps(body), content_type="application/json")

    assert answer.status_code < 500


@run_with(max_examples=150, deadline=None)
@given(path=st.sampled_from(POSTS), raw=st.binary(max_size=200))
def test_no_bytes_make_the_api_fail(fuzzed, path, raw):
    assert fuzzed.call("POST", path, data=raw, content_type="application/json").status_code < 500
