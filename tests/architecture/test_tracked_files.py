"""What must not get into the repository: paths of one machine, marks of unfinished work, generated files."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# put together at run time, so that this file does not find itself
MACHINE_PATHS = [f"/{name}/" for name in ("home", "root", "work", "Users")]
MARKS = [first + rest for first, rest in (("TO", "DO"), ("FIX", "ME"), ("XX", "X"), ("HA", "CK"))]
GENERATED = re.compile(r"(\.pyc|\.sqlite3(-wal|-shm)?|\.egg-info|\.coverage|\.log|\.orig|\.rej|~)$")


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every tracked text file by its path; pictures and fonts are left out."""
    found = {}
    for path in _tracked():
        content = path.read_bytes()
        if b"\0" not in content:
            found[str(path.relative_to(ROOT))] = content.decode("utf-8")
    assert "pyproject.toml" in found
    return found


def _with(texts: dict[str, str], pattern: str) -> list[str]:
    return [path for path, text in texts.items() if re.search(pattern, text)]


@pytest.mark.parametrize("place", MACHINE_PATHS)
def test_no_file_names_a_place_on_one_machine(place: str, texts: dict[str, str]) -> None:
    # part of a longer path, a route or a pattern may look alike; a path of a machine starts after none of these
    assert _with(texts, rf"(?<![\w.<>/*}}]){re.escape(place)}") == []


@pytest.mark.parametrize("mark", MARKS)
def test_no_file_carries_a_mark_of_unfinished_work(mark: str, texts: dict[str, str]) -> None:
    assert _with(texts, rf"\b{mark}\b") == []


def test_no_generated_file_is_tracked(texts: dict[str, str]) -> None:
    assert [path for path in texts if GENERATED.search(path)] == []


def test_the_locks_pin_every_package_by_hash_and_name_no_index() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text("utf-8")
        pins = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", lock, re.MULTILINE | re.DOTALL)

        assert len(pins) > len(lock.splitlines()) / 100
        assert [pin.splitlines()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
        assert re.findall(r"^-|://|file:", lock, re.MULTILINE) == []


def test_everything_the_program_needs_is_in_both_locks() -> None:
    runtime, developers = (
        set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )

    assert runtime < developers
