"""Files of changes on the command line."""

import pytest

from assistant.cli import bulk
from assistant.cli.context import application

HEADS = "Change,Customer,Seats\n"


@pytest.fixture
def run(assistant, monkeypatch, tmp_path):
    """Run the command for a file of this text, signed in as anna, who answers the question for a code with one."""
    assistant("world", "demo")
    monkeypatch.setattr(bulk, "sign_in", lambda app, name: app.accounts.user(name).principal)
    monkeypatch.setattr(bulk, "line_of_input", lambda _prompt: application().access.current_code("anna")[0])
    file = tmp_path / "changes.csv"

    def go(text, *options):
        file.write_text(HEADS + text, "utf-8")
        return assistant("bulk", file, "--user", "anna", *options)

    return go


def test_a_file_is_shown_confirmed_and_seen_through(run, tmp_path):
    result = tmp_path / "result.csv"
    text = "seats,Contoso,+10\nseats,Tailspin,60\n"
    checked = run(text, "--check")
    made = run(text, "--result", result)

    assert (checked.status, made.status) == (0, 0)
    assert "Contoso: Change seats" in checked.out
    assert "25 to 35" in checked.out
    assert "1 made, 1 left out, 0 not begun" in made.out
    assert [line.split(",")[4] for line in result.read_text("utf-8").splitlines()] == [
        "Outcome",
        "made",
        "left out",
    ]


def test_what_is_wrong_impossible_or_not_confirmed_is_told_and_not_made(run, monkeypatch):
    faulty, idle = run("seats,Nobody,5\nseats,Contoso,many\n"), run("seats,Contoso,25\n")
    monkeypatch.setattr(bulk, "line_of_input", lambda _prompt: "000000")
    unconfirmed = run("seats,Contoso,+1\n")

    assert {faulty.status, idle.status, unconfirmed.status} == {1}
    assert "row 2, Customer" in faulty.out
    assert "row 3, Seats" in faulty.out
    assert "nothing to confirm" in idle.out
    assert "Nothing was changed" in unconfirmed.out


def test_the_heads_of_a_file_are_printed_on_demand(assistant, tmp_path):
    assert assistant("bulk", "--template").out.startswith("Change,Customer,Plan,Seats,")
    assert assistant("bulk").status == 2
    assert assistant("bulk", tmp_path / "none.csv", "--user", "anna").status in {1, 2}
