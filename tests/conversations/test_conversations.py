"""The project's own conversation scripts, each run on a throw-away copy, and the command that runs them."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.cli.conversation_report import told
from assistant.conversation.scripts import read_scripts
from assistant.persistence.database import Database
from assistant.scripting import run_script
from assistant.workflows import all_flows

HERE = Path(__file__).parent
FILES = sorted(set(HERE.glob("*.yaml")) - {HERE / "world.yaml"})
SCRIPTS = [script for file in FILES for script in read_scripts(file.read_text("utf-8"))]


def rows(settings):
    database = Database(settings.database_url)
    with database.reading() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        counted = {
            name: connection.exec_driver_sql(f'SELECT * FROM "{name}"').all() for name in sorted(names)
        }
    database.close()
    return counted


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.id)
def test_a_conversation_goes_as_its_script_says(stage, script):
    result = stage.run(script, HERE)

    assert not result.failures, "\n".join(told(HERE, result))


@pytest.mark.parametrize("flow", all_flows(), ids=lambda flow: flow.id)
def test_every_entry_that_a_workflow_names_is_in_the_default_knowledge(application, flow):
    assert all(application.knowledge.entry(entry).entry.text for entry in (*flow.entries, flow.who))


def test_every_workflow_is_committed_by_a_script():
    scripts = "\n".join(file.read_text("utf-8") for file in FILES)

    # a batch is written under the workflows of its changes, and tested by itself
    declared = {flow.id for flow in all_flows() if not flow.batched}
    assert declared - set(re.findall(r"task: (\w+)/done", scripts)) == set()


def test_every_script_has_its_own_id():
    assert len({script.id for script in SCRIPTS}) == len(SCRIPTS) >= 12


def test_converse_exits_with_0_when_all_hold_and_leaves_the_database_as_it_was(
    application, settings, converse
):
    before = rows(settings)

    status, out, _ = converse(HERE / "roles.yaml")

    assert status == 0
    assert "5 passed, 0 failed" in out
    assert rows(settings) == before


def test_converse_names_turn_and_check_of_a_wrong_expectation(application, converse, tmp_path):
    (tmp_path / "world.yaml").write_text((HERE / "world.yaml").read_text("utf-8"), "utf-8")
    wrong = (
        (HERE / "trials.yaml")
        .read_text("utf-8")
        .split("---")[0]
        .replace("seats: 6}\n    has", "seats: 7}\n    has", 1)
    )
    (tmp_path / "wrong.yaml").write_text(wrong, "utf-8")

    status, out, _ = converse(tmp_path / "wrong.yaml")
    again, printed, _ = converse("--json", tmp_path / "wrong.yaml")

    assert status == again == 1
    assert "FAIL  trial-whole" in out
    assert "turn 1" in out
    assert "preview" in out
    (result,) = json.loads(printed)
    assert [(f["turn"], f["check"]) for f in result["failures"]] == [(1, "preview")]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("id: x\nturns: [{u: hi, hass: [a]}]", "x.turns[1].hass"),
        ("id: x\nturns: [{do: {explode: now}}]", "x.turns[1].do"),
        ("id: x\nas: nobody\nturns: [{u: hi}]", "as"),
        ("id: x\nworld: none.yaml\nturns: [{u: hi}]", "world"),
        ("id: x\nturns: [{do: {fault: gravity}}]", "fault"),
        ("id: x\nturns: [{do: {advance: soon}}]", "2d"),
        ("id: x\nturns: [{do: {redeliver: last}}]", "redeliver"),
        ("id: x\nturns: [{do: {backend: 5}}]", "backend"),
        (
            "id: x\nas: anna\nworld: world.yaml\nturns: [{do: {backend: {op: seats, customer: X, seats: 1}}}]",
            "X",
        ),
        (
            "id: x\nas: anna\nworld: world.yaml\nturns: [{do: {backend: {op: seats, customer: Bellows, seats: 1}}}]",
            "no subscription",
        ),
        (
            "id: x\nas: anna\nworld: world.yaml\nturns: [{do: {backend: {op: seats, customer: Adatum, seats: 0}}}]",
            "seats_invalid",
        ),
        ("id: x\nturns: [{u: hi, any_of: [{hass: a}]}]", "x.turns[1].any_of[1].hass"),
        ("id: x\nturns: [{u: hi, any_of: nothing}]", "x.turns[1].any_of"),
        ("id: x\nturns: [{u: hi, slots: Bellows}]", "x.turns[1].slots"),
        ("id: x\nturns: [{u: hi, has: {a: b}}]", "x.turns[1].has"),
        ("id: x\nturns: [{u: hi, do: {restart: true}}]", "either u or do"),
        ("id: x\nturns: []", "x.turns"),
        ("id: x\ncolour: red\nturns: [{u: hi}]", "x.colour"),
        ("- a list", "mapping"),
        ("id: x\nturns: [{u: GOOD}]", "as"),
        ("id: [", "YAML"),
        ("", "no conversation"),
    ],
)
def test_a_faulty_script_is_refused_in_one_sentence(application, converse, tmp_path, content, named):
    (tmp_path / "faulty.yaml").write_text(content, "utf-8")
    (tmp_path / "world.yaml").write_text((HERE / "world.yaml").read_text("utf-8"), "utf-8")

    status, _, err = converse(tmp_path / "faulty.yaml")

    assert status == 2
    assert named in err
    assert len(err.strip().splitlines()) == 1


def test_a_file_that_is_not_there_is_bad_use(application, converse, tmp_path):
    status, _, err = converse(tmp_path / "none.yaml")

    assert status == 2
    assert "cannot be read" in err


def test_scripts_do_not_meet(application):
    script = next(script for script in SCRIPTS if script.id == "trial-whole")

    results = [run_script(application, replace(script, id=f"run-{n}"), HERE) for n in range(2)]

    assert [result.failures for result in results] == [(), ()]
