"""Hostile texts in every field of every form, in every address and in every question after one."""

import pytest

from support.hostile import TEXTS, harm_done
from support.soaking import EXAMPLES

FIELDS = (
    "text", "choice", "code", "recovery", "username", "password", "flow", "message", "conversation", "value.seats", "next", "back", "card",
    "name", "email", "role", "partner_id", "current", "new", "again", "session", "reset", "reason", "month", "op", "seats", "plan", "customer",
)  # fmt: skip
ASKED = (
    "q",
    "page",
    "next",
    "start",
    "all",
    "as_of",
    "audience",
    "limit",
    "customer",
    "month",
    "format",
    "seats",
    "change",
    "customer_id",
)
_ID = "".join


def rules(app, *methods):
    return sorted(
        {
            (method, rule.rule)
            for rule in app.url_map.iter_rules()
            for method in rule.methods & set(methods)
            if rule.endpoint != "static"
        }
    )


def some_texts(number, count=EXAMPLES * 2):
    """So many of the texts, others for each number, so that all are used over the routes."""
    return [TEXTS[(number * 5 + step * 13) % len(TEXTS)] for step in range(min(count, len(TEXTS)))]


@pytest.fixture
def browser(site):
    def open_for(who):
        client = site.app.test_client()
        if who:
            client.set_cookie("session", site.tokens[who])
        return client

    return open_for


@pytest.mark.parametrize("who", ["carla", None])
def test_no_text_in_a_form_does_any_harm(site, browser, who):
    client, harm = browser(who), {}
    for number, (method, rule) in enumerate(rules(site.app, "POST", "PUT")):
        if rule.startswith("/api/") or rule == "/sign-out":
            continue
        path = rule.replace("<", "").replace(">", "")
        for text in some_texts(number):
            form = {**dict.fromkeys(FIELDS, text), "csrf_token": site.form_tokens.get(who, "")}
            if found := list(harm_done(client.open(path, method=method, data=form))):
                harm[path, text[:30]] = found
    assert harm == {}


@pytest.mark.parametrize("who", ["carla", None])
def test_no_text_after_an_address_does_any_harm(site, browser, who):
    client, harm = browser(who), {}
    for number, (_, rule) in enumerate(rules(site.app, "GET")):
        path = rule.replace("<", "").replace(">", "")
        for text in some_texts(number):
            answer = client.get(path, query_string=dict.fromkeys(ASKED, text), buffered=True)
            if found := list(harm_done(answer)):
                harm[path, text[:30]] = found
    assert harm == {}


def test_no_text_in_an_address_does_any_harm(site, browser):
    client, harm = browser("carla"), {}
    from urllib.parse import quote

    for number, (_, rule) in enumerate(rules(site.app, "GET")):
        if "<" not in rule:
            continue
        start, _, rest = rule.partition("<")
        for text in some_texts(number):
            answer = client.get(start + quote(text, safe="") + rest.partition(">")[2], buffered=True)
            if found := list(harm_done(answer)):
                harm[rule, text[:30]] = found
    assert harm == {}


def test_what_is_said_in_a_conversation_comes_back_as_text(site, browser):
    client, harm = browser("carla"), {}
    for number, text in enumerate(TEXTS[: 8 if EXAMPLES < 10 else None]):
        form = {"csrf_token": site.form_tokens["carla"], "text": text, "message": f"M-said-{number}"}
        for answer in (client.post("/ask", data=form), client.get("/"), client.get("/?all=1")):
            if found := list(harm_done(answer)):
                harm[text] = found
    assert harm == {}


def test_the_reader_of_pages_knows_harm_when_it_sees_it(site):
    class Page:
        status_code, mimetype, headers = 500, "text/html", [("Set-Cookie", "zqx=1")]

        def get_data(self, *, as_text):
            return '<zqx><a href=" javascript:x">Traceback</a><b onclick="x">'

    assert list(harm_done(Page())) == [
        "500",
        "shows Traceback",
        "sets a cookie",
        "zqx",
        "a href= javascript:x",
        "b onclick",
    ]
