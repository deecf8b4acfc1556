"""Outside packages: each is declared, explained and imported in its home only."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
OWN = frozenset({"assistant", "web"})


@dataclass(frozen=True)
class Row:
    """One line of the table in docs/dependencies.md."""

    package: str
    modules: frozenset[str]
    homes: frozenset[str]


@dataclass(frozen=True)
class Import:
    """An import statement: which module says it and the top-level name it asks for."""

    importer: str
    name: str


def _rows() -> list[Row]:
    table = (ROOT / "docs/dependencies.md").read_text("utf-8").split("## What it is built")[0]
    cells = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| ")]
    return [
        Row(row[0].split("(")[0].strip(), *(frozenset(re.findall(r"`([\w.]+)`", cell)) for cell in row[1:3]))
        for row in cells[1:]
    ]


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _imports(*places: str) -> Iterator[Import]:
    for place in places:
        for path in (ROOT / place).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    names = [node.module]
                yield from (Import(_module(path), name.split(".")[0]) for name in names)


def _outside(*places: str) -> set[Import]:
    return {i for i in _imports(*places) if i.name not in OWN and i.name not in sys.stdlib_module_names}


def _inside(importer: str, homes: frozenset[str]) -> bool:
    return any(importer == home or importer.startswith(f"{home}.") for home in homes)


def test_every_runtime_dependency_is_explained_and_no_other() -> None:
    optional = PROJECT["project"]["optional-dependencies"]["semantic"]
    requirements = [*PROJECT["project"]["dependencies"], *optional]
    declared = {re.split(r"[<>=[]", requirement)[0] for requirement in requirements}

    assert {row.package for row in _rows()} == declared


def test_every_tool_is_named() -> None:
    page = (ROOT / "docs/dependencies.md").read_text("utf-8").split("## What it is built")[1]
    groups = PROJECT["dependency-groups"]
    tools = {re.split(r"[<>=]", t)[0] for name in ("build", "lint", "test") for t in groups[name]}

    assert {tool for tool in tools if not re.search(rf"[| ]{re.escape(tool)}[ ,]", page)} == set()


def test_an_outside_package_is_imported_in_its_home_only() -> None:
    homes = {module: row.homes for row in _rows() for module in row.modules}

    strays = {
        i for i in _outside("assistant", "web") if not _inside(i.importer, homes.get(i.name, frozenset()))
    }

    assert strays == set()


def test_domain_and_ports_import_the_standard_library_and_one_another_only() -> None:
    assert _outside("assistant/domain", "assistant/ports") == set()


@pytest.mark.parametrize("row", [r for r in _rows() if r.modules], ids=lambda row: row.package)
def test_an_import_contract_holds_each_home(row: Row) -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    for module in row.modules:
        held = [c for c in contracts if module in c.get("forbidden_modules", ())]
        exceptions = {e for c in held for e in c["ignore_imports"] if e.endswith(f" -> {module}")}
        allowed = {exception.split(" -> ")[0].removesuffix(".**") for exception in exceptions}

        assert allowed == row.homes
