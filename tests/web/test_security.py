"""Headers, form tokens, origins, cookies and keys."""

import re
from dataclasses import replace
from io import BytesIO

import pytest

from assistant.domain.errors import AssistantError
from support.web import FakeApplication, Visitor, settings
from web.errors import STATUS
from web.keys import signing_key

WRITES = ["/ask", "/tasks", "/conversation/new", "/sign-in", "/sign-in/code", "/sign-in/enrol",
          "/sign-in/enrol/finish", "/sign-out"]  # fmt: skip


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/sign-in", "/static/app.css", "/healthz", "/api/v1/answers", "/ask"]
)
def test_every_answer_carries_the_headers(visitor, path):
    headers = visitor.get(path).headers
    policy = headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    for part in (
        "default-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ):
        assert part in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Permissions-Policy" in headers


def test_no_page_has_inline_script_or_style(anna):
    anna.say("seats")
    for path in ("/", "/tasks", "/customers", "/history", "/customers/CU-1", "/receipts/L-1"):
        page = anna.get(path).text
        assert not re.search(r"<script(?![^>]*src=)|\sstyle=|<style|\son\w+=", page), path


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("token", [None, "", "junk", "foreign"])
def test_a_form_without_its_own_token_is_refused(application, anna, path, token):
    if token == "foreign":
        other = Visitor(application, anna.app)
        other.sign_in("ben")
        token = other.token()
    data = {"text": "plan", "message": "M-1", "flow": "trial"} | (
        {} if token is None else {"csrf_token": token}
    )

    refused = anna.client.post(path, data=data)

    assert refused.status_code == 400
    assert not application.conversations.sent
    assert "Sign out" in anna.get("/").text


def test_a_visitors_sign_in_form_is_not_accepted_from_another_visitor(application, visitor):
    other = Visitor(application, visitor.app)
    visitor.get("/sign-in")
    data = {"csrf_token": other.token("/sign-in"), "username": "anna", "password": "x"}

    assert visitor.client.post("/sign-in", data=data).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://["},
    ],
)
def test_a_form_from_another_site_is_refused_even_with_its_token(anna, headers):
    data = {"csrf_token": anna.token(), "text": "plan", "message": "M-1"}

    assert anna.client.post("/ask", data=data, headers=headers).status_code == 403
    assert not anna.application.conversations.sent


def test_a_form_from_our_own_page_passes_the_origin_check(anna):
    data = {"csrf_token": anna.token(), "text": "plan", "message": "M-1"}
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}

    assert anna.client.post("/ask", data=data, headers=headers).status_code == 303


def test_over_https_cookies_are_bound_to_the_host_and_the_browser_is_told_to_stay(tmp_path):
    visitor = Visitor(FakeApplication(settings(tmp_path, secure_cookies=True)))
    page = visitor.client.get("/sign-in", base_url="https://desk.example")
    cookie = next(c for c in page.headers.getlist("Set-Cookie") if "sign-in" in c and "Max-Age" not in c)

    assert cookie.startswith("__Host-sign-in=")
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert "max-age=63072000" in page.headers["Strict-Transport-Security"]


def test_over_http_no_browser_is_told_to_use_https(visitor):
    assert "Strict-Transport-Security" not in visitor.get("/").headers


def test_forwarded_headers_count_only_from_the_stated_proxies(tmp_path):
    headers = {
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
    }
    seen = []
    for hops in (0, 1):
        application = FakeApplication(settings(tmp_path, trusted_proxies=hops))
        visitor = Visitor(application)
        visitor.app.before_request(lambda: seen.append(_seen()))
        visitor.client.get("/healthz", headers=headers)

    assert seen == [("127.0.0.1", "http://localhost/"), ("203.0.113.9", "https://evil.example/")]


def _seen():
    from flask import request

    return request.remote_addr, request.host_url


def test_pages_are_never_kept_and_static_files_are_kept_by_their_hash(visitor):
    address = re.search(r'href="(/static/app.css[^"]+)"', visitor.get("/").text)[1]

    assert visitor.get("/").headers["Cache-Control"] == "no-store"
    assert "immutable" in visitor.get(address).headers["Cache-Control"]
    assert "immutable" not in visitor.get("/static/app.css").headers.get("Cache-Control", "")


@pytest.mark.parametrize("path", ["/%00", "/entries/%00", "/customers?q=%00", "/api/v1/answers?q=%00"])
def test_a_nul_character_in_the_address_is_refused(anna, path):
    assert anna.get(path).status_code == 422


@pytest.mark.parametrize(("size", "read"), [(1_100_000, 1_100_000), (9_000_000, 8_388_608)])
def test_a_body_too_large_is_read_to_its_end_within_reason_so_that_the_refusal_arrives(api, size, read):
    # a server that answers and closes with the body unread resets the connection, and the caller sees no answer
    sent = BytesIO(b"a" * size)
    refused = api.call(
        "POST", "/session", input_stream=sent, content_length=size, content_type="application/json"
    )
    assert (refused.status_code, sent.tell()) == (413, read)


def test_a_form_larger_than_a_mebibyte_is_refused(visitor):
    assert visitor.say("x" * 1_100_000).status_code == 413


def test_every_error_of_the_domain_has_a_status():
    assert set(STATUS) >= set(AssistantError.__subclasses__()) - {_outdated()}


def _outdated():
    # stops the start, so that no request ever meets it
    from assistant.domain.errors import DatabaseOutdated

    return DatabaseOutdated


def test_every_process_of_an_installation_signs_forms_with_one_key(application):
    chosen = application.settings

    assert signing_key(chosen, application.ids) == signing_key(chosen, application.ids)
    assert (chosen.data_dir / "forms.key").stat().st_mode & 0o777 == 0o600


def test_a_start_that_was_killed_before_the_key_was_written_does_not_stop_the_next(application):
    (application.settings.data_dir / "forms.key").touch()
    signing_key(application.settings, application.ids)

    assert (application.settings.data_dir / "forms.key").read_text()


def test_the_key_follows_the_newest_secret_key(application):
    keyed = [
        signing_key(replace(application.settings, secret_keys=keys), application.ids)
        for keys in (("a",), ("b", "a"))
    ]

    assert keyed[0] != keyed[1]
    assert not (application.settings.data_dir / "forms.key").exists()
