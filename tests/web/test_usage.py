"""Usage reports over HTTP, with the real backend behind the door."""

import csv
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator

from assistant.domain.principals import Role
from assistant.licensing.usage_desk import UsageDesk
from support.licensing import Backend
from web.api.openapi import document
from web.api.routes import ROUTES

WORLD = """
partners:
  Northwind:
    customers:
      "@Bäckerei": {subscriptions: [{plan: WF Services Monthly Rolling, seats: 25, start: 2025-04-01, used: 20}]}
      Lucerne: {}
  Southridge:
    customers:
      Woodgrove: {subscriptions: [{plan: Cloud App Security, seats: 55, start: 2025-02-01}]}
"""


@pytest.fixture
def backend(tmp_path):
    made = Backend(tmp_path / "usage.sqlite3", WORLD)
    yield made
    made.database.close()


@pytest.fixture
def caller(api, application, backend):
    """The API on that backend: Anna, Ben (who reads) and Mia (of the other partner) have their partners there."""
    application.licensing = backend.licensing
    homes = {"anna": "Northwind", "ben": "Northwind", "mia": "Southridge"}
    for name, partner in homes.items():
        user = application.access.users[name]
        application.access.users[name] = replace(user, partner_id=backend.loaded[partner].id)
    return api


@pytest.mark.parametrize("who", ["anna", "ben"])
def test_a_partner_reads_its_month(caller, who):
    answer = caller.sign_in(who).get("/usage/2026-03")

    assert answer.status_code == 200
    assert (answer.json["partner"], answer.json["state"], answer.json["total"]) == (
        "Northwind",
        "preparing",
        25,
    )
    (line,) = answer.json["lines"]
    assert (line["provisioned"], line["used"], line["needs_comment"]) == (25, 20, True)


def test_a_report_has_the_form_that_the_description_states(caller):
    described = document(ROUTES, "/api/v1")
    form = {"$ref": "#/components/schemas/UsageReport", "components": described["components"]}
    report = caller.sign_in().get("/usage/2026-03").json

    Draft202012Validator(form).validate(report)
    properties = described["components"]["schemas"]["UsageReport"]["properties"]
    assert set(properties) == set(report)
    assert set(described["components"]["schemas"]["UsageLine"]["properties"]) == set(report["lines"][0])


def test_each_partner_reads_its_own(caller):
    customers = [line["customer"] for line in caller.sign_in("mia").get("/usage/2026-03").json["lines"]]

    assert customers == ["Woodgrove"]


def test_a_month_comes_as_csv_that_runs_no_formula(caller):
    answer = caller.sign_in().get("/usage/2026-03?format=csv")

    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="usage-2026-03.csv"'
    (row,) = csv.DictReader(answer.text.splitlines())
    assert (row["Customer"], row["Chargeable"]) == ("'@Bäckerei", "25")


def test_a_month_without_seats_is_empty(caller):
    answer = caller.sign_in().get("/usage/2019-01")

    assert (answer.status_code, answer.json["lines"], answer.json["total"]) == (200, [], 0)


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/usage/2026-13", "month"),
        ("/usage/march", "month"),
        ("/usage/2026-03?format=pdf", "format"),
        ("/usage/2026-03?partner=P-1", "partner"),
    ],
)
def test_what_is_wrong_is_named(caller, path, field):
    answer = caller.sign_in().get(path)

    assert (answer.status_code, answer.json["field"]) == (422, field)


@pytest.mark.parametrize("who", ["sal", "root"])
def test_who_has_no_partner_finds_nothing(caller, who):
    assert caller.sign_in(who).get("/usage/2026-03").status_code == 404


@pytest.fixture
def anybody(api, application, backend):
    """The API, signed out, with what it takes to tell bands."""
    application.usage = UsageDesk(backend.storage, backend.catalogues, backend.clock)
    return api


def test_anybody_asks_for_bands(anybody):
    answer = anybody.get("/bands?seats=300&change=25")
    schemas = document(ROUTES, "/api/v1")["components"]["schemas"]

    Draft202012Validator(schemas["Bands"]).validate(answer.json)
    assert set(schemas["Bands"]["properties"]) == set(answer.json)
    assert (answer.json["band_before"], answer.json["band_after"]) == ("251-500", "251-500")
    assert (answer.json["to_lower"], answer.json["to_higher"]) == (75, 176)
    assert anybody.get("/bands?seats=300&change=-50").json["band_after"] == "101-250"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "seats"),
        ("?seats=", "seats"),
        ("?seats=1.5", "seats"),
        ("?seats=9999999999", "seats"),
        ("?seats=-1", "seats"),
        ("?seats=5&change=-6", "change"),
        ("?seats=5&change=ten", "change"),
        ("?seats=5&partner=P-1", "partner"),
    ],
)
def test_a_what_if_that_is_none_names_its_field(anybody, query, field):
    answer = anybody.get(f"/bands{query}")

    assert (answer.status_code, answer.json["field"]) == (422, field)


def test_the_desk_reads_a_partners_month_by_a_lookup(caller, application, backend):
    application.access.users["sal"] = replace(application.access.users["sal"], role=Role.OPERATOR)
    lookup = {"type": "month_usage", "month": "2026-03", "partner_id": backend.loaded["Southridge"].id}

    answer = caller.sign_in("sal").post("/licensing/look-up", lookup)

    assert answer.json["result"]["partner"] == "Southridge"
