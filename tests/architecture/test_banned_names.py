"""The names that only one file may use: the linter has to object everywhere else, and to be silent at home."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BANNED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"][
    "flake8-tidy-imports"
]["banned-api"]
EXPECTED = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "os.environ",
    "os.getenv",
    "random",
    "secrets",
    "time.time",
    "uuid.uuid4",
}


def _lint(source: str, filename: str) -> str:
    command = [Path(sys.executable).parent / "ruff", "check", "--no-cache", "--select", "TID251"]
    outcome = subprocess.run(
        [*command, "--stdin-filename", filename, "-"],
        cwd=ROOT,
        input=source,
        capture_output=True,
        text=True,
        check=False,
    )
    return outcome.stdout


def test_the_clock_randomness_and_the_environment_are_banned() -> None:
    assert set(BANNED) == EXPECTED


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_linter_objects_to_a_banned_name(name: str) -> None:
    source = f"import {name.split('.', maxsplit=1)[0]}\nprint({name})\n"

    assert f"`{name}` is banned" in _lint(source, "assistant/licensing/planted.py")


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("datetime.datetime.now", "assistant/system.py"),
        ("secrets", "assistant/system.py"),
        ("os.environ", "assistant/config.py"),
    ],
)
def test_the_one_home_of_a_banned_name_may_use_it(name: str, home: str) -> None:
    source = f"import {name.split('.', maxsplit=1)[0]}\nprint({name})\n"

    assert "banned" not in _lint(source, home)
