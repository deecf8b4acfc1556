"""The workflow of the documentation does what is said there: one file and its conversation, as they stand on the page."""

import re
from pathlib import Path
from types import ModuleType

import pytest

from assistant.bootstrap import open_application
from assistant.config import read_settings
from assistant.conversation.scripts import read_scripts
from assistant.scripting import run_script
from assistant.workflows import all_flows

HERE = Path(__file__).parent
PAGE = (HERE.parents[1] / "docs" / "workflows.md").read_text("utf-8")


def block(language):
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL).group(1)


@pytest.fixture
def application(tmp_path, monkeypatch):
    module = ModuleType("run_out")
    exec(block("python"), vars(module))
    monkeypatch.setattr("assistant.bootstrap.all_flows", lambda: (*all_flows(), module.FLOW))
    chosen = {"ASSISTANT_DATA_DIR": str(tmp_path), "ASSISTANT_MODE": "test", "ASSISTANT_SEMANTIC": "false"}
    made = open_application(read_settings(chosen))
    yield made
    made.database.close()


def test_the_example_needs_nothing_but_its_file(application):
    (script,) = read_scripts(block("yaml"))

    assert [failure.sentence() for failure in run_script(application, script, HERE).failures] == []


def test_every_workflow_has_its_row_on_the_page():
    rows = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))

    assert rows == {flow.id for flow in all_flows()}
