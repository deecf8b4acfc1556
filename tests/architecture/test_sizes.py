"""Small functions and modules: the limits that keep a file readable in one sitting."""

import ast
import statistics
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULE_LINES = 300
FUNCTION_LINES = 60
MEDIAN_LINES = 8
NINETY_PERCENT_LINES = 30


def _modules() -> list[Path]:
    return [path for package in ("assistant", "web") for path in sorted((ROOT / package).rglob("*.py"))]


@cache
def _functions() -> list[tuple[str, int]]:
    return [found for path in _modules() for found in _functions_of(path)]


def _functions_of(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", lines


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in _modules()}

    assert {path: lines for path, lines in lengths.items() if lines > MODULE_LINES} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    assert {name: lines for name, lines in _functions() if lines > FUNCTION_LINES} == {}


def test_the_usual_function_fits_a_glance() -> None:
    lengths = [lines for _, lines in _functions()]

    assert statistics.median(lengths) <= MEDIAN_LINES
    assert statistics.quantiles(lengths, n=10)[-1] < NINETY_PERCENT_LINES
