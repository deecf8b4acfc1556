"""Files of changes on the command line."""

import io
from datetime import timedelta

import pyotp
import pytest

from assistant.cli.context import application
from assistant.world import demo_world

HEADS = "Change,Customer,Seats\n"
ANNA = next(user for user in demo_world().users if user.username == "anna")


def code_in(seconds):
    """Return anna's code of so many seconds after now."""
    _code, ends = application().access.current_code("anna")
    return pyotp.TOTP(ANNA.totp_secret).at(ends + timedelta(seconds=seconds - 1))


@pytest.fixture(name="environment")
def _environment(monkeypatch):
    return monkeypatch


@pytest.fixture
def run(assistant, environment, tmp_path):
    """Run the command for a file of this text as anna, who answers the question for a second code with this one."""
    assistant("world", "demo")
    file = tmp_path / "changes.csv"

    def go(text, *options, second=None, first=0):
        file.write_text(HEADS + text, "utf-8")
        typed = [ANNA.password, code_in(first), second or code_in(first + 30)]
        environment.setattr("sys.stdin", io.StringIO("\n".join([*typed, ""])))
        return assistant("bulk", file, "--user", "anna", *options)

    return go


def test_a_file_is_shown_confirmed_and_seen_through(run, tmp_path):
    result = tmp_path / "result.csv"
    text = "seats,Contoso,+10\nseats,Tailspin,60\n"
    checked = run(text, "--check", first=-30)
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


def test_what_is_wrong_impossible_or_not_confirmed_is_told_and_not_made(run):
    faulty = run("seats,Nobody,5\nseats,Contoso,many\n", first=-30)
    idle = run("seats,Contoso,25\n")
    unconfirmed = run("seats,Contoso,+1\n", first=30, second="000000")

    assert {faulty.status, idle.status, unconfirmed.status} == {1}
    assert "row 2, Customer" in faulty.out
    assert "row 3, Seats" in faulty.out
    assert "nothing to confirm" in idle.out
    assert "Nothing was changed" in unconfirmed.out


def test_the_heads_of_a_file_are_printed_on_demand(assistant, tmp_path):
    assert assistant("bulk", "--template").out.startswith("Change,Customer,Plan,Seats,")
    assert assistant("bulk").status == 2
    assert assistant("bulk", tmp_path / "none.csv", "--user", "anna").status in {1, 2}
