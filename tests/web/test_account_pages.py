"""One's own account on the page: sessions, password, second factor, tokens, and what happened."""

import re

import pytest

from assistant.access import totp
from support.accounts import PASSWORD, Browser, Site, said_by

NEW = "plum kettle orbit"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("accounts"))
    yield site
    site.close()


@pytest.fixture
def rita(site):
    return site.signed_in("rita")


def test_the_page_shows_sessions_events_and_what_is_left(site, rita):
    page = rita.get("/account").text

    for told in ("rita@partner.example", "This session", "Recovery codes left:", "Signed in", "New device"):
        assert told in page


def test_every_event_and_scope_has_words(site):
    from assistant.domain.accounts import Scope
    from assistant.domain.security_events import SecurityEvent
    from web.wording import Wording

    assert {event.value for event in SecurityEvent} == set(Wording().get("events"))
    assert {scope.value for scope in Scope} == set(Wording().get("scopes"))


def test_another_session_can_be_ended_and_this_one_goes_on(site, rita):
    other = site.signed_in("rita")
    ids = re.findall(r'name="session" value="(SE-[^"]+)"', rita.get("/account").text)

    for session_id in ids:
        assert rita.post("/account/sessions", "/account", session=session_id).status_code == 303

    assert not other.is_signed_in
    assert rita.is_signed_in


def test_all_other_sessions_end_at_once(site, rita):
    others = [site.signed_in("rita") for _ in range(2)]

    rita.post("/account/sessions", "/account", session="others")

    assert [other.is_signed_in for other in others] == [False, False]
    assert rita.is_signed_in


def test_a_session_of_somebody_else_is_not_found_like_one_that_does_not_exist(site, rita):
    anna = site.signed_in("anna")
    theirs = site.identity.access.sessions(site.id_of("anna"))[0].id
    answers = [rita.post("/account/sessions", "/account", session=wanted) for wanted in (theirs, "SE-none")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert said_by(answers[0]) == said_by(answers[1])
    assert anna.is_signed_in


def test_the_password_is_changed_here_and_sessions_elsewhere_end(site):
    sal, other = site.signed_in("sal"), site.signed_in("sal")
    before = sal.cookie("session")

    changed = sal.post(
        "/account/password", "/account", current=PASSWORD, new=NEW, again=NEW, code=site.code()
    )

    assert changed.headers["Location"] == "/account"
    assert sal.cookie("session") not in {None, before}
    assert sal.is_signed_in
    assert not other.is_signed_in
    assert Browser(site).sign_in("sal", NEW).is_signed_in


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"current": "guess"}, 422, "Your password now is not right."),
        ({"again": "plum kettle orbiT"}, 422, "The two passwords differ."),
        ({"new": "password1234", "again": "password1234"}, 422, "too easy to guess"),
        ({"new": "rita-person-rita", "again": "rita-person-rita"}, 422, "too easy to guess"),
        ({"code": "000000"}, 422, "That code is not right."),
        ({"code": ""}, 422, "Enter the code."),
    ],
)
def test_a_password_that_is_not_changed_is_told_why(site, rita, fields, status, told):
    given = {"current": PASSWORD, "new": NEW, "again": NEW, "code": site.code(), **fields}

    refused = rita.post("/account/password", "/account", **given)

    assert refused.status_code == status
    assert told in refused.text
    assert NEW not in refused.text
    assert rita.is_signed_in


def test_new_recovery_codes_are_shown_once_after_a_fresh_code(site, rita):
    assert rita.post("/account/recovery-codes", "/account", code="000000").status_code == 422

    shown = rita.post("/account/recovery-codes", "/account", code=site.code())
    codes = re.findall(r"<code>((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4})</code>", shown.text)

    assert len(codes) == 10
    assert shown.headers["Cache-Control"] == "no-store"
    assert not any(code in rita.get("/account").text for code in codes)


def test_another_app_takes_over_after_its_code_and_the_saved_codes(site):
    bert = site.signed_in("bert")
    led = bert.post("/account/factor", "/account", code=site.code())
    assert led.headers["Location"] == "/sign-in/enrol?next=/account"
    shown = bert.get("/sign-in/enrol").text
    secret = re.search(r'id="key">([A-Z2-7 ]+)<', shown)[1].replace(" ", "")
    code = totp.code_at(secret, totp.step_of(site.clock.now()))
    bert.post("/sign-in/enrol", "/sign-in/enrol", code=code)

    finished = bert.post("/sign-in/enrol/finish", "/sign-in/enrol", saved="1", next="/account")

    assert finished.headers["Location"] == "/account"
    assert bert.is_signed_in
    assert "Authenticator app replaced" in bert.get("/account").text


def test_a_token_is_shown_once_and_can_be_revoked(site, rita):
    made = rita.post(
        "/account/tokens", "/account", name="robot", scope="policy:read", days="9", code=site.code()
    )
    secret = re.search(r'id="secret">(mspa_[\w-]+)<', made.text)[1]
    assert site.identity.tokens.bearer(secret).user.username == "rita"
    page = rita.get("/account").text
    assert secret not in page
    assert "robot" in page

    for token_id in re.findall(r'name="token" value="(AT-[^"]+)"', page):
        rita.post("/account/tokens/revoke", "/account", token=token_id)

    assert site.identity.tokens.bearer(secret) is None


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": ""}, "Say what the token is for"),
        ({"scope": []}, "Tick at least one"),
        ({"scope": "everything"}, "Tick at least one"),
        ({"days": "0"}, "from 1 to 366"),
        ({"days": "\u0661"}, "from 1 to 366"),
        ({"days": "9" * 400}, "from 1 to 366"),
        ({"code": "000000"}, "That code is not right."),
    ],
)
def test_a_token_that_is_not_made_is_told_why(site, rita, fields, told):
    given = {"name": "robot", "scope": "policy:read", "days": "9", "code": site.code(), **fields}

    refused = rita.post("/account/tokens", "/account", **given)

    assert refused.status_code == 422
    assert told in refused.text


def test_what_a_device_calls_itself_is_shown_inert(site):
    hostile = site.visitor()
    hostile.client.environ_base["HTTP_USER_AGENT"] = "<script>alert(1)</script>"
    hostile.sign_in("rita")

    page = hostile.get("/account").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_device_cookie_lives_on_after_signing_out_and_opens_nothing(site, rita):
    device = rita.cookie("device")
    rita.post("/sign-out", "/account")

    assert rita.cookie("device") == device
    assert rita.cookie("session") is None
    assert not rita.is_signed_in


def test_the_cookies_are_bound_to_this_host_over_https(tmp_path):
    site = Site(tmp_path, secure_cookies=True)
    client = site.app.test_client()
    options = {"base_url": "https://localhost", "buffered": True}
    page = client.get("/sign-in", **options)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    form = {"csrf_token": token, "username": "rita", "password": PASSWORD}
    client.post("/sign-in", data=form, **options)
    page = client.get("/sign-in/code", **options)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]

    opened = client.post("/sign-in/code", data={"csrf_token": token, "code": site.code()}, **options)

    set_ = [c for c in opened.headers.getlist("Set-Cookie") if "Expires=Thu, 01 Jan 1970" not in c]
    assert [c.split("=")[0] for c in set_] == ["__Host-session", "__Host-device"]
    for cookie in set_:
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
    site.close()
