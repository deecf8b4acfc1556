"""The list of gaps on the command line."""

import json

import pytest
from click.testing import CliRunner

from assistant.cli.context import application
from assistant.cli.knowledge import knowledge


@pytest.fixture
def listed(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path))
    application.cache_clear()

    def invoke(*options):
        return CliRunner().invoke(knowledge, ["gaps", *options], standalone_mode=False).output

    yield invoke
    application().database.close()
    application.cache_clear()


def test_without_gaps_the_list_says_so(listed):
    assert listed() == "Every question was answered.\n"
    assert json.loads(listed("--json")) == []


def test_gaps_are_listed_by_meaning_with_what_was_missing(listed):
    for question in ("Where do elephants sleep?", "sleeping elephants", "Where do giraffes swim?"):
        application().knowledge.ask(question, asker="anna")
    shown = json.loads(listed("--json"))
    assert [(c["id"], c["count"], c["askers"], len(c["gaps"])) for c in shown] == [
        ("Q-0001", 2, 1, 2),
        ("Q-0003", 1, 1, 1),
    ]
    text = listed()
    assert "Q-0001  asked 2 times by 1" in text
    assert "also     Q-0002  sleeping elephants" in text
    assert "elephants" in text.split("missing")[1]


def test_listing_gaps_adds_none(listed):
    application().knowledge.ask("Where do elephants sleep?")
    assert listed("--json") == listed("--json")


def test_the_first_twenty_are_listed_unless_all_are_asked_for(listed):
    beasts = (
        "aardvark badger camel dingo emu ferret gnu heron ibis jackal koala lemur moose newt otter puma quail"
    )
    for beast in f"{beasts} raven stoat tapir urchin vole".split():
        application().knowledge.ask(f"Where is the {beast}?")
    assert len(json.loads(listed("--json"))) == 20
    assert len(json.loads(listed("--json", "--all"))) == len(application().desk.gaps()) > 20
