"""The suite itself: every test can fail, and none patches our own code or waits."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# assert, pytest.raises, Playwright's expect, and our own functions named for what they check
CHECKS = re.compile(r"\bassert\b|\braises\(|\bexpect\(|\b_?(assert|check|expect|validate)\w*\(")
# put together at run time, so that this file does not find itself
BANNED = ["monkeypatch." + "setattr", "mock." + "patch", "unittest." + "mock", "time." + "sleep"]


def _files() -> list[Path]:
    return sorted(TESTS.rglob("test_*.py"))


def _tests() -> Iterator[tuple[str, str]]:
    for path in _files():
        source = path.read_text("utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield f"{path.relative_to(TESTS)}::{node.name}", ast.unparse(node)


def test_every_test_checks_something() -> None:
    assert [name for name, source in _tests() if not CHECKS.search(source)] == []


@pytest.mark.parametrize("name", BANNED)
def test_no_test_patches_or_waits(name: str) -> None:
    assert [str(path) for path in _files() if name in path.read_text("utf-8")] == []
