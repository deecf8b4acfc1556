"""Every route that writes refuses what another site could make a browser send."""

import pytest

from support.databases import rows_of

TRACES = {"attempts", "sessions", "sign_ins", "security_events", "security_head"}
FORM = {"text": "a", "message": "M-1", "flow": "trial"}


def writes(app, *, api):
    """The routes that write, by method and address; whatever stands in a place stands for nothing."""
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods - {"GET", "HEAD", "OPTIONS"}):
            if rule.rule.startswith("/api/") is api:
                yield (
                    method,
                    "/".join("X-0" if part.startswith("<") else part for part in rule.rule.split("/")),
                )


def stored(site):
    rows = rows_of(site.application.database)
    return {name: rows[name] for name in rows.keys() - TRACES}


def answers(site, who, *, api, **sent):
    """What became of one request to every route that writes."""
    return {path: site.call(who, method, path, **sent).status for method, path in writes(site.app, api=api)}


@pytest.mark.parametrize("kind", ["none", "empty", "junk", "foreign"])
def test_a_form_without_the_right_token_is_refused_wherever_it_is_sent(site, kind):
    token = {"none": None, "empty": "", "junk": "x" * 64, "foreign": site.form_tokens["carla"]}[kind]
    data = FORM if token is None else {**FORM, "csrf_token": token}
    before = stored(site)

    assert set(answers(site, "anna", api=False, data=data).values()) == {400}
    assert stored(site) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    ],
)
def test_a_form_of_another_site_is_refused_wherever_it_is_sent_even_with_the_token(site, headers):
    data = {**FORM, "csrf_token": site.form_tokens["anna"]}
    before = stored(site)

    assert set(answers(site, "anna", api=False, data=data, headers=headers).values()) == {403}
    assert stored(site) == before


def test_a_form_of_our_own_pages_passes_these_checks(site):
    data = {"csrf_token": site.form_tokens["anna"], "text": "hello", "message": "M-own"}

    assert site.call("anna", "POST", "/ask", data=data, headers={"Origin": "http://localhost"}).status == 303


def test_nothing_is_written_by_reading(site):
    before = stored(site)
    for rule in site.app.url_map.iter_rules():
        if rule.endpoint != "static" and not rule.arguments:
            site.call("anna", "GET", rule.rule, query_string=FORM)

    assert {name for name, rows in stored(site).items() if rows != before[name]} == set()


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", None]
)
def test_the_api_takes_no_body_that_a_form_could_send(site, kind):
    for method, path in writes(site.app, api=True):
        if method != "DELETE":
            assert site.call("carla", method, path, data="{}", content_type=kind).status == 415, path


def test_a_cookie_is_no_token_to_the_api(site):
    client = site.app.test_client()
    client.set_cookie("session", site.tokens["anna"])
    before = stored(site)
    for method, path in writes(site.app, api=True):
        client.open(path, method=method, json={}, headers={"Origin": "https://evil.example"})
    opened = {"conversations"}  # anybody may open one of nobody's

    assert {name for name, rows in stored(site).items() if rows != before[name]} <= opened
