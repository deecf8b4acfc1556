"""What-ifs over the pages and the API, with the real rules behind the door."""

import re
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from assistant.conversation.wording import read_wording
from support.conversation import Desk
from support.web import ApiClient, FakeApplication, Visitor, settings
from web.api.openapi import document
from web.api.routes import ROUTES


@pytest.fixture(scope="module")
def application(tmp_path_factory):
    folder = tmp_path_factory.mktemp("what-if")
    desk = Desk(folder / "desk.sqlite3")
    made = FakeApplication(settings(folder))
    made.licensing = desk.backend.licensing
    made.conversations, made.what_ifs = desk.service, desk.what_ifs
    homes = {"anna": "Northwind", "ben": "Northwind", "mia": "Southridge"}
    for name, partner in homes.items():
        made.access.users[name] = replace(made.access.users[name], partner_id=desk.backend.loaded[partner].id)
    made.contoso = desk.backend.customer("Contoso")
    yield made
    desk.close()


@pytest.fixture
def visitor(application):
    return Visitor(application)


@pytest.fixture
def api(application):
    return ApiClient(application)


def test_the_form_is_a_page_of_its_own_for_anybody(visitor):
    page = visitor.get("/what-if")

    assert page.status_code == 200
    assert 'method="get"' in page.text
    assert "WF Services XDR" in page.text


def test_a_filled_in_form_is_answered_in_place_and_keeps_what_was_typed(visitor):
    page = visitor.get("/what-if?op=crossgrade&seats=25&to=wf-services-xdr&plan=&day=2026-03-20").text

    assert read_wording().say("prompt.what_if") in page
    assert "moves with its activation code as it is" in page
    assert 'value="25"' in page
    assert "DEMO" not in page


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("op=seats", "seats_after"),
        ("op=cancel&seats=many", "seats"),
        ("op=cancel&seats=99999999999", "seats"),
        ("op=cancel&day=soon", "day"),
        ("op=sell", "op"),
        ("op=crossgrade&to=nothing", "to"),
        ("op=cancel&customer_id=C-none", "customer_id"),
    ],
)
def test_what_is_wrong_in_the_form_is_said_at_its_field(visitor, query, field):
    page = visitor.get(f"/what-if?{query}")

    assert page.status_code == 422
    assert f'href="#{field}"' in page.text


def test_the_page_stays_shut_for_the_figures_of_somebody_else(visitor, application):
    address = f"/what-if?op=cancel&customer_id={application.contoso}"
    visitor.sign_in("anna")
    own = visitor.get(address)
    other = Visitor(application)
    other.sign_in("mia")
    foreign, unknown = other.get(address), other.get("/what-if?op=cancel&customer_id=C-none")

    assert "Contoso" in own.text
    assert foreign.status_code == unknown.status_code == 422
    assert "Contoso" not in foreign.text
    texts = [
        re.sub(r"customer_id=[^\"&]*|C-none|M-\d+|nonce-[^\"]*|value=\"[^\"]*\"", "", p.text)
        for p in (foreign, unknown)
    ]
    assert texts[0].replace(application.contoso, "") == texts[1]


def test_the_api_reckons_for_anybody_and_answers_in_the_form_it_states(api):
    answer = api.post("/what-if", {"op": "seats", "seats": 25, "change": 5, "total": 249})
    described = document(ROUTES, "/api/v1")

    assert answer.status_code == 200
    Draft202012Validator(described["components"]["schemas"]["WhatIf"]).validate(answer.json)
    assert answer.json["values"]["band_after"] == "251-500"
    assert set(answer.json) == set(described["components"]["schemas"]["WhatIf"]["properties"])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "op"),
        ({"op": "seats", "seats": "5"}, "seats"),
        ({"op": "seats", "seats": 5, "price": 3}, "price"),
        ({"op": "cancel", "day": "2026-13-01"}, "day"),
        ({"op": "cancel", "seats": True}, "seats"),
    ],
)
def test_a_what_if_that_is_none_names_its_field(api, body, field):
    answer = api.post("/what-if", body)

    assert (answer.status_code, answer.json["field"]) == (422, field)


def test_the_figures_of_a_customer_are_for_its_partner(api, application):
    body = {"op": "cancel", "customer_id": application.contoso}

    assert api.post("/what-if", body).status_code == 404
    assert api.sign_in("ben").post("/what-if", body).json["values"]["seats_before"] == 25
    assert api.sign_in("mia").post("/what-if", body).status_code == 404
    assert api.sign_in("sal").post("/what-if", body).status_code == 404


def test_a_what_if_in_the_conversation_is_shown_by_the_page(visitor):
    visitor.say("what if I move 25 seats from WF Services to XDR?")

    assert "What would follow" in visitor.get("/").text
