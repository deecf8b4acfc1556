"""Every route is in this inventory with who may call it; a new route fails here until it is added."""

import pytest

from support.web import ApiClient, FakeApplication, Visitor, settings
from web.app import create_app

ANYONE = {
    "GET /sign-in/forgotten", "POST /sign-in/forgotten", "GET /links/<token>", "POST /links/<token>",
    "GET /", "POST /ask", "GET /suggestions", "POST /conversation/new", "GET /entries/<entry_id>",
    "GET /sign-in", "POST /sign-in", "POST /sign-out", "GET /static/<path:filename>", "GET /healthz", "GET /readyz",
    "GET /api/v1/answers", "GET /api/v1/suggestions", "GET /api/v1/entries/<entry_id>",
    "GET /api/v1/entries/<entry_id>/versions", "POST /api/v1/session", "POST /api/v1/session/second-factor",
    "GET /api/v1/openapi.json", "GET /api/v1/healthz", "GET /api/v1/readyz", "POST /api/v1/conversations",
    "GET /api/v1/bands", "GET /what-if", "GET /month", "POST /colours", "POST /language", "GET /workflows/<flow>/runbook", "GET /widget.js", "GET /widget/", "POST /widget/ask", "GET /widget/suggestions", "POST /widget/new", "GET /api/v1/flows", "POST /api/v1/what-if",
}  # fmt: skip
HOLDER = {
    "GET /api/v1/conversations/<conversation_id>",
    "POST /api/v1/conversations/<conversation_id>/messages",
}
FIRST_STEP = {
    "GET /sign-in/code", "POST /sign-in/code", "GET /sign-in/recovery", "GET /sign-in/enrol", "POST /sign-in/enrol",
    "POST /sign-in/enrol/finish",
}  # fmt: skip
SIGNED_IN = {
    "GET /account", "POST /account/sessions", "POST /account/password", "POST /account/factor",
    "POST /account/recovery-codes", "POST /account/tokens", "POST /account/tokens/revoke", "GET /users", "POST /users",
    "POST /users/resets", "GET /users/<user_id>", "POST /users/<user_id>",
    "POST /tasks", "GET /tasks", "GET /tasks/<task_id>", "GET /customers", "GET /customers/<customer_id>", "GET /history",
    "GET /receipts/<reference>", "GET /customers.csv", "GET /history.csv", "POST /customers/<customer_id>/codes",
    "GET /customers/<customer_id>/crossgrades", "GET /usage", "GET /usage/<month>", "GET /usage/<month>.csv", "GET /usage/<month>/why",
}  # fmt: skip
BEARER = {
    "GET /api/v1/sessions", "DELETE /api/v1/sessions/<session_id>", "GET /api/v1/tokens", "POST /api/v1/tokens",
    "DELETE /api/v1/tokens/<token_id>", "GET /api/v1/users", "POST /api/v1/users", "GET /api/v1/users/<user_id>",
    "POST /api/v1/users/<user_id>/role", "POST /api/v1/users/<user_id>/close", "POST /api/v1/users/<user_id>/reopen",
    "POST /api/v1/users/<user_id>/invitation",
    "GET /api/v1/session", "DELETE /api/v1/session", "GET /api/v1/tasks", "GET /api/v1/tasks/<task_id>",
    "POST /api/v1/licensing/look-up", "POST /api/v1/licensing/reveal", "POST /api/v1/licensing/preview", "POST /api/v1/licensing/execute",
    "GET /api/v1/licensing/status/<key>", "POST /api/v1/licensing/withdraw", "GET /api/v1/customers", "GET /api/v1/customers/<customer_id>",
    "GET /api/v1/history", "GET /api/v1/usage/<month>",
}  # fmt: skip
OPERATOR = {"GET /metrics", "GET /api/v1/metrics"}
CASES = {"GET /cases", "GET /cases/<case_id>", "GET /desk", "GET /desk/<case_id>", "POST /desk/<case_id>"}
"""Pages of cases with the vendor's desk: the partner's own, and the desk's."""
DESK = {
    "GET /api/v1/desk/cases", "GET /api/v1/desk/cases/<case_id>", "GET /api/v1/desk/cases/<case_id>/steps",
    *(f"POST /api/v1/desk/cases/<case_id>/{act}"
      for act in ("claim", "release", "messages", "corrections", "return", "complete", "close", "preview-step", "step")),
}  # fmt: skip
LISTS = {
    "GET /bulk", "POST /bulk", "GET /bulk/template.<ending>", "GET /bulk/<batch_id>", "POST /bulk/<batch_id>/confirm",
    "POST /bulk/<batch_id>/stop", "GET /bulk/<batch_id>/result.<ending>",
}  # fmt: skip
"""Pages of lists of changes."""
BATCHES = {
    "POST /api/v1/licensing/batches", "POST /api/v1/licensing/batches/<batch_id>/go-on", "POST /api/v1/licensing/batches/<batch_id>/stop",
    "POST /api/v1/batches", "GET /api/v1/batches", "GET /api/v1/batches/<batch_id>", "GET /api/v1/batches/<batch_id>/items",
    "POST /api/v1/batches/<batch_id>/confirm", "POST /api/v1/batches/<batch_id>/stop", "GET /api/v1/batches/<batch_id>/result",
}  # fmt: skip
KNOWLEDGE = {
    "GET /knowledge", "GET /knowledge/entries", "GET /knowledge/entries.csv", "GET /knowledge/entries/new", "POST /knowledge/entries/new",
    "GET /knowledge/entries/<entry_id>", "POST /knowledge/entries/<entry_id>",
    "GET /knowledge/entries/<entry_id>/edit", "POST /knowledge/entries/<entry_id>/edit",
}  # fmt: skip
"""Pages of the editors' desk."""
SIGNED_IN |= CASES | LISTS | KNOWLEDGE
BEARER |= DESK | BATCHES
CONVERSATION_PATH = "/api/v1/conversations/<conversation_id>"


def routes(app):
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def filled(route, value="X-0"):
    method, path = route.split(" ")
    return method, "/".join(value if part.startswith("<") else part for part in path.split("/"))


def test_every_route_is_in_the_inventory(visitor):
    assert routes(visitor.app) == ANYONE | HOLDER | FIRST_STEP | SIGNED_IN | BEARER | OPERATOR


@pytest.mark.parametrize("route", sorted(SIGNED_IN))
def test_a_visitor_is_led_to_sign_in(visitor, route):
    method, path = filled(route)
    data = {"csrf_token": visitor.token(), "flow": "trial", "message": "M-1"} if method == "POST" else None
    answer = visitor.client.open(path, method=method, data=data)

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize("route", sorted(BEARER))
@pytest.mark.parametrize("authorization", [None, "Bearer junk", "Bearer", "Basic YTpi", ""])
def test_the_api_asks_for_a_live_token(api, route, authorization):
    method, path = filled(route)
    headers = {"Authorization": authorization} if authorization is not None else {}
    answer = api.client.open(path, method=method, headers=headers, json={})

    assert answer.status_code == 401
    assert answer.json["code"] == "not_signed_in"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("route", sorted(BEARER))
def test_a_cookie_means_nothing_to_the_api(anna, route):
    method, path = filled(route)

    assert anna.client.open(path, method=method, json={}).status_code == 401


@pytest.mark.parametrize("who", ["mia", "sal", "ben"])
@pytest.mark.parametrize(
    ("own", "path"),
    [("task", "/api/v1/tasks/{}"), ("conversation", "/api/v1/conversations/{}")],
)
def test_what_belongs_to_another_user_answers_like_what_does_not_exist(application, api, who, own, path):
    api.sign_in("anna")
    conversation = api.post("/conversations", {}).json["id"]
    task = api.post(f"/conversations/{conversation}/messages", {"id": "1", "text": "seats"}).json["task"]
    foreign = {"task": task["id"], "conversation": conversation}[own]
    other = ApiClient(application, api.client.application).sign_in(who)

    answers = [other.get(path.format(name).removeprefix("/api/v1")) for name in (foreign, "X-0")]

    assert [a.status_code for a in answers] == [404, 404]
    assert answers[0].data == answers[1].data


@pytest.mark.parametrize("path", ["/customers/{}", "/receipts/{}"])
def test_another_partners_page_answers_like_a_missing_one(application, path):
    visitor = Visitor(application)
    visitor.sign_in("mia")
    foreign = visitor.get(path.format("CU-1" if "customers" in path else "L-1"))

    assert foreign.status_code == 404
    assert foreign.data == visitor.get(path.format("X-0")).data


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_a_method_that_no_route_has_is_refused(visitor, method):
    assert visitor.client.open("/", method=method).status_code == 405


def test_a_get_never_writes(tmp_path):
    application = FakeApplication(settings(tmp_path))
    client = create_app(application).test_client()
    for path in ("/ask?text=plan&message=M-1", "/sign-out", "/conversation/new"):
        assert client.get(path).status_code == 405
    assert not application.conversations.sent
