"""What every answer carries, where no answer leads, and who reads what."""

from dataclasses import replace

import pytest

from assistant.config import read_settings
from assistant.domain.entries import Audience
from support.web import ANSWERED, ENTRY, ApiClient, FakeApplication, Visitor, settings
from web.app import create_app
from web.security import content_policy, safe_next


@pytest.fixture(scope="module")
def anna(tmp_path_factory):
    made = Visitor(FakeApplication(settings(tmp_path_factory.mktemp("forgery"))))
    made.app = create_app(made.application)
    made.client = made.app.test_client()
    made.sign_in()
    return made


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200), ("GET", "/nothing", 404), ("PUT", "/", 405), ("POST", "/ask", 400), ("GET", "/customers/X-0", 404),
        ("GET", "/sign-in", 303), ("GET", "/static/app.css", 200), ("GET", "/static/none.css", 404), ("GET", "/%00", 422),
        ("GET", "/api/v1/answers", 422), ("GET", "/api/v1/nothing", 404), ("POST", "/api/v1/session", 415), ("GET", "/api/v1/tasks", 401),
        ("GET", "/healthz", 200), ("GET", "/metrics", 200), ("OPTIONS", "/ask", 200), ("HEAD", "/", 200), ("GET", "/api/v1/openapi.json", 200),
    ],
)  # fmt: skip
def test_every_kind_of_answer_carries_every_header(anna, method, path, status):
    answer = anna.client.open(path, method=method, buffered=True)
    headers = answer.headers

    assert answer.status_code == status
    assert headers["Content-Security-Policy"] == content_policy()
    assert "frame-ancestors 'none'" in content_policy()
    assert "unsafe" not in content_policy()
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Cache-Control" in headers


def test_a_fault_of_ours_carries_every_header_too(tmp_path):
    application = FakeApplication(settings(tmp_path))
    application.knowledge.suggest = lambda *_args, **_more: 1 / 0
    app = create_app(application)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    answer = app.test_client().get("/api/v1/suggestions?q=x")

    assert answer.status_code == 500
    assert answer.headers["Content-Security-Policy"] == content_policy()
    assert "ZeroDivision" not in answer.text


def test_a_page_is_framed_by_nobody_unless_an_origin_is_named():
    assert content_policy("https://a.example", "https://b.example").endswith(
        "frame-ancestors https://a.example https://b.example"
    )


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
        "/\n/evil.example", "https:evil.example", "javascript:alert(1)", "data:text/html,x", " //evil.example", "/%09/evil.example\r\nX: y",
        "http:/evil.example", "@evil.example", "?next=//evil.example", "evil.example", "//evil.example/%2f..", "",
    ],
)  # fmt: skip
def test_no_spelling_of_a_way_on_leaves_the_site(anna, target):
    assert safe_next(target) == "/"
    visitor = Visitor(anna.application, anna.app)
    visitor.get("/sign-in")
    assert visitor.sign_in(next_=target).headers["Location"] == "/"


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.env",
        "/debug",
        "/console",
        "/admin",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/api/v1/../../etc/passwd",
    ],
)
def test_nothing_of_the_inside_has_an_address(anna, path):
    assert anna.client.get(path).status_code in {404, 308}


@pytest.mark.parametrize(("who", "audience", "status"), [
    (None, "sales", 403), ("anna", "sales", 403), ("ben", "sales", 403), ("sal", "sales", 200), (None, "partner", 200), ("anna", "partner", 200),
])  # fmt: skip
def test_what_is_written_for_sales_is_read_by_the_vendors_own_people(anna, who, audience, status):
    api = ApiClient(anna.application, anna.app)
    if who:
        api.sign_in(who)
    assert api.get(f"/answers?q=plan&audience={audience}").status_code == status


@pytest.mark.parametrize(("who", "status"), [(None, 404), ("anna", 404), ("sal", 200)])
def test_an_entry_for_sales_only_has_no_address_for_others(tmp_path, who, status):
    application = FakeApplication(settings(tmp_path))
    for_sales = replace(ANSWERED, entry=replace(ENTRY, audience=(Audience.SALES,)))
    application.knowledge.entry = lambda *_args, **_more: for_sales
    api, browser = (kind(application, create_app(application)) for kind in (ApiClient, Visitor))
    if who:
        api.sign_in(who)
        browser.sign_in(who)

    paths = (f"/entries/{ENTRY.id}", f"/entries/{ENTRY.id}/versions")

    assert {api.get(path).status_code for path in paths} == {status}
    assert browser.get(paths[0]).status_code == status


@pytest.mark.parametrize("path", ["//sign-in", "/sign-in//code", "/sign-in/", "//evil.example/sign-in"])
def test_no_redirect_names_the_host_that_the_request_made_up(anna, path):
    # put into the environment, as the client would take a name after two slashes for that of a host
    made_up = {"PATH_INFO": path, "HTTP_HOST": "evil.example"}

    answer = anna.client.get("/", environ_overrides=made_up, buffered=True)

    assert "evil.example" not in answer.headers.get("Location", "")


@pytest.mark.parametrize(
    ("shown", "who", "status"), [(True, None, 200), (False, None, 404), (False, "anna", 200)]
)
def test_the_description_of_the_api_is_for_those_who_may_see_it(tmp_path, shown, who, status):
    api = ApiClient(FakeApplication(settings(tmp_path, api_description=shown)))
    if who:
        api.sign_in(who)

    assert api.get("/openapi.json").status_code == status


def test_in_production_the_description_is_not_shown_unless_that_is_wanted():
    production = {"ASSISTANT_MODE": "production", "ASSISTANT_SECRET_KEYS": "x"}

    assert not read_settings(production).api_description
    assert read_settings({**production, "ASSISTANT_API_DESCRIPTION": "true"}).api_description
