import pytest

from assistant.domain.errors import InvalidInput
from assistant.licensing.catalogue import parse_catalogue, read_catalogue

FAULTY = """
[[band_cards]]
since = 2026-01-01
bands = [{minimum = 2}]
[[products]]
code = "A"
name = "A"
kind = "Gadget"
family = "WF"
[[products]]
code = "B"
name = "B"
kind = "Suite"
family = "wf"
[[plans]]
id = "p"
name = "P"
product = "none"
initial_months = 99
[[plans]]
id = "q"
name = "Q"
product = "B"
initial_months = 2
service = "p"
"""


def test_the_default_catalogue_holds_the_plans_of_the_contract():
    names = {plan.name for plan in read_catalogue().plans.values()}

    assert names >= {
        "WF Services Monthly Rolling",
        "WF Services Annual",
        "Email Security Standard",
        "Hosted Email Security",
        "Cloud App Security",
        "WFBS Advanced",
        "WF Services Advanced",
        "WF Services XDR",
    }


def test_all_faults_of_a_catalogue_stand_in_one_report():
    with pytest.raises(InvalidInput) as caught:
        parse_catalogue(FAULTY)

    for part in ("start at 1", "products[0].kind", "plans[0].initial_months", "product B", "plan q"):
        assert part in caught.value.message


def test_a_file_that_is_no_toml_or_not_there_is_refused(tmp_path):
    for attempt in (lambda: parse_catalogue("= ="), lambda: read_catalogue(tmp_path / "none.toml")):
        with pytest.raises(InvalidInput):
            attempt()
