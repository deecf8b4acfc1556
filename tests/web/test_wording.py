"""Every word the pages use stands in the catalogue, and nothing there is unused."""

import re
from pathlib import Path

import pytest

from web.wording import Wording, number

WEB = Path(__file__).parents[2] / "web"
USED = re.compile(r"""(?:say|_say|wording|words|first)\(\s*['"]([a-z_]+(?:\.[a-z_]+)+)['"]""")


def used_keys():
    files = [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
    return sorted({key for file in files for key in USED.findall(file.read_text())})


@pytest.mark.parametrize("key", used_keys())
def test_a_sentence_that_a_page_uses_is_in_the_catalogue(key):
    assert isinstance(Wording().get(key), str)


def test_a_document_date_is_written_as_month_and_year():
    assert Wording().month("2020-05") == "May 2020"


def test_an_instant_is_written_in_utc():
    assert Wording().moment("2026-11-24T15:03:00+01:00") == "24 November 2026, 14:03 UTC"


@pytest.mark.parametrize("odd", ["", "2020", "2020-13", "soon"])
def test_a_date_that_is_none_stays_as_it_is(odd):
    assert Wording().month(odd) == odd


def test_numbers_have_a_comma_at_the_thousands():
    assert number(1234567) == "1,234,567"
