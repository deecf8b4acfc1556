"""Every import contract of pyproject.toml is broken here once, so that none can stop working unnoticed."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
NAMES = {contract["id"]: contract["name"] for contract in SETTINGS["contracts"]}


@dataclass(frozen=True)
class Breach:
    """One forbidden import: the contract it breaks, the module it is planted in and the line.

    In both, ``planted`` stands for a name that no other breach has, so that one tree holds them all.
    """

    contract: str
    module: str
    line: str


BREACHES = [
    Breach("layers", "assistant/domain/planted.py", "import assistant.ports.clock"),
    Breach("layers", "assistant/ports/planted.py", "import assistant.config"),
    Breach("layers", "assistant/licensing/planted.py", "import assistant.knowledge"),
    Breach("layers", "assistant/conversation/planted.py", "import assistant.workflows"),
    Breach("layers", "assistant/workflows/planted.py", "import assistant.bootstrap"),
    Breach("layers", "assistant/planted.py", "import assistant.domain"),
    Breach("web-on-top", "assistant/cli/planted.py", "import web"),
    Breach("doors", "web/planted.py", "import assistant.cli.main"),
    Breach("wiring", "web/planted.py", "import assistant.persistence.database"),
    Breach("wiring", "assistant/cli/planted.py", "import assistant.licensing"),
    Breach(
        "workflows-independent", "assistant/workflows/planted.py", "import assistant.workflows.planted_too"
    ),
    Breach("workflows-vocabulary", "assistant/workflows/planted.py", "import assistant.licensing"),
    Breach(
        "rules-independent", "assistant/domain/rules/planted.py", "import assistant.domain.rules.planted_too"
    ),
    Breach("no-cycles", "assistant/domain/planted.py", "import assistant.domain.planted_too"),
    Breach("pure-core", "assistant/domain/planted.py", "import os"),
    Breach("pure-core", "assistant/ports/planted.py", "import sqlite3"),
    Breach("pure-core", "assistant/conversation/planted.py", "from time import monotonic"),
    Breach("pure-core", "assistant/workflows/planted.py", "import urllib.request"),
    Breach("home-of-sqlalchemy", "assistant/licensing/planted.py", "from sqlalchemy import select"),
    Breach("home-of-sqlalchemy", "assistant/cli/planted.py", "import alembic.command"),
    Breach("home-of-flask", "assistant/access/planted.py", "from flask import session"),
    Breach("home-of-flask", "assistant/bootstrap/building.py", "import prometheus_client"),
    Breach("home-of-click", "web/planted.py", "import click"),
    Breach("home-of-whoosh", "assistant/conversation/planted.py", "import whoosh.index"),
    Breach("home-of-whoosh", "web/planted.py", "import nh3"),
    Breach("home-of-numpy", "assistant/domain/planted.py", "import numpy"),
    Breach("home-of-httpx2", "assistant/licensing/planted.py", "import httpx2"),
    Breach("home-of-openpyxl", "assistant/cli/planted.py", "import openpyxl"),
    Breach("home-of-rapidfuzz", "assistant/licensing/planted.py", "from rapidfuzz import fuzz"),
    Breach("home-of-cryptography", "web/planted.py", "import segno"),
    Breach("home-of-structlog", "assistant/conversation/planted.py", "import structlog"),
    Breach("home-of-yaml", "assistant/cli/planted.py", "import yaml"),
    Breach("home-of-gunicorn", "assistant/cli/planted.py", "import gunicorn.app.base"),
]
CALLING_BACK = "no-cycles"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said about each broken contract, where every breach is planted in a copy of both packages."""
    tree = tmp_path_factory.mktemp("tree")
    ignored = shutil.ignore_patterns("__pycache__", "content", "static", "templates")
    for package in SETTINGS["root_packages"]:
        shutil.copytree(ROOT / package, tree / package, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tree)
    for breach in BREACHES:
        _plant(breach, tree)
    outcome = _lint(tree)
    assert outcome.returncode == 1, outcome.stdout
    return dict(_broken(outcome.stdout))


def _name(breach: Breach) -> str:
    return f"planted_{BREACHES.index(breach)}"


def _plant(breach: Breach, tree: Path) -> None:
    module, line = (text.replace("planted", _name(breach)) for text in (breach.module, breach.line))
    with (tree / module).open("a") as planted:
        planted.write(f"\n{line}\n")
    if line.endswith("_too"):
        # what the line refers to, where the tree has no such module of its own
        back = f"import {module.removesuffix('.py').replace('/', '.')}\n"
        companion = Path(module).with_stem(f"{_name(breach)}_too")
        (tree / companion).write_text(back if breach.contract == CALLING_BACK else "")


def _lint(directory: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"],
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
    )


def _broken(report: str) -> Iterator[tuple[str, str]]:
    """Yield each broken contract's name, which stands above a line of dashes, and what is said about it."""
    _, _, details = report.partition("Broken contracts")
    parts = re.split(r"^(.+)\n-{3,}$", details, flags=re.MULTILINE)
    yield from zip(parts[1::2], parts[2::2], strict=True)


def test_the_program_keeps_every_contract() -> None:
    outcome = _lint(ROOT)

    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("breach", BREACHES, ids=lambda b: f"{b.contract} in {b.module}: {b.line}")
def test_a_forbidden_import_breaks_its_contract(breach: Breach, report: dict[str, str]) -> None:
    said = report[NAMES[breach.contract]]
    module = breach.module.replace("planted", _name(breach)).removesuffix(".py").replace("/", ".")
    beside = module.rpartition(".")[2]

    assert re.search(rf"(\b{re.escape(module)}| \.{beside})\b", said)


def test_every_contract_is_broken_by_a_test() -> None:
    assert {breach.contract for breach in BREACHES} == set(NAMES)
