"""What the API returns has the form that its description states."""

import pytest
from jsonschema import Draft202012Validator

from support.web import POINTING


def form(api, name):
    schemas = api.get("/openapi.json").json["components"]
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": schemas})


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/answers?q=plan", "Answer"),
        ("/answers?q=colour", "Answer"),
        ("/entries/can-the-service-plan-be-canceled", "Entry"),
    ],
)
def test_answers_and_entries_have_the_form_described(api, path, name):
    assert list(form(api, name).iter_errors(api.get(path).json)) == []


def test_an_entry_that_points_at_a_passage_has_the_form_described(api):
    assert list(form(api, "Entry").iter_errors(POINTING)) == []


def test_a_passage_without_its_place_has_not(api):
    (passage,) = POINTING["passages"]
    without = {name: value for name, value in passage.items() if name != "start"}

    assert not form(api, "Passage").is_valid(without)
    assert form(api, "Passage").is_valid(passage)
