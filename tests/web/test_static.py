"""Budgets and rules of the files that browsers load."""

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "web" / "static"


def zipped(pattern):
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in STATIC.glob(pattern))


@pytest.mark.parametrize(("pattern", "kilobytes"), [("*.css", 8), ("*.js", 10)])
def test_files_stay_within_their_budget(pattern, kilobytes):
    assert 0 < zipped(pattern) <= kilobytes * 1024


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.*s*")), ids=lambda p: p.name)
def test_no_file_loads_anything_from_elsewhere(path):
    assert not re.search(r"@import|url\(|https?://(?!www\.w3\.org/2000/svg)", path.read_text())


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda p: p.name)
def test_no_script_makes_html_of_text(path):
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|eval\(|document\.write", path.read_text())
