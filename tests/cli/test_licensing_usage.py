"""Usage and reports at the command line, on each kind of database."""

import csv
import json

import pytest

WORLD = """
clock: 2026-04-02T10:00:00Z
partners:
  Northwind:
    time_zone: Europe/Berlin
    customers:
      "=SUM(A1)": {subscriptions: [{plan: WF Services Monthly Rolling, seats: 25, start: 2026-01-10, used: 20}]}
      Bäckerei: {subscriptions: [{plan: Cloud App Security, seats: 1200, start: 2026-01-10}]}
"""


@pytest.fixture
def loaded(each_database, assistant, tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_DATABASE_URL", each_database.render_as_string(hide_password=False))
    world = tmp_path / "world.yaml"
    world.write_text(WORLD, encoding="utf-8")
    assert assistant("world", "load", world).status == 0
    return assistant


def test_a_report_is_told_line_by_line(loaded):
    ran = loaded("licensing", "report", "Northwind", "2026-03")

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Northwind, 2026-03: preparing, goes in by itself 2026-04-10 22:00 UTC",
        "  =SUM(A1): Worry-Free Services: 25 provisioned, 20 used, 25 charged (needs a comment)",
        "  Bäckerei: Cloud App Security: 1,200 provisioned, no usage data, 1,200 charged",
        "Total 1,225, band 1001+",
    ]


def test_a_csv_report_runs_no_formula(loaded):
    ran = loaded("licensing", "report", "Northwind", "2026-03", "--csv")

    rows = list(csv.DictReader(ran.out.splitlines()))
    assert [row["Customer"] for row in rows] == ["'=SUM(A1)", "Bäckerei"]
    assert [(row["Provisioned"], row["Used"], row["Chargeable"]) for row in rows] == [
        ("25", "20", "25"),
        ("1200", "", "1200"),
    ]


def test_a_json_report_is_the_one_of_the_interface(loaded):
    told = json.loads(loaded("licensing", "report", "Northwind", "2026-03", "--json").out)

    assert (told["type"], told["month"], told["total"], told["band"]) == (
        "report_view",
        "2026-03",
        1225,
        "1001+",
    )
    assert [line["name"] for line in told["lines"]] == ["Worry-Free Services", "Cloud App Security"]


def test_a_sample_shows_in_the_report(loaded):
    ran = loaded("licensing", "usage", "Northwind", "bäckerei", "Cloud App Security", 1100)

    assert (ran.status, ran.out) == (0, "1,100 seats in use at 2026-04-02T10:00:00Z.\n")
    assert "1,100 used" in loaded("licensing", "report", "Northwind", "2026-04").out


def test_at_its_deadline_a_report_goes_in_with_the_other_due_work(loaded):
    loaded("clock", "set", "2026-04-11T00:00:00Z")

    first, second = loaded("licensing", "due"), loaded("licensing", "due")

    assert "3 reports" in first.out
    assert second.out == "Nothing was due.\n"
    report = loaded("licensing", "report", "Northwind", "2026-03").out
    assert report.startswith("Northwind, 2026-03: under review, submitted 2026-04-10\n")
    assert "(not explained)" in report
    assert loaded("licensing", "verify-audit").status == 0


def test_bands_are_told_for_entered_numbers(loaded):
    assert loaded("licensing", "bands", "300", "-60").out.splitlines() == [
        "300 seats: band 251-500",
        "240 seats: band 101-250, 140 fewer reach the next one down, 11 more the next one up",
    ]
    assert json.loads(loaded("licensing", "bands", "1001", "--json").out)["band_after"] == "1001+"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report", "Nobody", "2026-03"), "partner: must be one of Northwind"),
        (("report", "Northwind", "2026-13"), "month: must be a month such as 2026-03"),
        (("report", "Northwind", "2026-03", "--csv", "--json"), "Choose --csv or --json."),
        (
            ("usage", "Northwind", "Nobody", "Cloud App Security", "1"),
            "customer: must be a customer of Northwind",
        ),
        (
            ("usage", "Northwind", "Bäckerei", "XDR", "1"),
            "plan: must be a plan that Bäckerei has: Cloud App Security",
        ),
        (("usage", "Northwind", "Bäckerei", "Cloud App Security", "1000000"), "seats: must be 0 to 999999"),
        (("bands", "5", "-6"), "change: must leave 0 to 99999999 seats"),
        (("usage", "Northwind", "Bäckerei", "Cloud App Security", "many"), "not a valid integer"),
    ],
)
def test_bad_use_is_told_in_one_sentence(loaded, arguments, said):
    ran = loaded("licensing", *arguments)

    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err
