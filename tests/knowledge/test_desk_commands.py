"""The commands for checking, comparing and answering sheets, over a data directory of their own."""

import json

import pytest
from click.testing import CliRunner

from assistant.cli.context import application
from assistant.cli.knowledge import knowledge
from assistant.domain.errors import InvalidInput
from support.linting import CLEAN, page
from support.questionnaires import csv_rows, opened, workbook

ASKED = "How many seats may a trial have?"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    application.cache_clear()

    def invoke(*arguments):
        result = CliRunner().invoke(knowledge, [str(a) for a in arguments], standalone_mode=False)
        if result.exception:
            raise result.exception
        return result

    yield invoke
    application().database.close()
    application.cache_clear()


@pytest.fixture
def write(tmp_path):
    def written(name, content):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


def test_lint_prints_what_to_do_by_line_and_exits_with_one(run, write):
    result = run("lint", write("a.md", page(("Are trail versions available?", "Soon."))))
    assert result.return_value == 1
    assert [line.split(": ")[:2] for line in result.stdout.splitlines()] == [
        ["a.md:5", "odd-spelling"],
        ["a.md:7", "ageing-statement"],
    ]


def test_lint_prints_json(run, write):
    told = json.loads(run("lint", "--json", write("a.md", page(("Where is it?", "Soon here.")))).stdout)
    assert [(f["file"], f["line"], f["code"]) for f in told] == [("a.md", 7, "ageing-statement")]
    assert all(f["text"] and f["hint"] for f in told)


def test_lint_of_a_clean_file_and_of_what_is_published_exits_with_zero(run, write):
    assert run("lint", write("a.md", CLEAN)).return_value == 0
    assert json.loads(run("lint", write("a.md", CLEAN), "--json").stdout) == []
    assert run("lint").return_value == 0


def test_a_questionnaire_is_answered_in_a_copy(run, write, tmp_path):
    result = run(
        "answer-sheet",
        write("q.csv", f"No;Question\n1;{ASKED}\n2;Where do elephants sleep?\n"),
        tmp_path / "a.csv",
    )
    head, first, second = csv_rows((tmp_path / "a.csv").read_bytes(), ";")
    assert head[:4] == ["No", "Question", "Answer", "Source"]
    assert first[2] == "'" + application().knowledge.ask(ASKED).entries[0].entry.text
    assert first[5] == "exact"
    assert (second[2], second[5]) == ("", "none")
    assert "1 of 2" in result.stderr
    assert application().desk.gaps() == ()


def test_gaps_of_a_sheet_are_kept_when_asked_for(run, write, tmp_path):
    run(
        "answer-sheet",
        write("q.csv", "Question\nWhere do elephants sleep?\n"),
        tmp_path / "a.csv",
        "--record-gaps",
    )
    assert [gap.id for gap in application().desk.gaps()] == ["Q-0001"]


def test_a_workbook_may_become_a_csv_file_and_the_other_way_round(run, write, tmp_path):
    run("answer-sheet", write("q.xlsx", workbook(One=[["Question"], [ASKED]])), tmp_path / "a.csv")
    assert csv_rows((tmp_path / "a.csv").read_bytes())[1][0] == ASKED
    run("answer-sheet", write("q.csv", f"Question\n{ASKED}\n"), tmp_path / "a.xlsx")
    cells = [cell.value for cell in opened((tmp_path / "a.xlsx").read_bytes()).active["2"]]
    assert cells[:2] == [ASKED, application().knowledge.ask(ASKED).entries[0].entry.text]


def test_an_existing_file_is_not_overwritten_without_force(run, write):
    asked, mine = write("q.csv", f"Question\n{ASKED}\n"), write("a.csv", "mine")
    with pytest.raises(InvalidInput, match="--force"):
        run("answer-sheet", asked, mine)
    assert mine.read_text() == "mine"
    run("answer-sheet", asked, mine, "--force")
    assert ASKED in mine.read_text(encoding="utf-8")
