"""The workflow of the documentation does what is said there: one file and its conversation, as they stand on the page."""

import re
import sys
from pathlib import Path

import pytest

from assistant import workflows
from assistant.bootstrap import open_application
from assistant.config import read_settings
from assistant.conversation.scripts import read_scripts
from assistant.scripting import run_script

HERE = Path(__file__).parent
PAGE = (HERE.parents[1] / "docs" / "workflows.md").read_text("utf-8")


def block(language):
    return re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL).group(1)


@pytest.fixture
def application(tmp_path):
    (tmp_path / "run_out.py").write_text(block("python"), "utf-8")
    workflows.__path__.append(str(tmp_path))
    chosen = {"ASSISTANT_DATA_DIR": str(tmp_path), "ASSISTANT_MODE": "test", "ASSISTANT_SEMANTIC": "false"}
    made = open_application(read_settings(chosen))
    yield made
    made.database.close()
    workflows.__path__.remove(str(tmp_path))
    sys.modules.pop("assistant.workflows.run_out")


def test_the_example_needs_nothing_but_its_file(application):
    (script,) = read_scripts(block("yaml"))

    assert [failure.sentence() for failure in run_script(application, script, HERE).failures] == []


def test_every_workflow_has_its_row_on_the_page():
    rows = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))

    assert rows == {flow.id for flow in workflows.all_flows()}
