"""The commands over a data directory of their own, through the settings as a user gives them."""

import json

import pytest
from click.testing import CliRunner

from assistant.cli.ask import ask
from assistant.cli.context import application
from assistant.cli.knowledge import knowledge
from assistant.domain.errors import InvalidInput
from support.knowledge import FAQ


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path))
    application.cache_clear()

    def invoke(command, *arguments):
        result = CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)
        if result.exception:
            raise result.exception
        return result

    yield invoke
    application().database.close()
    application.cache_clear()


@pytest.fixture
def faq(tmp_path):
    path = tmp_path / "handbook.md"
    path.write_text(FAQ, encoding="utf-8")
    return path


def test_an_answer_is_printed_with_its_source_and_age(run):
    result = run(ask, "How many seats may a trial have?")
    assert result.return_value == 0
    assert "at most 10 seats" in result.output
    assert "Source: MSP FAQ restated, May 2020, “Are Trail Versions available?”" in result.output
    assert "more than two years old" in result.output


def test_no_answer_is_said_with_what_was_missing_and_exits_with_one(run):
    result = run(ask, "Where do elephants sleep?")
    assert result.return_value == 1
    assert "does not answer" in result.output
    assert "Q-0001" in result.output
    assert json.loads(run(ask, "Where do elephants sleep?", "--json").output)["abstain"] == "not_in_policy"


def test_an_import_tells_what_happened_and_can_be_published_at_once(run, faq):
    told = json.loads(run(knowledge, "import", faq, "--publish", "--replace", "--json").output)
    assert len(told["new"]) == 7
    assert len(told["retired"]) == 27
    assert (told["changed"], told["same"], told["left_out"], told["warnings"]) == ([], [], [], [])
    assert len(json.loads(run(knowledge, "list", "--json").output)) == 7
    assert "max. 10 seats" in run(ask, "Are trial versions available?").output


def test_a_document_of_another_name_and_date_is_imported_as_told(run, faq):
    run(knowledge, "import", faq, "--document", "Other", "--date", "2021-01", "--publish")
    shown = json.loads(run(knowledge, "show", "can-a-contract-be-cancelled", "--json").output)
    assert (shown["source"]["document"], shown["source"]["date"]) == ("Other", "2021-01")
    assert [v["version"] for v in shown["versions"]] == [1]


def test_publish_rollback_diff_and_list_agree(run, faq):
    run(knowledge, "import", faq)
    assert json.loads(run(knowledge, "diff", "1", "desk", "--json").output)["added"]
    assert json.loads(run(knowledge, "publish", "--json").output)["number"] == 2
    assert "can-a-contract-be-cancelled" in run(knowledge, "list").output
    assert json.loads(run(knowledge, "rollback", "--json").output)["number"] == 3
    assert "can-a-contract-be-cancelled" not in run(knowledge, "list").output


def test_what_is_exported_can_be_linted_and_imported(run, tmp_path):
    run(knowledge, "export", tmp_path / "out")
    files = sorted((tmp_path / "out").iterdir())
    rules = json.loads(run(knowledge, "list", "--rules", "--json").output)
    assert [f.name for f in files] == ["default-knowledge.md", "platform-settings.md"]
    assert [run(knowledge, "lint", file).return_value for file in files] == [0, 0]
    assert len(json.loads(run(knowledge, "import", *files, "--json").output)["same"]) == 27 + len(rules)


def test_evaluation_runs_on_what_is_published_and_on_a_file(run, tmp_path):
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"query": "blue whale", "expect": ["w"], "kind": "k"}\n', encoding="utf-8")
    entries = tmp_path / "e.jsonl"
    entries.write_text('{"id": "w", "question": "blue whale", "answer": ""}\n', encoding="utf-8")
    assert json.loads(run(knowledge, "eval", questions, "--json").output)["answered"] == 0
    assert json.loads(run(knowledge, "eval", questions, "--entries", entries, "--json").output)["hit1"] == 1.0


def test_a_file_of_another_type_is_refused(run, tmp_path):
    path = tmp_path / "faq.pdf"
    path.write_bytes(b"%PDF")
    with pytest.raises(InvalidInput, match="accepted are"):
        run(knowledge, "import", path)
    assert len(json.loads(run(knowledge, "list", "--json").output)) == 27
