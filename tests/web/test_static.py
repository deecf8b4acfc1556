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


def test_a_file_that_the_browser_still_has_is_not_sent_again(visitor):
    first = visitor.get("/static/app.css")

    again = visitor.get("/static/app.css", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert first.text
    assert not again.text


def test_a_script_is_sent_as_one(visitor):
    assert visitor.get("/static/app.js").headers["Content-Type"].startswith("text/javascript")


@pytest.mark.parametrize("name", ["nothing.css", "../app.py", "%2e%2e/app.py", "app.css/", "a/b.css"])
def test_what_is_no_static_file_is_not_found(visitor, name):
    assert visitor.get(f"/static/{name}").status_code == 404


def test_an_address_with_another_hash_is_not_kept_for_good(visitor):
    assert "immutable" not in visitor.get("/static/app.css?v=000000000000").headers["Cache-Control"]
