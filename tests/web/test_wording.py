"""How the pages write days, numbers and counted things, in each language."""

import pytest

from assistant.domain.languages import Language
from web.wording import alphabetical, words_in

ENGLISH, GERMAN = words_in(Language.ENGLISH), words_in(Language.GERMAN)


def test_a_document_date_is_written_as_month_and_year():
    assert (ENGLISH.month("2020-03"), GERMAN.month("2020-03")) == ("March 2020", "März 2020")


def test_an_instant_is_written_in_utc():
    written = [words.moment("2026-11-24T15:03:00+01:00") for words in (ENGLISH, GERMAN)]

    assert written == ["24 November 2026, 14:03 UTC", "24. November 2026, 14:03 UTC"]


@pytest.mark.parametrize("odd", ["", "2020", "2020-13", "soon"])
def test_a_date_that_is_none_stays_as_it_is(odd):
    assert ENGLISH.month(odd) == GERMAN.month(odd) == odd


def test_numbers_have_a_mark_at_the_thousands():
    assert (ENGLISH.number(1234567), GERMAN.number(1234567)) == ("1,234,567", "1.234.567")
    assert [GERMAN.number(value) for value in (999, -1000, True, "1000")] == ["999", "-1.000", "True", "1000"]


@pytest.mark.parametrize(
    ("count", "english", "german"),
    [
        (0, "0 changes", "0 Änderungen"),
        (1, "1 change", "1 Änderung"),
        (1200, "1,200 changes", "1.200 Änderungen"),
    ],
)
def test_one_thing_is_told_as_one(count, english, german):
    assert ENGLISH.counted("history.found", count) == english
    assert GERMAN.counted("history.found", count) == german


def test_words_are_sorted_as_in_a_dictionary():
    assert sorted(["Zebra", "Änderung", "anders", "Öl", "Ofen"], key=alphabetical) == [
        "anders", "Änderung", "Ofen", "Öl", "Zebra",
    ]  # fmt: skip
