"""Every route, asked with the ids of another partner and with ids of nothing: one answer, and the same work for it."""

import itertools
import json

import pytest

from assistant.ports.wire.principals import principal_json
from support.tenancy import MARK, MISSING, STRANGERS

PLACES = {
    "customer_id": "customer", "conversation_id": "conversation", "task_id": "task", "reference": "reference",
    "key": "key", "batch_id": "batch", "case_id": "hand_off", "session_id": "session", "user_id": "user",
    "token_id": "access_token",
}  # fmt: skip
"""What stands in a place of an address: a kind of thing that belongs to somebody."""

OPEN = {
    "entry_id": "trials", "filename": "app.css", "month": "2026-03", "flow": "seats", "ending": "csv", "token": "x" * 43,
}  # fmt: skip
"""Places for what belongs to nobody, each with a value."""

BODIES = {
    "POST /api/v1/conversations/<conversation_id>/messages": {"id": "m-9", "text": "hello"},
    "POST /api/v1/licensing/withdraw": {"key": "@key"},
    "POST /api/v1/licensing/look-up": {"type": "customer_by_id", "customer_id": "@customer"},
    "POST /api/v1/licensing/preview": {
        "type": "seats", "customer_id": "@customer", "subscription_id": "@subscription", "seats": 3,
    },
}  # fmt: skip
FORMS = {
    "POST /account/sessions": {"session": "@session"},
    "POST /account/tokens/revoke": {"token": "@access_token"},
    "POST /ask": {"text": "hello", "conversation": "@conversation", "message": "m-9"},
    "POST /tasks": {"flow": "seats", "conversation": "@conversation", "message": "m-8"},
}


_keys = itertools.count(1)


def routes(app):
    return sorted(
        (method, rule.rule, tuple(sorted(rule.arguments)))
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    )


def filled(value, ids):
    if isinstance(value, dict):
        return {name: filled(item, ids) for name, item in value.items()}
    return ids[value[1:]] if isinstance(value, str) and value.startswith("@") else value


def nothing():
    """Ids of nothing; a key is a new one each time, since withdrawing one takes it."""
    return {**MISSING, "key": f"{next(_keys):064x}"}


def address(rule, arguments, ids):
    for name in arguments:
        value = OPEN[name] if name in OPEN else ids[PLACES[name]]
        rule = rule.replace(f"<path:{name}>", value).replace(f"<{name}>", value)
    return rule


def ask(site, who, route, ids, *, disguise=False):
    """Send a route everything it may want, with these ids."""
    method, rule, arguments = route
    path, options = address(rule, arguments, ids), {}
    name = f"{method} {rule}"
    if disguise:
        options["headers"] = disguised(site)
        options["query_string"] = dict.fromkeys(("partner_id", "partner", "tenant"), site.marked["partner"])
    if method != "GET" and rule.startswith("/api/"):
        options["json"] = filled(BODIES.get(name, {}), ids)
    elif method != "GET":
        token = site.form_tokens.get(who, "")
        options["data"] = {"csrf_token": token, **filled(FORMS.get(name, {}), ids)}
    return site.call(who, method, path, **options)


def disguised(site):
    anna = json.dumps(principal_json(site.users["anna"]))
    return {"Assistant-On-Behalf-Of": anna, "X-Forwarded-User": "anna", **dict.fromkeys(
        ("X-Tenant", "X-Tenant-Id", "X-Partner", "X-Partner-Id", "X-Organization"), site.marked["partner"]
    )}  # fmt: skip


def test_every_place_of_every_address_is_known_here(site):
    assert {a for _, _, arguments in routes(site.app) for a in arguments} <= PLACES.keys() | OPEN.keys()


# disguises are for those who have most to gain: another partner's administrator and a visitor
EVERYBODY = [*((who, False) for who in STRANGERS), ("carla", True), (None, True)]


@pytest.mark.parametrize(("who", "disguise"), EVERYBODY)
def test_what_is_another_partners_answers_like_what_is_not_there(site, who, disguise):
    ids = {**MISSING, **site.marked}
    differing = {}
    for route in routes(site.app):
        name = f"{route[0]} {route[1]}"
        if who == "root" and "user_id" in route[2]:
            # looks after everybody's accounts
            continue
        if not (set(route[2]) & PLACES.keys() or name in BODIES or name in FORMS):
            continue
        # the use of a session is written down now and then, which is a statement more: then it is asked again
        for _ in range(2):
            missing, foreign = (ask(site, who, route, given, disguise=disguise) for given in (nothing(), ids))
            assert MARK not in missing.body + foreign.body, name
            if missing == foreign:
                break
        else:
            differing[name] = missing, foreign
    assert differing == {}


@pytest.mark.parametrize(("who", "disguise"), EVERYBODY)
def test_no_page_or_list_shows_anything_of_another_partner(site, who, disguise):
    for route in routes(site.app):
        administers = who == "root" and route[1] == "/users"
        if route[0] == "GET" and not set(route[2]) & PLACES.keys() and not administers:
            assert MARK not in ask(site, who, route, MISSING, disguise=disguise).body, route


def test_the_owner_is_shown_it_all(site):
    ids = {**MISSING, **site.marked}
    shown = {
        f"{r[0]} {r[1]}" for r in routes(site.app) if r[0] == "GET" and MARK in ask(site, "anna", r, ids).body
    }
    assert shown >= {
        "GET /customers", "GET /customers/<customer_id>", "GET /history", "GET /receipts/<reference>", "GET /tasks",
        "GET /tasks/<task_id>", "GET /api/v1/customers", "GET /api/v1/customers/<customer_id>", "GET /api/v1/history",
        "GET /cases", "GET /cases/<case_id>", "GET /api/v1/conversations/<conversation_id>", "GET /api/v1/tasks/<task_id>", "GET /api/v1/usage/<month>",
    }  # fmt: skip


def test_what_one_partner_says_reaches_no_other(site):
    secret = f"{MARK} purple elephants of Lucerne"
    api = "/api/v1"
    opened = json.loads(site.call("anna", "POST", f"{api}/conversations", json={}).body)["id"]
    site.call(
        "anna",
        "POST",
        f"{api}/conversations/{opened}/messages",
        json={"id": "m-1", "text": f"What do {secret} cost?"},
    )
    site.call("anna", "GET", f"{api}/answers", query_string={"q": f"How many {secret} are there?"})

    for who in ("carla", "rita", "sal", None):
        for path, query in (
            (f"{api}/suggestions", "purple eleph"), ("/suggestions", "purple eleph"), (f"{api}/answers", "what do purple elephants cost?"),
            ("/customers", "purple"), ("/", ""), (f"{api}/metrics", ""), ("/metrics", ""),
        ):  # fmt: skip
            assert MARK not in site.call(who, "GET", path, query_string={"q": query}).body, (who, path)
